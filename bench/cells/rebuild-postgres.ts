/** What `hindsight rebuild` does with one projection. */
import { usersProjection } from '../../src/domains/user/projection.js';
import { openRebuilder } from '../../src/stores/index.js';
import { settingsOf } from '../logs/postgres.js';
import { EVENTS_PER_USER } from '../logs/commits.js';
import { doAsTold } from './told.js';

await doAsTold('cells/rebuild-postgres.js', async (order) => {
  const { rebuild, store } = await openRebuilder(settingsOf(order));
  const from = performance.now();
  const { rows } = await rebuild(usersProjection, () => undefined);
  const seconds = (performance.now() - from) / 1_000;
  if (rows !== Math.ceil(order.events / EVENTS_PER_USER))
    throw new Error(`there are ${rows} users`);
  await store.close();
  return { seconds };
});
