import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positionOf, START, type EventFilter, type RecordedEvent } from '../../src/core/event.js';
import { Cursor } from '../../src/engine/feed.js';
import { Tail } from '../../src/engine/tail.js';
import { CountingStore } from './counting-store.js';
import { named, positions, upTo, wholeLog, write } from './log.js';

/** Reads on until the log's end has been reached. */
async function follow(cursor: Cursor, end: number): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const slice of cursor) {
    events.push(...slice.events);
    if (slice.reached >= end) return events;
  }
  return events;
}

describe('the tail of the log', () => {
  it('is read from the store once for all who follow it', async () => {
    const store = new CountingStore();
    const tail = new Tail(store);
    const cursors = upTo(100).map(() => new Cursor(tail, START));
    const following = cursors.map((cursor) => follow(cursor, 60));
    for (const number of upTo(10)) {
      await write(store, 'ada', named(`first ${number}`));
      await setImmediate();
    }
    const before = store.reads;
    for (const number of upTo(50)) {
      await write(store, 'ada', named(`name ${number}`));
      await setImmediate();
    }
    const all = await wholeLog(store);
    for (const events of await Promise.all(following)) expect(events).toEqual(all);
    // Each event once, the last look of each reader that ends, and the test's own.
    expect(store.reads - before).toBeLessThan(200);
  });

  it('holds no more than its last thousand events, and the store has the rest', async () => {
    const store = new CountingStore();
    const tail = new Tail(store);
    const near = new Cursor(tail, START);
    const following = follow(near, 3_000);
    for (const number of upTo(6)) {
      await write(store, 'ada', ...upTo(500).map((each) => named(`${number} ${each}`)));
      await setImmediate();
    }
    await following;
    const late = new Cursor(tail, START);
    expect(positions(await follow(late, 3_000))).toEqual(upTo(3_000));
    await Promise.all([near.return(), late.return()]);
  });

  it('listens to nothing when nobody follows it any more', async () => {
    const store = new CountingStore();
    const tail = new Tail(store);
    const cursor = new Cursor(tail, START);
    expect(store.listeners).toBe(1);
    await cursor.return();
    expect(store.listeners).toBe(0);
    const again = new Cursor(tail, START);
    await write(store, 'ada', named('one'));
    expect(positions(await follow(again, 1))).toEqual([1]);
  });

  it('tells every reader the whole log from its place on, by its filter, each event once', async () => {
    const ids = ['ada', 'bob'];
    const reader = fc.record({
      after: fc.nat(10),
      from: fc.nat(30),
      id: fc.constantFrom(undefined, ...ids),
      leaves: fc.boolean(),
    });
    const appends = fc.array(
      fc.record({ id: fc.constantFrom(...ids), count: fc.integer({ min: 1, max: 4 }) }),
      {
        minLength: 10,
        maxLength: 30,
      },
    );
    await fc.assert(
      fc.asyncProperty(
        appends,
        fc.array(reader, { minLength: 1, maxLength: 6 }),
        async (steps, readers) => {
          const store = new CountingStore();
          const tail = new Tail(store);
          const end = steps.reduce((sum, { count }) => sum + count, 0);
          const reading: {
            where: EventFilter;
            after: number;
            events: Promise<readonly RecordedEvent[]>;
          }[] = [];
          for (const [step, { id, count }] of steps.entries()) {
            for (const { after, from, leaves, id: aggregateId } of readers) {
              if (from !== step) continue;
              const { position: head } = await store.head();
              const where = { aggregateId };
              const place = Math.min(after, head);
              const cursor = new Cursor(tail, positionOf(place), where);
              if (leaves) await cursor.return();
              else reading.push({ where, after: place, events: follow(cursor, end) });
            }
            await write(store, id, ...upTo(count).map((each) => named(`${step} ${each}`)));
            if (step % 3 === 0) await setImmediate();
          }
          const all = await wholeLog(store);
          for (const { where, after, events } of reading) {
            const own = all.filter(
              ({ position, aggregateId }) =>
                position > after && (where.aggregateId ?? aggregateId) === aggregateId,
            );
            expect(await events).toEqual(own);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
