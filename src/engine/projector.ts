import type { Position } from '../core/event.js';
import type { EventStore } from '../core/event-store.js';
import type { AnyProjection, Projection, ReadModel, ReadModels } from '../core/projection.js';
import { Cursor } from './feed.js';

export interface ProjectionFailure {
  readonly projection: string;
  /** How far the projection came; it stays there. */
  readonly position: Position;
  readonly cause: unknown;
}

type AnyReadModel = ReadModel<unknown, string, string>;

/** One projection at work: its rows, its place in the log, and those who wait for it. */
class Projecting {
  failure: ProjectionFailure | null = null;
  #ended = false;
  readonly #cursor: Cursor;
  readonly #running: Promise<void>;
  #waiting: { readonly position: Position; readonly resolve: () => void }[] = [];

  constructor(
    readonly model: AnyReadModel,
    store: EventStore,
    private readonly onFailure: (failure: ProjectionFailure) => void,
  ) {
    const where = { aggregateType: model.projection.aggregateType };
    this.#cursor = new Cursor(store, model.position(), where);
    this.#running = this.#run();
  }

  reached(position: Position): Promise<void> {
    if (this.#ended || this.model.position() >= position) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ position, resolve });
    });
  }

  async stop(): Promise<void> {
    await this.#cursor.return();
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      for await (const slice of this.#cursor) {
        await this.model.apply(slice.events, slice.reached);
        this.#release(this.model.position());
      }
    } catch (cause) {
      const position = this.model.position();
      this.failure = { projection: this.model.projection.name, position, cause };
      await this.#cursor.return();
    }
    this.#ended = true;
    this.#release(Number.POSITIVE_INFINITY);
    if (this.failure !== null) this.onFailure(this.failure);
  }

  #release(reached: number): void {
    const ready = this.#waiting.filter((waiter) => waiter.position <= reached);
    this.#waiting = this.#waiting.filter((waiter) => waiter.position > reached);
    for (const waiter of ready) waiter.resolve();
  }
}

/**
 * Keeps every projection in step with the log: in log order, each event once. A projection that fails
 * stays at its place and is told of; the log, the commands and the other projections go on.
 */
export class Projector {
  readonly #projecting: readonly Projecting[];

  private constructor(projecting: readonly Projecting[]) {
    this.#projecting = projecting;
  }

  static async start(
    store: EventStore,
    readModels: ReadModels,
    projections: readonly AnyProjection[],
    onFailure: (failure: ProjectionFailure) => void,
  ): Promise<Projector> {
    const models = await Promise.all(projections.map((each) => readModels.open(each)));
    return new Projector(models.map((model) => new Projecting(model, store, onFailure)));
  }

  /** Waits until every projection has passed a position, except those that failed. */
  async reached(position: Position): Promise<void> {
    await Promise.all(this.#projecting.map((each) => each.reached(position)));
  }

  failures(): readonly ProjectionFailure[] {
    return this.#projecting.flatMap((each) => each.failure ?? []);
  }

  /** The rows of a projection that this projector was started with. */
  model<Row, Field extends string, Order extends string>(
    projection: Projection<Row, Field, Order>,
  ): ReadModel<Row, Field, Order> {
    const found = this.#projecting.find((each) => each.model.projection === projection)?.model;
    if (found === undefined) throw new Error(`projection ${projection.name} was not started`);
    // The model was opened from this very projection, so its rows are of this type.
    return found as ReadModel<Row, Field, Order>;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#projecting.map((each) => each.stop()));
  }
}
