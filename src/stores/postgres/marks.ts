import { positionOf, START, type Position } from '../../core/event.js';
import { Listeners } from '../../core/listeners.js';
import type { Database, Sql } from './database.js';
import { isOfPrimary, reading } from './errors.js';
import { Sight } from './sight.js';
import { within } from './within.js';

/** How long after a change it is known here at the latest, though no notification comes. */
export const LOOK_EVERY = 1_000;

const CHANNEL = 'hindsight';

/** How long a look may take before the connections count as lost. */
const LOOK_PATIENCE = 5_000;

export interface MarksParts {
  readonly database: Database;
  /** Told when the database stops answering, with the error, and when it answers again, with null. */
  readonly onReach: (error: unknown) => void;
  /** Told when it is listened to by a new connection: the log may be that of another host. */
  readonly onListen: () => void;
}

/**
 * How far the log and each projection are, as far as is known here. Notifications of the database move
 * the marks on at once; as they may be lost, a look at the tables stands behind them.
 */
export class Marks {
  readonly #positions = new Map<string, Position>();
  readonly #listeners = new Map<string, Listeners>();
  readonly #sight: Sight;
  #listening: Sql | undefined;
  #looking: NodeJS.Timeout | undefined;
  /** Why the database is not reached at present, or null while it is. */
  #lost: unknown = null;
  #hasHeard = false;
  #hadNews = false;
  #isClosed = false;

  constructor(private readonly parts: MarksParts) {
    this.#sight = new Sight(() => parts.database.connect());
  }

  async open(): Promise<void> {
    await reading(() => this.#look());
    await reading(() => this.#listen());
    this.#lookLater();
  }

  at(name: string): Position {
    return this.#positions.get(name) ?? START;
  }

  all(): readonly (readonly [name: string, position: Position])[] {
    return Array.from(this.#positions);
  }

  on(name: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Listeners();
    this.#listeners.set(name, listeners);
    return listeners.add(listener);
  }

  /** Moves a mark on; tells those who wait for it. */
  move(name: string, position: Position): void {
    if (position > this.at(name)) this.set(name, position);
  }

  /** Sets a mark to where it was seen to be, further back, too. */
  set(name: string, position: Position): void {
    this.#positions.set(name, position);
    this.#listeners.get(name)?.tell();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#looking);
    this.#sight.close();
    await this.#listening?.end({ timeout: 1 });
  }

  async #listen(): Promise<void> {
    if (this.#isClosed) return;
    const old = this.#listening;
    const listening = this.parts.database.connect();
    this.#listening = listening;
    void old?.end({ timeout: 0 });
    // It listens anew by itself when its connection was lost, perhaps in a crash of the database.
    await listening.listen(
      CHANNEL,
      (text) => this.#hear(text),
      () => {
        this.parts.onListen();
        void this.#lookAnew();
      },
    );
  }

  /** A notification is `name position`. */
  #hear(text: string): void {
    this.#hasHeard = true;
    const [name = '', position = ''] = text.split(' ');
    this.move(name, positionOf(Number(position)));
  }

  #lookLater(): void {
    if (this.#isClosed) return;
    this.#looking = setTimeout(() => {
      void this.#lookAndListen().finally(() => this.#lookLater());
    }, LOOK_EVERY).unref();
  }

  async #lookAndListen(): Promise<void> {
    const isSilent = !this.#hasHeard;
    this.#hasHeard = false;
    try {
      // One connection may be lost, and all be well with the next.
      const hasNews = await within(
        LOOK_PATIENCE,
        this.#look().catch(() => this.#look()),
      );
      // What was connected to meanwhile may be a host that took no writes then.
      if (this.#lost !== null) return await this.#comeBack(this.#lost);
      // The connection that listens may be lost without a word. A look may also just have been faster.
      const isDeaf = isSilent && (hasNews || this.#hadNews);
      this.#hadNews = hasNews;
      if (isDeaf) await within(LOOK_PATIENCE, this.#listen());
    } catch (error) {
      await this.#comeBack(error);
    }
  }

  async #comeBack(error: unknown): Promise<void> {
    this.#reach(error);
    try {
      this.#sight.letGo();
      // Statements that take long, or a server that is full, are not made better by it.
      if (!isOfPrimary(error)) await within(LOOK_PATIENCE, this.parts.database.renew());
      await within(LOOK_PATIENCE, this.#look());
      await within(LOOK_PATIENCE, this.#listen());
      this.#reach(null);
    } catch {
      // What is wrong was told, and another look comes soon.
    }
  }

  /** Sets the marks to where they are, further back, too: a crash may have lost steps of projections. */
  async #lookAnew(): Promise<void> {
    try {
      for (const { name, position } of await this.#sight.read()) {
        if (position !== this.at(name)) this.set(name, position);
      }
    } catch {
      // The next look will fail, too, and see to it.
    }
  }

  /** Brings the marks up to the tables; answers whether one of them was behind. */
  async #look(): Promise<boolean> {
    const rows = await this.#sight.read();
    const there = new Set(rows.map(({ name }) => name));
    for (const name of this.#positions.keys()) if (!there.has(name)) this.#positions.delete(name);
    const news = rows.filter(({ name, position }) => position > this.at(name));
    for (const { name, position } of news) this.set(name, position);
    return news.length > 0;
  }

  #reach(error: unknown): void {
    const isNews = (error === null) !== (this.#lost === null);
    this.#lost = error;
    if (isNews && !this.#isClosed) this.parts.onReach(error);
  }
}
