import { expect, it } from 'vitest';
import { freshDatabase } from '../../support/postgres.js';
import { append, commitOf, streamOf } from '../commits.js';
import { openAt } from './database.js';

it('what is looked for by a name with a NUL is not there, and no error', async () => {
  const { store } = await openAt(await freshDatabase());
  await append(store, commitOf('a', 0, {}));
  for (const id of ['a\0', '\0', '\0a']) {
    expect(await store.readStream(streamOf(id))).toEqual([]);
    expect(await store.versionAt(streamOf(id))).toBe(0);
    expect(await store.readCommand(id)).toEqual([]);
    const where = { aggregateId: id, correlationId: id };
    expect((await store.readLog({ where, limit: 10 })).events).toEqual([]);
  }
  expect(await store.readStream(streamOf('a'))).toHaveLength(1);
});
