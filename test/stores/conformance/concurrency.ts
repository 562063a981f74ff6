import { expect } from 'vitest';
import { START, type RecordedEvent } from '../../../src/core/event.js';
import type { EventStore } from '../../../src/core/event-store.js';
import { Cursor } from '../../../src/engine/feed.js';
import { append, commitOf, positions, positionsOf, readAll, streamOf } from '../commits.js';
import type { StoreCase } from './case.js';

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Follows the log from its beginning until it has seen so many events. */
async function follow(store: EventStore, count: number): Promise<RecordedEvent[]> {
  const seen: RecordedEvent[] = [];
  for await (const { events } of new Cursor(store, START)) {
    seen.push(...events);
    if (seen.length >= count) break;
  }
  return seen;
}

/** Many writers at once, each with a stream of its own and one commit after the other. */
async function write(store: EventStore, writers: number, commits: number): Promise<void> {
  const writer = async (id: string) => {
    for (let version = 0; version < commits * 2; version += 2) {
      await append(store, commitOf(id, version, { version }, { version }));
    }
  };
  await Promise.all(times(writers, (index) => writer(`writer-${index}`)));
}

export const concurrency: readonly StoreCase[] = [
  {
    id: 'S30',
    says: 'of 100 that race for one version one wins, and all the others are told of it',
    run: async ({ open }) => {
      const store = await open();
      await append(store, commitOf('a', 0, {}));
      const answers = await Promise.all(
        times(100, (racer) => store.append(commitOf('a', 1, { racer }))),
      );
      const lost = answers.filter((answer) => answer.outcome === 'conflict');
      expect(lost).toHaveLength(99);
      expect(new Set(lost.map((answer) => answer.actualVersion))).toEqual(new Set([2]));
      expect(await store.readStream(streamOf('a'))).toHaveLength(2);
      expect((await store.head()).position).toBe(2);
    },
  },
  {
    id: 'S31',
    says: 'the commits of concurrent writers never interleave',
    run: async ({ open }) => {
      const store = await open();
      const answers = await Promise.all(
        times(60, (index) =>
          append(store, commitOf(`s-${index}`, 0, { n: 1 }, { n: 2 }, { n: 3 })),
        ),
      );
      for (const events of answers) {
        const first = events[0]?.position ?? 0;
        expect(positionsOf(events)).toEqual(positions(first, first + 2));
      }
      const log = await readAll(store);
      expect(positionsOf(log)).toEqual(positions(1, 180));
      expect(log.map((event) => event.data['n'])).toEqual(times(180, (index) => (index % 3) + 1));
    },
  },
  {
    id: 'S32',
    says: 'no reader ever sees a part of a commit',
    run: async ({ open }) => {
      const store = await open();
      const reads: Promise<readonly [number, number]>[] = [];
      const look = async () =>
        [
          (await store.readLog({ limit: 1000 })).events.length,
          (await store.head()).position,
        ] as const;
      const unsubscribe = store.onAppend(() => reads.push(look()));
      await write(store, 10, 5);
      unsubscribe();
      const lengths = (await Promise.all(reads)).flat();
      expect(lengths.length).toBeGreaterThan(0);
      expect(lengths.filter((length) => length % 2 !== 0)).toEqual([]);
    },
  },
  {
    id: 'S33',
    says: 'concurrent appends on different streams all succeed',
    run: async ({ open }) => {
      const store = await open();
      await write(store, 20, 5);
      expect(positionsOf(await readAll(store))).toEqual(positions(1, 200));
      const streams = await Promise.all(
        times(20, (index) => store.readStream(streamOf(`writer-${index}`))),
      );
      for (const events of streams) {
        expect(events.map((event) => event.version)).toEqual(times(10, (index) => index + 1));
      }
    },
  },
  {
    id: 'S34',
    says: 'commits on one stream, sent without waiting, are taken in the order they were sent',
    run: async ({ open }) => {
      const store = await open();
      await Promise.all(times(50, (version) => append(store, commitOf('a', version, { version }))));
      const events = await store.readStream(streamOf('a'));
      expect(events.map((event) => event.data['version'])).toEqual(times(50, (index) => index));
    },
  },
  {
    id: 'S35',
    says: 'readers that follow the log miss nothing and repeat nothing while others append',
    run: async ({ open }) => {
      const store = await open();
      await append(store, commitOf('before', 0, {}, {}));
      const early = follow(store, 102);
      const writing = write(store, 10, 5);
      const late = follow(store, 102);
      await writing;
      expect(positionsOf(await early)).toEqual(positions(1, 102));
      expect(positionsOf(await late)).toEqual(positions(1, 102));
    },
  },
  {
    id: 'S36',
    says: 'a reader that waits at the end is woken by the next commit',
    run: async ({ open }) => {
      const store = await open();
      await append(store, commitOf('a', 0, {}));
      const cursor = new Cursor(store, START);
      expect((await cursor.next()).value?.reached).toBe(1);
      const waiting = cursor.next();
      await append(store, commitOf('a', 1, {}));
      expect(positionsOf((await waiting).value?.events ?? [])).toEqual([2]);
      await cursor.return();
    },
  },
  {
    id: 'S37',
    says: 'what was answered is readable at once',
    run: async ({ open }) => {
      const store = await open();
      const readOwn = async (id: string) => {
        const [event] = await append(store, commitOf(id, 0, {}));
        expect(await store.readStream(streamOf(id))).toEqual([event]);
        expect((await store.head()).position).toBeGreaterThanOrEqual(event?.position ?? Infinity);
      };
      await Promise.all(times(30, (index) => readOwn(`s-${index}`)));
    },
  },
];
