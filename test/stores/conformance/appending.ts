import { expect } from 'vitest';
import { positionOf } from '../../../src/core/event.js';
import { append, commitOf, positions, positionsOf, readAll, streamOf } from '../commits.js';
import { METADATA } from '../../support/metadata.js';
import type { StoreCase } from './case.js';

export const appending: readonly StoreCase[] = [
  {
    id: 'S01',
    says: 'an empty log reads as empty',
    run: async ({ open }) => {
      const store = await open();
      expect(await store.head()).toEqual({ position: 0, recordedAt: null });
      expect(await store.readStream(streamOf('a'))).toEqual([]);
      expect(await store.readLog({ limit: 10 })).toEqual({
        events: [],
        reached: 0,
        complete: true,
      });
      expect((await store.readLog({ limit: 10, backwards: true })).events).toEqual([]);
      expect(store.fault()).toBeNull();
    },
  },
  {
    id: 'S02',
    says: 'events are read in the order of their commits, in the log and in each stream',
    run: async ({ open }) => {
      const store = await open();
      await append(store, commitOf('a', 0, { n: 1 }, { n: 2 }));
      await append(store, commitOf('b', 0, { n: 3 }));
      await append(store, commitOf('a', 2, { n: 4 }));
      const numbers = async (id: string) =>
        (await store.readStream(streamOf(id))).map(({ version, data }) => [version, data['n']]);
      expect((await readAll(store)).map((event) => event.data['n'])).toEqual([1, 2, 3, 4]);
      expect(await numbers('a')).toEqual([
        [1, 1],
        [2, 2],
        [3, 4],
      ]);
      expect(await numbers('b')).toEqual([[1, 3]]);
    },
  },
  {
    id: 'S03',
    says: 'an appended commit answers its events as the log has them, whole envelope',
    run: async ({ open }) => {
      const store = await open();
      await append(store, commitOf('a', 0, {}));
      const metadata = {
        actor: 'ann',
        correlationId: 'correlation',
        causationId: 'cause',
        commandId: 'command',
        commandDigest: 'digest',
        traceparent: 'trace',
      };
      const answer = await store.append({ ...commitOf('b', 0, { n: 1 }, { n: 2 }), metadata });
      const events = await store.readStream(streamOf('b'));
      expect(answer).toEqual({ outcome: 'appended', position: 3, events });
      expect(events).toMatchObject([
        { position: 2, version: 1, type: 'Happened', data: { n: 1 }, ...metadata },
        { position: 3, version: 2, aggregateType: 'thing', aggregateId: 'b', data: { n: 2 } },
      ]);
      expect(new Set(events.map((event) => event.recordedAt)).size).toBe(1);
      expect(await readAll(store, { after: positionOf(2) })).toEqual(events.slice(1));
    },
  },
  {
    id: 'S04',
    says: 'a stale version writes nothing and reports the actual one',
    run: async ({ open }) => {
      const store = await open();
      await append(store, commitOf('a', 0, { n: 1 }, { n: 2 }));
      const before = await readAll(store);
      for (const stale of [0, 1]) {
        const answer = await store.append(commitOf('a', stale, { n: 3 }));
        expect(answer).toEqual({ outcome: 'conflict', actualVersion: 2 });
      }
      expect(await readAll(store)).toEqual(before);
      expect((await store.head()).position).toBe(2);
    },
  },
  {
    id: 'S05',
    says: 'a version beyond the end of a stream conflicts, also of one that does not exist',
    run: async ({ open }) => {
      const store = await open();
      await append(store, commitOf('a', 0, {}));
      expect(await store.append(commitOf('a', 2, {}))).toMatchObject({ actualVersion: 1 });
      expect(await store.append(commitOf('b', 1, {}))).toMatchObject({ actualVersion: 0 });
      expect((await store.head()).position).toBe(1);
    },
  },
  {
    id: 'S06',
    says: 'a commit of several events is all or nothing',
    run: async ({ open }) => {
      const store = await open();
      const three = [{ n: 1 }, { n: 2 }, { n: 3 }];
      expect(positionsOf(await append(store, commitOf('a', 0, ...three)))).toEqual([1, 2, 3]);
      await store.append(commitOf('a', 1, ...three));
      await store.append(commitOf('b', 1, ...three));
      expect(positionsOf(await readAll(store))).toEqual([1, 2, 3]);
      expect(await store.readStream(streamOf('b'))).toEqual([]);
      expect(positionsOf(await append(store, commitOf('b', 0, ...three)))).toEqual([4, 5, 6]);
    },
  },
  {
    id: 'S07',
    says: 'conflicts leave no gap in the positions',
    run: async ({ open }) => {
      const store = await open();
      for (let version = 0; version < 10; version += 1) {
        await Promise.all([
          append(store, commitOf('a', version, {})),
          store.append(commitOf('a', version + 5, {}, {})),
          store.append(commitOf('never', 1, {})),
        ]);
      }
      expect(positionsOf(await readAll(store))).toEqual(positions(1, 10));
    },
  },
  {
    id: 'S08',
    says: 'streams are told apart by type and id, whatever characters an id is made of',
    run: async ({ open }) => {
      const store = await open();
      const ids = ['a', 'A', 'a ', 'a/b', '__proto__', 'constructor', 'é', 'e\u0301', '', '🦊'];
      for (const type of ['thing', 'other']) {
        for (const id of ids) {
          const commit = { ...commitOf(id, 0, { type, id }), stream: { type, id } };
          expect(await store.append(commit)).toMatchObject({ outcome: 'appended' });
        }
      }
      for (const type of ['thing', 'other']) {
        for (const id of ids) {
          const events = await store.readStream({ type, id });
          expect(events.map((event) => event.data)).toEqual([{ type, id }]);
        }
      }
    },
  },
  {
    id: 'S09',
    says: 'an append that cannot be written as JSON rejects and leaves nothing behind',
    run: async ({ open }) => {
      const store = await open();
      const circular = {};
      Reflect.set(circular, 'self', circular);
      await expect(store.append(commitOf('a', 0, {}, circular))).rejects.toThrow(TypeError);
      expect(await readAll(store)).toEqual([]);
      expect(store.fault()).toBeNull();
      const events = await append(store, { ...commitOf('a', 0, { n: 1 }), metadata: METADATA });
      expect(events).toMatchObject([{ position: 1, version: 1 }]);
    },
  },
];
