import { expect, it, vi } from 'vitest';
import { positionOf } from '../../../src/core/event.js';
import { StoreUnavailable } from '../../../src/core/event-store.js';
import { freshDatabase } from '../../support/postgres.js';
import { append, commitOf, streamOf } from '../commits.js';
import { COUNTS } from './counts.js';
import { adminOf, openAt } from './database.js';

it('a database that takes no writes is not reached, until it takes them again', async () => {
  const url = await freshDatabase();
  const admin = adminOf(url);
  const { store, readModels } = await openAt(url);
  const model = await readModels.open(COUNTS);
  await append(store, commitOf('a', 0, {}));
  const events = await store.readStream(streamOf('a'));
  const name = new URL(url).pathname.slice(1);
  // Sessions learn of it when they begin.
  await admin.unsafe(`ALTER DATABASE "${name}" SET default_transaction_read_only = on`);
  await admin`
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'hindsight'`;
  await vi.waitUntil(() => store.fault() instanceof StoreUnavailable, { timeout: 10_000 });
  // That nobody else has taken over is all that is known.
  await expect(model.apply(events, positionOf(1))).rejects.toThrow(StoreUnavailable);
  expect(await store.readStream(streamOf('a'))).toHaveLength(1);

  await admin.unsafe(`ALTER DATABASE "${name}" RESET default_transaction_read_only`);
  await vi.waitUntil(() => store.fault() === null, { timeout: 10_000 });
  await append(store, commitOf('a', 1, {}));
  await model.apply(events, positionOf(1));
  expect(await model.get('a')).toMatchObject({ events: 1 });
});
