import { START, type Position } from '../core/event.js';
import { StoreUnavailable, type EventStore } from '../core/event-store.js';
import { LeadLost, type ReadModel } from '../core/projection.js';
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

/** How long a projection that has failed is left before it is tried again, in milliseconds. */
const TRY_AGAIN_AFTER = 1_000;
/** The same where nothing is wrong with it: another process leads, or the store is away. */
const LEAD_AGAIN_AFTER = 100;

type AnyReadModel = ReadModel<unknown, string, string>;

interface Waiter {
  readonly position: Position;
  readonly resolve: () => void;
}

/** One projection at work: its rows, its place in the log, and those who wait for it. */
export class Projecting {
  #failure: ProjectionFailure | null = null;
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

  /** Nothing to tell where it has arrived. */
  tellOfTheWay(): void {
    const { goal, model } = this;
    if (model.position() < goal) this.tell({ kind: 'catches up', ...this.#here(), goal });
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#endPause();
    const left = this.model.leave();
    await this.#cursor?.return();
    await this.#running;
    await left;
  }

  /** Whatever stands in the way may go: space is freed, a lock is let go of, a newer build leads. */
  async #run(): Promise<void> {
    while (!this.#isStopping) {
      try {
        if ((await this.model.lead()) && !this.#isStopping) await this.#fold();
      } catch (error) {
        const isHealthy = error instanceof LeadLost || error instanceof StoreUnavailable;
        if (!isHealthy) this.#fail(error);
        await this.model.leave();
        await this.#pause(isHealthy ? LEAD_AGAIN_AFTER : TRY_AGAIN_AFTER);
      }
    }
    this.#release(Number.POSITIVE_INFINITY);
  }

  /** Keeps the rows in step with the log until it has to stop. */
  async #fold(): Promise<void> {
    const where = { aggregateType: this.model.projection.aggregateType };
    const cursor = new Cursor(this.store, this.model.position(), where);
    this.#cursor = cursor;
    try {
      const { position: end } = await this.store.head();
      if (this.model.position() >= end) this.#recover();
      for await (const slice of cursor) {
        await this.model.apply(slice.events, slice.reached);
        this.#folded = slice.reached;
      }
    } finally {
      this.#folded = START;
      await cursor.return();
    }
  }

  #fail(cause: unknown): void {
    const { projection, position } = this.#here();
    const known = this.#failure;
    this.#failure = { projection, position, cause };
    this.#release(Number.POSITIVE_INFINITY);
    // It fails alike again and again.
    if (known?.position === position && String(known.cause) === String(cause)) return;
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
