/** Folds the projections from a log that is open already. */
import { check, openStore, project } from '../logs/open.js';
import { doAsTold } from './told.js';

await doAsTold('cells/rebuild.js', async ({ folder, events }) => {
  const store = await openStore(folder);
  const from = performance.now();
  const app = await project(store);
  const seconds = (performance.now() - from) / 1_000;
  await check(app, events);
  return { seconds };
});
