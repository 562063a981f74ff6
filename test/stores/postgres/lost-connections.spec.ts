import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { OutcomeUnknown, StoreUnavailable } from '../../../src/core/event-store.js';
import { freshDatabase } from '../../support/postgres.js';
import { runNode } from '../../support/process.js';
import { append, commitOf, streamOf } from '../commits.js';
import { adminOf, openAt } from './database.js';
import { LossyRelay } from './lossy-relay.js';

const OPENER = fileURLToPath(new URL('lost-opener.ts', import.meta.url));

/** More than any statement of the driver's own answers. */
const EVENTS = 3_000;
/** More than there are connections, so that each of them answers. */
const AT_ONCE = 40;

describe('a connection that is lost', () => {
  it('in the middle of an answer does not show in the answers to come', async () => {
    const { relay, url } = await LossyRelay.to(await freshDatabase());
    const { store } = await openAt(url);
    const stream = streamOf('a');
    await append(store, commitOf('a', 0, ...Array.from({ length: EVENTS }, (_, n) => ({ n }))));
    relay.lose({ afterRows: 2_000 }, { afterRows: 2_100 }, { afterRows: 2_200 });
    expect(Object.keys(await store.readStream(stream))).toHaveLength(EVENTS);
    expect(relay.losses).toBe(3);
    for (const _ of [1, 2, 3]) {
      const asked = Array.from({ length: AT_ONCE }, () => store.versionAt(stream));
      expect(new Set(await Promise.all(asked))).toEqual(new Set([EVENTS]));
    }
    expect(Object.keys(await store.readStream(stream))).toHaveLength(EVENTS);
  });

  it('in the middle of an answer does not make appends fail that come after it', async () => {
    const { relay, url } = await LossyRelay.to(await freshDatabase());
    const { store } = await openAt(url);
    await append(store, commitOf('a', 0, ...Array.from({ length: EVENTS }, (_, n) => ({ n }))));
    relay.lose({ afterRows: 2_000 }, { afterRows: 2_100 }, { afterRows: 2_200 });
    await store.readStream(streamOf('a'));
    // Others read at the same time, so that appends come to all connections.
    for (let version = 0; version < AT_ONCE; version += 1) {
      const reading = Array.from({ length: version % 10 }, () => store.head());
      expect(await store.append(commitOf('b', version, {}))).toMatchObject({ outcome: 'appended' });
      await Promise.all(reading);
    }
  });

  it('as soon as it is made ends no process', async () => {
    const { relay, url } = await LossyRelay.to(await freshDatabase());
    await openAt(url);
    // The driver asks for this by itself, if it does.
    const own = { at: 'pg_catalog.pg_type' };
    relay.lose(own, { ...own }, { ...own });
    const opener = runNode(['--import', 'tsx', OPENER, url]);
    expect([await opener.exited, opener.stderr()]).toEqual([0, '']);
    expect(opener.stdout()).toContain('at 0 0');
  });

  it('in the middle of an append does not keep the store from closing', async () => {
    const { relay, url } = await LossyRelay.to(await freshDatabase());
    const { store } = await openAt(url);
    await append(store, commitOf('a', 0, {}));
    relay.lose({ at: 'another' });
    await expect(store.append(commitOf('another', 0, {}))).rejects.toThrow(OutcomeUnknown);
    await vi.waitUntil(() => store.fault() === null);
    const began = performance.now();
    await store.close();
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it(
    'without a word, and no other host, is told to who waits on it',
    { timeout: 60_000 },
    async () => {
      const { relay, url } = await LossyRelay.to(await freshDatabase());
      const { store } = await openAt(url);
      await append(store, commitOf('a', 0, {}));
      // Every connection is there, so that the append goes out on one.
      await Promise.all(Array.from({ length: AT_ONCE }, () => store.head()));
      relay.vanish();
      const appending = store.append(commitOf('a', 1, {}));
      const reading = store.readStream(streamOf('a'));
      await Promise.all([
        expect(appending).rejects.toThrow(OutcomeUnknown),
        expect(reading).rejects.toThrow(StoreUnavailable),
      ]);
      expect(store.fault()).toBeInstanceOf(StoreUnavailable);
    },
  );

  it('while an append waits for its turn leaves nothing of it and nothing in its way', async () => {
    const url = await freshDatabase();
    const admin = adminOf(url);
    const { store } = await openAt(url);
    let answer: Promise<unknown> = Promise.resolve();
    await admin.begin(async (transaction) => {
      await transaction`SELECT hindsight.lock_log()`;
      answer = store.append(commitOf('a', 0, {})).catch((error: unknown) => error);
      await vi.waitUntil(async () => {
        const { count } = await admin`
          SELECT pg_terminate_backend(pid) FROM pg_locks
          WHERE locktype = 'advisory' AND NOT granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
        return count === 1;
      });
    });
    expect(await answer).toBeInstanceOf(OutcomeUnknown);
    expect(await store.versionAt(streamOf('a'))).toBe(0);
    expect(await append(store, commitOf('a', 0, {}))).toMatchObject([{ position: 1, version: 1 }]);
  });
});
