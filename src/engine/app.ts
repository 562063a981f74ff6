import type { EventStore } from '../core/event-store.js';
import type { AnyProjection, ReadModels } from '../core/projection.js';
import { Projector, type ProjectionFailure } from './projector.js';

/** What the rooms at the edge work with: the log, its read models, and names for new things. */
export interface App {
  readonly store: EventStore;
  readonly projector: Projector;
  /** A new unique id, later ones sorting after earlier ones. */
  readonly newId: () => string;
  close(): Promise<void>;
}

export interface AppParts {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly projections: readonly AnyProjection[];
  readonly newId: () => string;
  readonly onProjectionFailure: (failure: ProjectionFailure) => void;
}

/** Starts the projections and answers once they have caught up with the log. */
export async function startApp(parts: AppParts): Promise<App> {
  const { store, readModels, projections, newId, onProjectionFailure } = parts;
  const projector = await Projector.start(store, readModels, projections, onProjectionFailure);
  await projector.reached((await store.head()).position);
  return {
    store,
    projector,
    newId,
    close: async () => {
      await projector.stop();
      await store.close();
    },
  };
}

/** Why the app is not ready for work, one line each; empty when it is. */
export function faults(app: App): readonly string[] {
  const stopped = app.store.fault();
  const projections = app.projector
    .failures()
    .map((failure) => `projection ${failure.projection} stopped at position ${failure.position}`);
  return stopped === null ? projections : [stopped.message, ...projections];
}
