import { START, type Position } from '../core/event.js';
import { StoreUnavailable, type EventStore } from '../core/event-store.js';
import { BeyondTheEnd } from '../core/moment.js';
import {
  LeadLost,
  type AnyProjection,
  type Projection,
  type ReadModel,
  type ReadModels,
} from '../core/projection.js';
import { Cursor } from './feed.js';

export interface ProjectionFailure {
  readonly projection: string;
  /** How far the projection came; it stays there. */
  readonly position: Position;
  readonly cause: unknown;
}

/** How a projection stands: folding from the beginning, or from where it was, at the end, or stopped. */
export type ProjectionStatus = 'REBUILDING' | 'CATCHING_UP' | 'LIVE' | 'FAILED';

/** A reader waited for a projection as long as it may. */
export class ProjectionBehind extends Error {
  override readonly name = 'ProjectionBehind';
  constructor(
    projection: string,
    asked: Position,
    /** How far the projection came. */
    readonly reached: Position,
  ) {
    super(`Projection ${projection} has not reached position ${asked}; it is at ${reached}.`);
  }
}

type AnyReadModel = ReadModel<unknown, string, string>;

interface Waiter {
  readonly position: Position;
  readonly resolve: () => void;
}

/** One projection at work: its rows, its place in the log, and those who wait for it. */
class Projecting {
  failure: ProjectionFailure | null = null;
  readonly #begins: 'REBUILDING' | 'CATCHING_UP';
  readonly #running: Promise<void>;
  #cursor: Cursor | undefined;
  #isStopping = false;
  /** How far this process has folded since it leads. */
  #folded = START;
  #ended = false;
  #waiting: Waiter[] = [];

  constructor(
    readonly model: AnyReadModel,
    private readonly store: EventStore,
    /** Where the log ended when the work began. */
    private readonly goal: Position,
    private readonly onFailure: (failure: ProjectionFailure) => void,
  ) {
    this.#begins = model.position() === START ? 'REBUILDING' : 'CATCHING_UP';
    model.onMove(() => this.#hear());
    this.#running = this.#run();
  }

  get status(): ProjectionStatus {
    if (this.failure !== null) return 'FAILED';
    return this.model.position() >= this.goal ? 'LIVE' : this.#begins;
  }

  /** Resolves once the projection has passed a position, will never, or has been waited for enough. */
  reached(position: Position, patience?: number): Promise<void> {
    if (this.#ended || this.model.position() >= position) return Promise.resolve();
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

  async stop(): Promise<void> {
    this.#isStopping = true;
    const left = this.model.leave();
    await this.#cursor?.return();
    await this.#running;
    await left;
  }

  async #run(): Promise<void> {
    try {
      while (await this.#leadAndFold());
    } catch (cause) {
      const position = this.model.position();
      this.failure = { projection: this.model.projection.name, position, cause };
      // One who can apply that event may go on, such as a newer build.
      await this.model.leave();
    }
    this.#ended = true;
    this.#release(Number.POSITIVE_INFINITY);
    if (this.failure !== null) this.onFailure(this.failure);
  }

  /** Answers whether there is more to do: it goes on when another process led, or the store was away. */
  async #leadAndFold(): Promise<boolean> {
    try {
      if (!(await this.model.lead()) || this.#isStopping) return false;
      await this.#fold();
    } catch (error) {
      if (!(error instanceof LeadLost || error instanceof StoreUnavailable)) throw error;
    }
    return !this.#isStopping;
  }

  /** Keeps the rows in step with the log until it has to stop. */
  async #fold(): Promise<void> {
    const where = { aggregateType: this.model.projection.aggregateType };
    this.#cursor = new Cursor(this.store, this.model.position(), where);
    try {
      for await (const slice of this.#cursor) {
        await this.model.apply(slice.events, slice.reached);
        this.#folded = slice.reached;
      }
    } finally {
      this.#folded = START;
      await this.#cursor.return();
    }
  }

  #hear(): void {
    const position = this.model.position();
    // A crash of the store has lost steps: they are to be folded again now, not after the next append.
    if (position < this.#folded) void this.#cursor?.return();
    this.#release(position);
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

export interface ProjectorParts {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly projections: readonly AnyProjection[];
  /** How long a reader may wait for a projection, in milliseconds. */
  readonly patience: number;
  readonly onProjectionFailure: (failure: ProjectionFailure) => void;
}

/** How far a projection is. */
export interface ProjectionState {
  readonly name: string;
  readonly version: number;
  readonly position: Position;
  readonly status: ProjectionStatus;
}

/**
 * Keeps every projection in step with the log: in log order, each event once. A projection that fails
 * stays at its place and is told of; the log, the commands and the other projections go on.
 */
export class Projector {
  private constructor(
    private readonly store: EventStore,
    private readonly readModels: ReadModels,
    private readonly projecting: readonly Projecting[],
    private readonly patience: number,
  ) {}

  static async start(parts: ProjectorParts): Promise<Projector> {
    const { store, readModels, projections, patience, onProjectionFailure } = parts;
    const models = await Promise.all(projections.map((each) => readModels.open(each)));
    const { position: goal } = await store.head();
    const projecting = models.map(
      (model) => new Projecting(model, store, goal, onProjectionFailure),
    );
    return new Projector(store, readModels, projecting, patience);
  }

  /** Waits until every projection has passed a position, except those that failed. */
  async reached(position: Position): Promise<void> {
    await Promise.all(this.projecting.map((each) => each.reached(position)));
  }

  /**
   * Waits until a projection has passed a position, so that what is read from it is at least that new.
   * Rejects with BeyondTheEnd for a position that the log has not, and with {@link ProjectionBehind}
   * when the projection has stopped or takes too long.
   */
  async consistentWith(projection: AnyProjection, position: Position): Promise<void> {
    const head = await this.store.head();
    if (position > head.position) throw new BeyondTheEnd('position', position, head.position);
    const projecting = this.#find(projection);
    await projecting.reached(position, this.patience);
    const reached = projecting.model.position();
    if (reached < position) throw new ProjectionBehind(projection.name, position, reached);
  }

  /** How every projection stands, and those that are built to take the place of one. */
  states(): readonly ProjectionState[] {
    const used = this.projecting.map(({ model, status }) => ({
      name: model.projection.name,
      version: model.projection.version,
      position: model.position(),
      status,
    }));
    const building = this.readModels
      .building()
      .map((each) => ({ ...each, status: 'REBUILDING' as const }));
    return [...used, ...building];
  }

  failures(): readonly ProjectionFailure[] {
    return this.projecting.flatMap((each) => each.failure ?? []);
  }

  /** The rows of a projection that this projector was started with. */
  model<Row, Field extends string, Order extends string>(
    projection: Projection<Row, Field, Order>,
  ): ReadModel<Row, Field, Order> {
    // The model was opened from this very projection, so its rows are of this type.
    return this.#find(projection).model as ReadModel<Row, Field, Order>;
  }

  async stop(): Promise<void> {
    await Promise.all(this.projecting.map((each) => each.stop()));
  }

  #find(projection: Pick<AnyProjection, 'name'>): Projecting {
    const found = this.projecting.find((each) => each.model.projection === projection);
    if (found === undefined) throw new Error(`projection ${projection.name} was not started`);
    return found;
  }
}
