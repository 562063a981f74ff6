/** Opens the embedded store and folds the projections, as the server does before it listens. */
import { check, openStore, project } from '../logs/open.js';
import { doAsTold } from './told.js';

await doAsTold('cells/start.js', async ({ folder, events }) => {
  const from = performance.now();
  const app = await project(await openStore(folder));
  const seconds = (performance.now() - from) / 1_000;
  await check(app, events);
  return { seconds };
});
