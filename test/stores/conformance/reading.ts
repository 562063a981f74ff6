import { expect } from 'vitest';
import * as fc from 'fast-check';
import {
  matches,
  positionOf,
  type EventFilter,
  type Position,
  type RecordedEvent,
} from '../../../src/core/event.js';
import type { EventStore, LogRange, StreamRange } from '../../../src/core/event-store.js';
import { timestampOf } from '../../../src/core/time.js';
import { append, commitOf, positionsOf, readAll, streamOf } from '../commits.js';
import { METADATA } from '../../support/metadata.js';
import type { StoreCase } from './case.js';

const EVENTS = 48;

/** A log of some variety: three streams of each of two types, three event types, two correlations. */
async function fill(store: EventStore): Promise<readonly RecordedEvent[]> {
  const versions = new Map<string, number>();
  for (let n = 0; n < EVENTS; n += 2) {
    const stream = { type: n % 3 === 0 ? 'other' : 'thing', id: `s${((n * 7) % 5) % 3}` };
    const key = `${stream.type}/${stream.id}`;
    const expectedVersion = versions.get(key) ?? 0;
    versions.set(key, expectedVersion + 2);
    await append(store, {
      stream,
      expectedVersion,
      events: [n, n + 1].map((each) => ({
        id: `e${each}`,
        type: `T${each % 3}`,
        schemaVersion: 1,
        data: { each },
      })),
      metadata: { ...METADATA, correlationId: `c${n % 4}` },
      claims: [],
      releases: [],
    });
  }
  return readAll(store);
}

const oneOf = (...options: string[]) => fc.constantFrom(...options);
const place = fc.integer({ min: 0, max: EVENTS + 3 }).map(positionOf);

const filters: fc.Arbitrary<EventFilter> = fc.record(
  {
    aggregateType: oneOf('thing', 'other', 'unknown'),
    aggregateId: oneOf('s0', 's1', 's2', 'unknown'),
    types: fc.subarray(['T0', 'T1', 'T2', 'unknown']),
    correlationId: oneOf('c0', 'c2', 'unknown'),
    version: fc.integer({ min: 1, max: 13 }),
  },
  { requiredKeys: [] },
);

const logRanges: fc.Arbitrary<LogRange> = fc.record(
  {
    after: place,
    before: place,
    backwards: fc.boolean(),
    where: filters,
    limit: fc.integer({ min: 1, max: 12 }),
  },
  { requiredKeys: ['limit'] },
);

const streamRanges: fc.Arbitrary<StreamRange> = fc.record(
  { after: fc.nat(12), throughVersion: fc.nat(12) },
  { requiredKeys: [] },
);

function expected(all: readonly RecordedEvent[], range: Omit<LogRange, 'limit'>): RecordedEvent[] {
  const { after = 0, before = Infinity, where = {} } = range;
  const found = all.filter(
    (event) => event.position > after && event.position < before && matches(event, where),
  );
  return range.backwards ? found.toReversed() : found;
}

/** What is left of a range when a slice has brought its reader to a place. */
const beyond = (range: LogRange, reached: Position): LogRange =>
  range.backwards ? { ...range, before: reached } : { ...range, after: reached };

export const reading: readonly StoreCase[] = [
  {
    id: 'S40',
    says: 'any range of the log agrees with a plain filter over all events',
    run: async ({ open }) => {
      const store = await open();
      const all = await fill(store);
      await fc.assert(
        fc.asyncProperty(logRanges, async (range) => {
          expect(await readAll(store, range)).toEqual(expected(all, range));
        }),
        { numRuns: 300 },
      );
    },
  },
  {
    id: 'S41',
    says: 'a slice keeps to its limit, skips nothing, and tells truly whether its range is done',
    run: async ({ open }) => {
      const store = await open();
      const all = await fill(store);
      await fc.assert(
        fc.asyncProperty(logRanges, async (range) => {
          const { events, reached, complete } = await store.readLog(range);
          const whole = expected(all, range);
          expect(events.length).toBeLessThanOrEqual(range.limit);
          expect(events).toEqual(whole.slice(0, events.length));
          const left = expected(all, beyond(range, reached));
          expect(left).toEqual(whole.slice(events.length));
          expect(complete && left.length > 0).toBe(false);
        }),
        { numRuns: 300 },
      );
    },
  },
  {
    id: 'S42',
    says: 'a limit of 0 answers no events and does not claim to be done',
    run: async ({ open }) => {
      const store = await open();
      const all = await fill(store);
      await fc.assert(
        fc.asyncProperty(logRanges, async (range) => {
          const { events, reached, complete } = await store.readLog({ ...range, limit: 0 });
          expect(events).toEqual([]);
          const left = expected(all, beyond(range, reached));
          expect(left).toEqual(expected(all, range));
          expect(complete && left.length > 0).toBe(false);
        }),
        { numRuns: 300 },
      );
    },
  },
  {
    id: 'S43',
    says: 'a filter that matches little in a long log makes progress with every slice',
    run: async ({ open }) => {
      const store = await open();
      const length = 24_000;
      const data = Array.from({ length: 6000 }, (_, n) => ({ n }));
      for (let version = 0; version < length; version += data.length) {
        await append(store, commitOf('long', version, ...data));
      }
      await append(store, {
        ...commitOf('rare', 0, {}),
        metadata: { ...METADATA, correlationId: 'rare' },
      });
      const where = { correlationId: 'rare' };
      const last = length + 1;
      expect(positionsOf(await readAll(store, { where, limit: 5 }))).toEqual([last]);
      expect(positionsOf(await readAll(store, { where, backwards: true }))).toEqual([last]);
      expect(await readAll(store, { where, before: positionOf(last), backwards: true })).toEqual(
        [],
      );
      expect(await readAll(store, { where: { types: ['none'] } })).toEqual([]);
    },
  },
  {
    id: 'S44',
    says: 'a reader beyond the end is not set back',
    run: async ({ open }) => {
      const store = await open();
      await append(store, commitOf('a', 0, {}));
      const after = positionOf(10);
      expect(await store.readLog({ after, limit: 5 })).toMatchObject({ events: [], reached: 10 });
    },
  },
  {
    id: 'S45',
    says: 'any range of a stream agrees with a plain filter over its events',
    run: async ({ open }) => {
      const store = await open();
      const all = await fill(store);
      const ids = fc.record({ type: oneOf('thing', 'other'), id: oneOf('s0', 's1', 's2', 'none') });
      await fc.assert(
        fc.asyncProperty(ids, streamRanges, async ({ type, id }, range) => {
          const { after = 0, throughVersion = Infinity } = range;
          const events = expected(all, { where: { aggregateType: type, aggregateId: id } });
          expect(await store.readStream({ type, id }, range)).toEqual(
            events.filter(({ version }) => version > after && version <= throughVersion),
          );
        }),
        { numRuns: 300 },
      );
    },
  },
  {
    id: 'S148',
    says: 'many questions about the past at once are answered each as one alone',
    run: async ({ open }) => {
      const store = await open();
      const all = await fill(store);
      const streams = fc.record({
        type: oneOf('thing', 'other'),
        id: oneOf('s0', 's1', 's2', 'none', 'of\0none', '"\\{}'),
      });
      const times = fc
        .constantFrom(...all.map(({ recordedAt }) => recordedAt))
        .chain((time) => fc.constantFrom(time, timestampOf(Date.parse(time) - 1)));
      const questions = fc.record({
        stream: streams,
        range: streamRanges,
        position: place,
        time: times,
      });
      await fc.assert(
        fc.asyncProperty(fc.array(questions, { maxLength: 40 }), async (asked) => {
          const answers = await Promise.all(
            asked.map(async ({ stream, range, position, time }) => ({
              version: await store.versionAt(stream, position),
              events: await store.readStream(stream, range),
              end: (await store.headAt(time)).position,
            })),
          );
          const alone = asked.map(({ stream: { type, id }, range, position, time }) => {
            const { after = 0, throughVersion = Infinity } = range;
            const events = expected(all, { where: { aggregateType: type, aggregateId: id } });
            return {
              version: events.filter((event) => event.position <= position).length,
              events: events.filter(({ version }) => version > after && version <= throughVersion),
              end: all.findLast(({ recordedAt }) => recordedAt <= time)?.position ?? 0,
            };
          });
          expect(answers).toEqual(alone);
        }),
        { numRuns: 100 },
      );
    },
  },
  {
    id: 'S46',
    says: 'a stream is read whole, however long it is',
    run: async ({ open }) => {
      const store = await open();
      const data = Array.from({ length: 12_000 }, (_, n) => ({ n }));
      await append(store, commitOf('a', 0, ...data));
      const events = await store.readStream(streamOf('a'));
      expect(events.map((event) => event.data)).toEqual(data);
    },
  },
  {
    id: 'S130',
    says: "a filter for version 1 of a type gives each stream's first event, in order, both ways",
    run: async ({ open }) => {
      const store = await open();
      const all = await fill(store);
      const where = { aggregateType: 'thing', version: 1 };
      const first = [
        ...new Map(
          all
            .filter((event) => event.aggregateType === 'thing')
            .toReversed()
            .map((event) => [event.aggregateId, event]),
        ).values(),
      ].toSorted((a, b) => a.position - b.position);
      expect(first.map((event) => event.version)).toEqual([1, 1, 1]);
      for (const limit of [1, 2, 100]) {
        expect(await readAll(store, { where, limit })).toEqual(first);
        const backwards = await readAll(store, { where, limit, backwards: true });
        expect(backwards).toEqual(first.toReversed());
      }
    },
  },
  {
    id: 'S131',
    says: 'a filter by version, with or without a type, agrees with a plain filter in any range',
    run: async ({ open }) => {
      const store = await open();
      const all = await fill(store);
      const byVersion = fc.record(
        { version: fc.integer({ min: 0, max: 5 }), aggregateType: oneOf('thing', 'other') },
        { requiredKeys: ['version'] },
      );
      await fc.assert(
        fc.asyncProperty(logRanges, byVersion, async (range, where) => {
          const asked = { ...range, where, limit: Math.min(range.limit, 2) };
          expect(await readAll(store, asked)).toEqual(expected(all, asked));
        }),
        { numRuns: 200 },
      );
    },
  },
  {
    id: 'S132',
    says: 'a filter for the first events of very many streams makes progress with every slice',
    run: async ({ open }) => {
      const store = await open();
      const count = 10_500;
      await Promise.all(
        Array.from({ length: count }, (_, n) => append(store, commitOf(`s${n}`, 0, {}))),
      );
      const where = { aggregateType: 'thing', version: 1 };
      for (const backwards of [false, true]) {
        const none = { ...where, types: ['none'] };
        expect(await readAll(store, { where: none, backwards })).toEqual([]);
        expect(await readAll(store, { where, backwards, limit: 4000 })).toHaveLength(count);
      }
    },
  },
  {
    id: 'S133',
    says: 'the version of a stream is how many events it holds, or held at a position',
    run: async ({ open }) => {
      const store = await open();
      await append(store, commitOf('a', 0, {}, {}));
      await append(store, commitOf('b', 0, {}));
      await append(store, commitOf('a', 2, {}));
      const versions = (id: string) =>
        Promise.all([0, 1, 2, 3, 4, 9].map((at) => store.versionAt(streamOf(id), positionOf(at))));
      expect(await versions('a')).toEqual([0, 1, 2, 2, 3, 3]);
      expect(await versions('b')).toEqual([0, 0, 0, 1, 1, 1]);
      expect(await versions('missing')).toEqual([0, 0, 0, 0, 0, 0]);
      expect(await store.versionAt(streamOf('a'))).toBe(3);
      expect(await store.versionAt(streamOf('missing'))).toBe(0);
      expect(await store.versionAt(streamOf('a', 'other'))).toBe(0);
    },
  },
  {
    id: 'S134',
    says: 'the version at every position is a count of the events at or before it',
    run: async ({ open }) => {
      const store = await open();
      const all = await fill(store);
      const streams = ['thing', 'other'].flatMap((type) =>
        ['s0', 's1', 's2', 'none'].map((id) => ({ type, id })),
      );
      for (const stream of streams) {
        const own = all.filter(
          (event) => event.aggregateType === stream.type && event.aggregateId === stream.id,
        );
        expect(await store.versionAt(stream)).toBe(own.length);
        for (let at = 0; at <= EVENTS + 2; at += 1) {
          const held = own.filter((event) => event.position <= at).length;
          expect(await store.versionAt(stream, positionOf(at))).toBe(held);
        }
      }
    },
  },
];
