import { describe, expect, it } from 'vitest';
import type { Commit } from '../../../src/core/event-store.js';
import { freshDatabase } from '../../support/postgres.js';
import { commitOf, positions, positionsOf, readAll } from '../commits.js';
import { openAt } from './database.js';

const good = commitOf('bad', 0, {});

/** What no client can send, as the edge refuses it, and the database would, too. */
const BAD: readonly (readonly [string, Commit, string])[] = [
  ['an id with a NUL', commitOf('b\0d', 0, {}), 'invalid byte sequence'],
  [
    'an actor with a NUL',
    { ...good, metadata: { ...good.metadata, actor: '\0' } },
    'invalid byte sequence',
  ],
  ['a version that is none', commitOf('bad', 2 ** 40, {}), 'out of range for type integer'],
];

describe('a commit that the database refuses', () => {
  it.each(BAD)('for %s rejects alone', async (_, bad, message) => {
    const { store } = await openAt(await freshDatabase());
    const ids = Array.from({ length: 10 }, (_each, index) => `s-${index}`);
    // The first is on its way by itself when the others come, so the bad one is in their midst.
    const answers = await Promise.allSettled([
      ...ids.slice(0, 5).map((id) => store.append(commitOf(id, 0, { id }))),
      store.append(bad),
      ...ids.slice(5).map((id) => store.append(commitOf(id, 0, { id }))),
    ]);
    const [refused] = answers.splice(5, 1);
    expect(refused).toMatchObject({ reason: { message: expect.stringContaining(message) } });
    expect(answers).toMatchObject(ids.map(() => ({ value: { outcome: 'appended' } })));
    const log = await readAll(store);
    expect(positionsOf(log)).toEqual(positions(1, 10));
    expect(log.map((event) => event.aggregateId).toSorted()).toEqual(ids);
  });

  it('does no harm to the ones that come later', async () => {
    const { store } = await openAt(await freshDatabase());
    await expect(store.append(commitOf('\0', 0, {}))).rejects.toThrow('invalid byte sequence');
    expect(store.fault()).toBeNull();
    expect(await store.append(commitOf('a', 0, {}))).toMatchObject({ outcome: 'appended' });
  });
});
