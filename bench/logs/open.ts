import { vocabularyOf } from '../../src/core/vocabulary.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import { usersProjection } from '../../src/domains/user/projection.js';
import { startApp, type App } from '../../src/engine/app.js';
import { LowdbStore } from '../../src/stores/lowdb/store.js';
import { MemoryReadModels } from '../../src/stores/memory-models.js';
import { EVENTS_PER_USER } from './commits.js';

export const VOCABULARY = vocabularyOf([userAggregate]);

/** The embedded store as the server opens it. */
export const openStore = (folder: string): Promise<LowdbStore> =>
  LowdbStore.open(folder, {
    vocabulary: VOCABULARY,
    onTornTail: (offset) => {
      throw new Error(`the log was cut short at byte ${offset}`);
    },
  });

/** Folds the projections as the server does at its start. */
export const project = (store: LowdbStore): Promise<App> =>
  startApp({
    store,
    readModels: new MemoryReadModels(),
    projections: [usersProjection],
    vocabulary: VOCABULARY,
    patience: 0,
    newId: () => '',
    digest: () => '',
    onProjectionNews: (news) => {
      if (news.kind === 'failed') throw news.cause;
    },
  });

/** Whoever did not fold everything is not to be measured. */
export async function check(app: App, events: number): Promise<void> {
  const rows = await app.projector.model(usersProjection).count([]);
  if (rows !== Math.ceil(events / EVENTS_PER_USER)) throw new Error(`there are ${rows} users`);
}
