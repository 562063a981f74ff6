import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { positionOf } from '../../../src/core/event.js';
import { OutcomeUnknown, StoreUnavailable } from '../../../src/core/event-store.js';
import { Projector } from '../../../src/engine/projector.js';
import { freshDatabase } from '../../support/postgres.js';
import { runNode } from '../../support/process.js';
import { append, commitOf, streamOf } from '../commits.js';
import { COUNTS } from './counts.js';
import { adminOf, openAt } from './database.js';
import { LossyRelay } from './lossy-relay.js';

const OPENER = fileURLToPath(new URL('lost-opener.ts', import.meta.url));

const CLOSER = fileURLToPath(new URL('lost-closer.ts', import.meta.url));

/** Words of the statement that looks how far everything is. */
const LOOK = 'hindsight.projections';

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

  it('while the store closes leaves nothing that keeps the process', async () => {
    const { relay, url } = await LossyRelay.to(await freshDatabase());
    const closer = runNode(['--import', 'tsx', CLOSER, url]);
    await vi.waitUntil(() => closer.stdout() === 'open\n', { timeout: 20_000 });
    const hasClosed = () => {
      if (closer.stdout() === 'open\nclosed\n') return true;
      // Two looks, one after the other, are what it takes to look for a host anew; the first may be
      // one that does not count. A connection is told the words of a statement once.
      relay.lose({ afterRows: 1 }, { at: LOOK });
      return false;
    };
    await vi.waitUntil(hasClosed, { timeout: 20_000, interval: 1_500 });
    expect([await closer.exited, closer.stderr()]).toEqual([0, '']);
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

  it('without a word does not keep a server from stopping', async () => {
    const { relay, url } = await LossyRelay.to(await freshDatabase());
    const { store, readModels } = await openAt(url);
    const projector = await Projector.start({
      store,
      readModels,
      projections: [COUNTS],
      patience: 1_000,
      onProjectionNews: (news) => expect(news.kind).not.toBe('failed'),
    });
    // As it looks for what is to be folded next.
    projector.model(COUNTS).onMove(() => relay.vanish());
    await append(store, commitOf('a', 0, {}));
    await projector.reached(positionOf(1));
    const began = performance.now();
    await projector.stop();
    await store.close();
    expect(performance.now() - began).toBeLessThan(6_000);
  });

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
