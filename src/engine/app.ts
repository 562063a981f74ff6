import type { EventStore } from '../core/event-store.js';
import type { KeptResults } from '../core/kept-results.js';
import type { Vocabulary } from '../core/vocabulary.js';
import { Checkpoints } from './checkpoints.js';
import { Recent } from './recent.js';
import { Tail } from './tail.js';
import { Projector, type ProjectorParts } from './projector.js';

/** What the rooms at the edge work with: the log, its read models, and names for new things. */
export interface App extends Crafts {
  readonly store: EventStore;
  /** The end of the log, for all who follow it. */
  readonly tail: Tail;
  readonly checkpoints: Checkpoints;
  readonly recent: Recent;
  readonly projector: Projector;
  close(): Promise<void>;
}

/** What the app needs to know or to be able to do, and does not itself. */
interface Crafts {
  readonly vocabulary: Pick<Vocabulary, 'recognises'>;
  /** A new unique id, later ones sorting after earlier ones. */
  readonly newId: () => string;
  /** A short text that another text has none of. */
  readonly digest: (text: string) => string;
}

export interface AppParts extends Crafts, ProjectorParts {
  /** Where results of folds outlive the process; they do not when left out. */
  readonly keptResults?: KeptResults;
}

/** Starts the projections and answers once they have caught up with the log. */
export async function startApp(parts: AppParts): Promise<App> {
  const { store, vocabulary, newId, digest } = parts;
  const projector = await Projector.start(parts);
  await projector.caughtUp();
  return {
    store,
    tail: new Tail(store),
    checkpoints: new Checkpoints(undefined, parts.keptResults),
    recent: new Recent(),
    projector,
    vocabulary,
    newId,
    digest,
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
    .map((failure) => `projection ${failure.projection} fails at position ${failure.position}`);
  return stopped === null ? projections : [stopped.message, ...projections];
}
