import { expect } from 'vitest';
import * as fc from 'fast-check';
import type { RecordedEvent } from '../../../src/core/event.js';
import type { EventStore } from '../../../src/core/event-store.js';
import type { JsonObject } from '../../../src/core/json.js';
import { METADATA } from '../../support/metadata.js';
import { append, commitOf, readAll, streamOf } from '../commits.js';
import type { StoreCase } from './case.js';

/** Data that only a type assertion, or a caller without types, could have made. */
function untyped(entries: Readonly<Record<string, unknown>>): JsonObject {
  const data: JsonObject = {};
  for (const [key, value] of Object.entries(entries)) Reflect.set(data, key, value);
  return data;
}

const AWKWARD: readonly JsonObject[] = [
  { text: 'é 漢字 🦊 \u0000 \u2028 \ud800 "quoted" \\ \n \r\n' },
  { deep: { list: [1, [2, [{ three: null }]]], empty: {}, none: [] } },
  { large: Number.MAX_SAFE_INTEGER, small: 5e-324, minusZero: -0, exponent: 1e300 },
  { '': 'an empty key', 'a b': true, constructor: 'own', '10': 'ten', '2': 'two' },
  JSON.parse('{"__proto__":{"polluted":true},"nested":{"__proto__":null}}'),
];

const dataOf = (events: readonly RecordedEvent[]): string =>
  JSON.stringify(events.map((event) => event.data));

async function firstEvent(store: EventStore, id: string): Promise<RecordedEvent> {
  const [event] = await store.readStream(streamOf(id));
  if (event === undefined) throw new Error(`the stream ${id} is empty`);
  return event;
}

/** Changes all that can be changed of what a store handed out. */
export function spoil(events: readonly RecordedEvent[]): void {
  for (const event of events) {
    Reflect.set(event, 'type', 'Changed');
    Reflect.set(event.data, 'added', true);
    for (const part of Object.values(event.data)) Reflect.set(Object(part), '0', 'changed');
  }
  Reflect.set(events, 'length', 0);
}

export const values: readonly StoreCase[] = [
  {
    id: 'S20',
    says: 'data comes back as JSON would bring it back',
    run: async ({ open }) => {
      const store = await open();
      const answered = await append(store, commitOf('a', 0, ...AWKWARD));
      expect(dataOf(answered)).toBe(JSON.stringify(AWKWARD));
      expect(dataOf(await store.readStream(streamOf('a')))).toBe(JSON.stringify(AWKWARD));
    },
  },
  {
    id: 'S21',
    says: 'what JSON has no words for is dropped or null at once, not after a restart',
    run: async ({ open }) => {
      const store = await open();
      const date = new Date(0);
      await append(
        store,
        commitOf('a', 0, untyped({ gone: undefined, list: [undefined], nan: NaN, date, zero: -0 })),
      );
      const { data } = await firstEvent(store, 'a');
      expect(data).toStrictEqual({ list: [null], nan: null, date: date.toJSON(), zero: 0 });
    },
  },
  {
    id: 'S22',
    says: 'a key named __proto__ is data like any other',
    run: async ({ open }) => {
      const store = await open();
      const text = '{"__proto__":{"polluted":true}}';
      await append(store, commitOf('a', 0, JSON.parse(text)));
      const { data } = await firstEvent(store, 'a');
      expect(JSON.stringify(data)).toBe(text);
      expect(Object.hasOwn(data, '__proto__')).toBe(true);
      expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
      expect('polluted' in data).toBe(false);
    },
  },
  {
    id: 'S23',
    says: 'generated data survives, and a reopened log holds the very same',
    needs: ['durable'],
    run: async ({ open }) => {
      const generated = fc.sample(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), {
        numRuns: 40,
        seed: 1,
      });
      const data: JsonObject[] = generated.map((each) => JSON.parse(JSON.stringify(each)));
      const store = await open();
      await append(store, commitOf('a', 0, ...data));
      const before = await readAll(store);
      await store.close();
      const after = await readAll(await open());
      expect(dataOf(before)).toBe(JSON.stringify(data));
      expect(JSON.stringify(after)).toBe(JSON.stringify(before));
    },
  },
  {
    id: 'S24',
    says: 'what was handed in may be changed afterwards, even before the answer',
    run: async ({ open }) => {
      const store = await open();
      const data = { list: [1], nested: { n: 1 } };
      const stream = { type: 'thing', id: 'a' };
      const metadata = { ...METADATA, actor: 'ann' };
      const event = { id: 'e', type: 'Happened', schemaVersion: 1, data };
      const answer = store.append({ ...commitOf('a', 0), stream, events: [event], metadata });
      data.list.push(2);
      data.nested.n = 2;
      event.type = 'Changed';
      stream.id = 'b';
      metadata.actor = 'bob';
      await answer;
      data.list.push(3);
      expect(await readAll(store)).toMatchObject([
        { aggregateId: 'a', actor: 'ann', type: 'Happened', data: { list: [1], nested: { n: 1 } } },
      ]);
      expect(await store.readStream(streamOf('b'))).toEqual([]);
    },
  },
  {
    id: 'S25',
    says: 'what was answered or read may be changed, and the log stays as it is',
    run: async ({ open }) => {
      const store = await open();
      const answered = await append(store, commitOf('a', 0, { list: [1], nested: { n: 1 } }));
      const before = JSON.stringify(await readAll(store));
      spoil(answered);
      spoil(await store.readStream(streamOf('a')));
      spoil((await store.readLog({ limit: 10 })).events);
      expect(JSON.stringify(await readAll(store))).toBe(before);
      expect(JSON.stringify(await store.readStream(streamOf('a')))).toBe(before);
      expect(await append(store, commitOf('a', 1, {}))).toMatchObject([{ position: 2 }]);
    },
  },
];
