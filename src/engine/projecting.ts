import { START, type Position } from '../core/event.js';
import { StoreUnavailable, type EventStore } from '../core/event-store.js';
import { LeadLost, type ReadModel } from '../core/projection.js';
import { isOthersTurn, othersTurn } from '../core/turn.js';
import { Cursor } from './feed.js';

export interface ProjectionFailure {
  readonly projection: string;
  /** How far the projection came; it stays there as long as it fails. */
  readonly position: Position;
  readonly cause: unknown;
}

/** What is told of a projection. */
export type ProjectionNews =
  | ({ readonly kind: 'failed' } & ProjectionFailure)
  | { readonly kind: 'goes on'; readonly projection: string; readonly position: Position }
  | {
      readonly kind: 'catches up';
      readonly projection: string;
      readonly position: Position;
      /** Where the log ended when it began. */
      readonly goal: Position;
    };

/** How a projection stands: folding from the beginning, or from where it was, at the end, or failing. */
export type ProjectionStatus = 'REBUILDING' | 'CATCHING_UP' | 'LIVE' | 'FAILED';

/** How long a projection is left before it is tried again, in milliseconds: it failed, or the store did. */
const TRY_AGAIN_AFTER = 1_000;
/** The same where another process leads, and nothing is wrong. */
const LEAD_AGAIN_AFTER = 100;
/** How long after it was told of a failure is told again. */
const TOLD_AGAIN_AFTER = 60_000;
/** How long a stop waits for what is under way: it may be waiting for a store that has vanished. */
const STOP_PATIENCE = 2_000;

type AnyReadModel = ReadModel<unknown, string, string>;

interface Waiter {
  readonly position: Position;
  readonly resolve: () => void;
}

/** One projection at work: its rows, its place in the log, and those who wait for it. */
export class Projecting {
  #failure: ProjectionFailure | null = null;
  #toldAt = 0;
  readonly #begins: 'REBUILDING' | 'CATCHING_UP';
  readonly #running: Promise<void>;
  #cursor: Cursor | undefined;
  #isStopping = false;
  #endPause: () => void = () => undefined;
  /** How far this process has folded since it leads. */
  #folded = START;
  #waiting: Waiter[] = [];

  constructor(
    readonly model: AnyReadModel,
    private readonly store: EventStore,
    /** Where the log ended when the work began. */
    readonly goal: Position,
    private readonly tell: (news: ProjectionNews) => void,
  ) {
    this.#begins = model.position() === START ? 'REBUILDING' : 'CATCHING_UP';
    model.onMove(() => this.#hear());
    this.#running = this.#run();
  }

  get failure(): ProjectionFailure | null {
    return this.#failure;
  }

  get status(): ProjectionStatus {
    if (this.#failure !== null) return 'FAILED';
    return this.model.position() >= this.goal ? 'LIVE' : this.#begins;
  }

  /** Resolves once the projection has passed a position, fails, or has been waited for enough. */
  reached(position: Position, patience?: number): Promise<void> {
    if (this.#isOver(position)) return Promise.resolve();
    return new Promise((resolve) => {
      const waiter: Waiter = {
        position,
        resolve() {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer =
        patience === undefined ? undefined : setTimeout(() => this.#giveUp(waiter), patience);
      this.#waiting.push(waiter);
    });
  }

  /** Nothing to tell where it has arrived, or does not move. */
  tellOfTheWay(): void {
    const { goal, model } = this;
    if (this.#failure === null && model.position() < goal)
      this.tell({ kind: 'catches up', ...this.#here(), goal });
  }

  /** What is under way may be left behind: where it came to is known from the position alone. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#endPause();
    const patience = new Promise((resolve) => setTimeout(resolve, STOP_PATIENCE).unref());
    const left = this.model.leave();
    await this.#cursor?.return();
    await Promise.race([this.#running, patience]);
    await left;
    this.#release(Number.POSITIVE_INFINITY);
  }

  /** Whatever stands in the way may go: space is freed, a lock is let go of, a newer build leads. */
  async #run(): Promise<void> {
    while (!this.#isStopping) {
      try {
        if (this.#failure !== null && (await this.#isAtTheEnd())) this.#recover();
        if ((await this.model.lead()) && !this.#isStopping) await this.#fold();
      } catch (error) {
        await this.#bear(error);
      }
    }
  }

  /** Keeps the rows in step with the log until it has to stop. */
  async #fold(): Promise<void> {
    const where = { aggregateType: this.model.projection.aggregateType };
    const cursor = new Cursor(this.store, this.model.position(), where);
    this.#cursor = cursor;
    try {
      for await (const slice of cursor) {
        await this.model.apply(slice.events, slice.reached, !slice.complete);
        this.#folded = slice.reached;
        if (!slice.complete && isOthersTurn()) await othersTurn();
      }
    } finally {
      this.#folded = START;
      await cursor.return();
    }
  }

  /** Lets go of the lead for a while; tells of what is wrong with this projection itself. */
  async #bear(error: unknown): Promise<void> {
    const isHealthy = error instanceof LeadLost || error instanceof StoreUnavailable;
    // Where nothing is left to fold, whatever failed counts for nothing; another try comes soon.
    if (!isHealthy && !(await this.#isAtTheEnd().catch(() => false))) this.#fail(error);
    await this.model.leave();
    await this.#pause(error instanceof LeadLost ? LEAD_AGAIN_AFTER : TRY_AGAIN_AFTER);
  }

  /** Whether nothing is left to fold, whichever process has folded it. */
  async #isAtTheEnd(): Promise<boolean> {
    const { position } = await this.store.head();
    return this.model.position() >= position;
  }

  #fail(cause: unknown): void {
    const { projection, position } = this.#here();
    const known = this.#failure;
    this.#failure = { projection, position, cause };
    this.#release(Number.POSITIVE_INFINITY);
    const isKnown = known?.position === position && kindOf(known.cause) === kindOf(cause);
    if (isKnown && performance.now() < this.#toldAt + TOLD_AGAIN_AFTER) return;
    this.#toldAt = performance.now();
    this.tell({ kind: 'failed', ...this.#failure });
  }

  #recover(): void {
    if (this.#failure === null) return;
    this.#failure = null;
    this.tell({ kind: 'goes on', ...this.#here() });
  }

  #here() {
    return { projection: this.model.projection.name, position: this.model.position() };
  }

  #pause(milliseconds: number): Promise<void> {
    if (this.#isStopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #hear(): void {
    const position = this.model.position();
    // Somebody can apply what this process could not, such as a newer build.
    if (this.#failure !== null && position > this.#failure.position) this.#recover();
    // A crash of the store has lost steps: they are to be folded again now, not after the next append.
    if (position < this.#folded) void this.#cursor?.return();
    this.#release(position);
  }

  /** Whether there is nothing to wait for. */
  #isOver(position: Position): boolean {
    return this.#isStopping || this.#failure !== null || this.model.position() >= position;
  }

  #giveUp(waiter: Waiter): void {
    this.#waiting = this.#waiting.filter((each) => each !== waiter);
    waiter.resolve();
  }

  #release(reached: number): void {
    if (this.#waiting.length === 0) return;
    const ready = this.#waiting.filter((waiter) => waiter.position <= reached);
    this.#waiting = this.#waiting.filter((waiter) => waiter.position > reached);
    for (const waiter of ready) waiter.resolve();
  }
}

/** What it has in common with a cause that is alike: its text may name a time or a process. */
function kindOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause ? String(cause.code) : cause.name;
}
