import type { Position } from '../core/event.js';
import type { EventStore } from '../core/event-store.js';
import { BeyondTheEnd } from '../core/moment.js';
import type { AnyProjection, Projection, ReadModel, ReadModels } from '../core/projection.js';
import {
  Projecting,
  type ProjectionFailure,
  type ProjectionNews,
  type ProjectionStatus,
} from './projecting.js';

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

/** How often is told how far a projection is that the start waits for, in milliseconds. */
const TOLD_EVERY = 5_000;

export interface ProjectorParts {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly projections: readonly AnyProjection[];
  /** How long an answer may wait for a projection, in milliseconds. */
  readonly patience: number;
  readonly onProjectionNews: (news: ProjectionNews) => void;
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
 * stays at its place, is told of and tried again; the log, the commands and the others go on.
 */
export class Projector {
  private constructor(
    private readonly store: EventStore,
    private readonly readModels: ReadModels,
    private readonly projecting: readonly Projecting[],
    private readonly parts: Pick<ProjectorParts, 'patience' | 'onProjectionNews'>,
  ) {}

  static async start(parts: ProjectorParts): Promise<Projector> {
    const { store, readModels, projections, onProjectionNews } = parts;
    const models = await Promise.all(projections.map((each) => readModels.open(each)));
    const { position: goal } = await store.head();
    const projecting = models.map((model) => new Projecting(model, store, goal, onProjectionNews));
    return new Projector(store, readModels, projecting, parts);
  }

  /** Waits until every projection is where the log ended at the start, except those that fail. */
  async caughtUp(): Promise<void> {
    const telling = setInterval(() => {
      for (const each of this.projecting) each.tellOfTheWay();
    }, TOLD_EVERY);
    try {
      await Promise.all(this.projecting.map((each) => each.reached(each.goal)));
    } finally {
      clearInterval(telling);
    }
  }

  /** Waits until every projection has passed a position, fails, or takes too long. */
  async reached(position: Position): Promise<void> {
    const { patience } = this.parts;
    await Promise.all(this.projecting.map((each) => each.reached(position, patience)));
  }

  /**
   * Waits until a projection has passed a position, so that what is read from it is at least that new.
   * Rejects with BeyondTheEnd for a position that the log has not, and with {@link ProjectionBehind}
   * when the projection fails or takes too long.
   */
  async consistentWith(projection: AnyProjection, position: Position): Promise<void> {
    const head = await this.store.head();
    if (position > head.position) throw new BeyondTheEnd('position', position, head.position);
    const projecting = this.#find(projection);
    await projecting.reached(position, this.parts.patience);
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
