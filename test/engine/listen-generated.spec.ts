import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  matches,
  positionOf,
  START,
  type EventFilter,
  type Position,
  type RecordedEvent,
} from '../../src/core/event.js';
import { listen, type Frame } from '../../src/engine/listen.js';
import { Tail } from '../../src/engine/tail.js';
import type { Feed } from '../../src/engine/feed.js';
import { CountingStore } from './counting-store.js';
import { named, wholeLog, write } from './log.js';

type Frames = Awaited<ReturnType<typeof listen>>;

const ids = fc.constantFrom('ada', 'bob', 'eve');

/** What somebody appends to one stream, all of it or nothing. */
const appends = fc.record({
  id: ids,
  events: fc.array(
    fc.constantFrom(named('Ann'), { type: 'UserDeactivated', data: { reason: null } }),
    { minLength: 1, maxLength: 4 },
  ),
});
type Append = typeof appends extends fc.Arbitrary<infer Value> ? Value : never;

const filters: fc.Arbitrary<EventFilter> = fc.record(
  {
    aggregateType: fc.constantFrom('User', 'Order'),
    aggregateId: fc.oneof(ids, fc.constant('nobody')),
    types: fc.subarray(['UserRenamed', 'UserDeactivated', 'OrderPlaced']),
  },
  { requiredKeys: [] },
);

/** One connection: it is cut after so many frames, while others append. */
const connections = fc.record({
  frames: fc.nat({ max: 6 }),
  meanwhile: fc.array(appends, { maxLength: 4 }),
  /** In how many turns of the event loop the writers pause. */
  pauses: fc.nat({ max: 1 }),
});

async function appendAll(store: CountingStore, list: readonly Append[], pauses = 0) {
  for (const { id, events } of list) {
    await write(store, id, ...events);
    for (let pause = 0; pause < pauses; pause += 1) await setImmediate();
  }
}

/** So many frames, or fewer when the writers are done and no more comes. */
async function take(frames: Frames, count: number, writing: Promise<void>): Promise<Frame[]> {
  const taken: Frame[] = [];
  while (taken.length < count) {
    const idle = writing.then(() => setImmediate(undefined));
    // What comes too late is as lost as a frame on a broken connection.
    const result = await Promise.race([frames.next(), idle]);
    if (result === undefined || result.done) break;
    taken.push(result.value);
  }
  return taken;
}

/** What is left: until all is sent that is in the log. */
async function takeRest(feed: Feed, where: EventFilter, after: Position) {
  const rest: Frame[] = [];
  for await (const frame of await listen(feed, { where, after })) {
    rest.push(frame);
    if (frame.caughtUp) break;
  }
  return rest;
}

/** A log with a history, a place in it, and how it is followed. */
async function placeIn(
  feedOf: (store: CountingStore) => Feed,
  history: readonly Append[],
  start: number,
) {
  const store = new CountingStore();
  const feed = feedOf(store);
  await appendAll(store, history);
  const { position: head } = await store.head();
  return { store, feed, head, after: positionOf(start % (head + 1)) };
}

const eventsOf = (frames: readonly Frame[]): readonly RecordedEvent[] =>
  frames.flatMap(({ event }) => (event === null ? [] : [event]));

async function slice(store: CountingStore, where: EventFilter, after: Position) {
  const log = await wholeLog(store);
  return log.filter((event) => event.position > after && matches(event, where));
}

describe.each<readonly [string, (store: CountingStore) => Feed]>([
  ['the store', (store) => store],
  ['the tail', (store) => new Tail(store)],
])('a listener to %s, of any log, with any filter', (_, feedOf) => {
  it('that is cut again and again, and resumes, is told each event once and in order', async () => {
    const property = fc.asyncProperty(
      fc.array(appends, { maxLength: 6 }),
      filters,
      fc.array(connections, { minLength: 1, maxLength: 8 }),
      async (history, where, cuts) => {
        const store = new CountingStore();
        const feed = feedOf(store);
        await appendAll(store, history);
        const received: Frame[] = [];
        let after = START;
        for (const { frames: count, meanwhile, pauses } of cuts) {
          const frames = await listen(feed, { where, after });
          const writing = appendAll(store, meanwhile, pauses);
          received.push(...(await take(frames, count, writing)));
          after = received.at(-1)?.position ?? after;
          await frames.return();
          await writing;
        }
        received.push(...(await takeRest(feed, where, after)));
        expect(eventsOf(received)).toEqual(await slice(store, where, START));
        expect(store.listeners).toBe(0);
      },
    );
    await fc.assert(property, { numRuns: 400 });
  });

  it('is told, from the position of any frame, exactly the rest', async () => {
    const property = fc.asyncProperty(
      fc.array(appends, { maxLength: 8 }),
      filters,
      fc.nat(),
      async (history, where, start) => {
        const { store, feed, after } = await placeIn(feedOf, history, start);
        const frames = await takeRest(feed, where, after);
        for (const { position } of frames) {
          const rest = await takeRest(feed, where, position);
          expect(rest[0]).toMatchObject({ event: null, position });
          expect(eventsOf(rest)).toEqual(await slice(store, where, position));
        }
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });

  it('has caught up with the first frame up to which all was sent that there was', async () => {
    const property = fc.asyncProperty(
      fc.array(appends, { maxLength: 8 }),
      filters,
      fc.nat(),
      async (history, where, start) => {
        const { store, feed, head, after } = await placeIn(feedOf, history, start);
        const frames = await takeRest(feed, where, after);
        expect(frames[0]).toEqual({ event: null, position: after, caughtUp: after === head });
        expect(frames.slice(0, -1).map(({ caughtUp }) => caughtUp)).not.toContain(true);
        expect(frames.at(-1)).toMatchObject({ position: head, caughtUp: true });
        expect(eventsOf(frames)).toEqual(await slice(store, where, after));
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });
});
