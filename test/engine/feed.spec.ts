import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { positionOf, START, type EventFilter, type RecordedEvent } from '../../src/core/event.js';
import { Cursor } from '../../src/engine/feed.js';
import { CountingStore } from './counting-store.js';
import { named, positions, upTo, write } from './log.js';
import { isPending } from './pending.js';

const END = { done: true, value: undefined };

/** A store with so many events of Ada's. */
async function storeOf(count: number): Promise<CountingStore> {
  const store = new CountingStore();
  if (count > 0) await write(store, 'ada', ...upTo(count).map((each) => named(`name ${each}`)));
  return store;
}

/** Reads on until so many events have come. */
async function take(cursor: Cursor, count: number): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  while (events.length < count) {
    const slice = await cursor.next();
    if (slice.done) break;
    events.push(...slice.value.events);
  }
  return events;
}

describe('a cursor', () => {
  it.each([
    [0, [1, 2, 3, 4]],
    [2, [3, 4]],
    [3, [4]],
  ])('after position %d', async (after, expected) => {
    const cursor = new Cursor(await storeOf(4), positionOf(after));
    expect(positions(await take(cursor, expected.length))).toEqual(expected);
  });

  it('waits at the end for what is appended', async () => {
    const store = await storeOf(2);
    const cursor = new Cursor(store, positionOf(2));
    const next = cursor.next();
    expect(await isPending(next)).toBe(true);
    await write(store, 'bob', named('Bob'));
    expect(await next).toMatchObject({
      done: false,
      value: { reached: 3, events: [{ version: 1 }] },
    });
  });

  it('waits at the end without asking again and again', async () => {
    const store = await storeOf(2);
    const next = new Cursor(store, positionOf(2)).next();
    expect(await isPending(next)).toBe(true);
    expect(await isPending(next)).toBe(true);
    expect(store.reads).toBe(1);
  });

  it('beyond the end waits until the log has come there', async () => {
    const store = await storeOf(2);
    const cursor = new Cursor(store, positionOf(4));
    const next = cursor.next();
    await write(store, 'bob', named('Bob'), named('Rob'));
    expect(await isPending(next)).toBe(true);
    await write(store, 'bob', named('Bob'));
    expect(await next).toMatchObject({ value: { reached: 5, events: [{ position: 5 }] } });
  });

  it('leaves no gap between history and what is appended while it reads', async () => {
    const store = await storeOf(1200);
    const cursor = new Cursor(store, START);
    const writing = (async () => {
      for (const each of upTo(800)) {
        await write(store, `user-${each % 7}`, named(`name ${each}`));
        if (each % 50 === 0) await setImmediate();
      }
    })();
    const events = await take(cursor, 2000);
    await writing;
    expect(positions(events)).toEqual(upTo(2000));
  });

  it('hears of an append that happens between its reads', async () => {
    const store = await storeOf(1);
    const cursor = new Cursor(store, START);
    await cursor.next();
    await write(store, 'ada', named('missed'));
    expect(await cursor.next()).toMatchObject({ value: { events: [{ position: 2 }] } });
  });

  it.each<readonly [string, EventFilter, readonly number[]]>([
    ['one aggregate', { aggregateType: 'User', aggregateId: 'bob' }, [2, 4]],
    ['a type of event', { types: ['UserDeactivated'] }, [3]],
    ['a request', { correlationId: 'test' }, [1, 2, 3, 4]],
    ['everything', {}, [1, 2, 3, 4]],
  ])('is given only what it asks for: %s', async (_, where, expected) => {
    const store = await storeOf(0);
    const cursor = new Cursor(store, START, where);
    const taken = take(cursor, expected.length);
    await write(store, 'ada', named('Ada'));
    await write(store, 'bob', named('Bob'));
    await write(store, 'ada', { type: 'UserDeactivated', data: { reason: null } });
    await write(store, 'bob', named('Rob'));
    expect(positions(await taken)).toEqual(expected);
  });

  it('moves on past what it did not ask for', async () => {
    const store = await storeOf(3);
    const cursor = new Cursor(store, START, { aggregateType: 'Order' });
    expect(await cursor.next()).toMatchObject({ value: { events: [], reached: 3 } });
  });

  it('does not look again at what it has passed', async () => {
    const store = await storeOf(1);
    await write(store, 'bob', named('Bob'));
    const cursor = new Cursor(store, START, { aggregateId: 'ada' });
    expect(await cursor.next()).toMatchObject({ value: { events: [{ position: 1 }], reached: 2 } });
    expect(await isPending(cursor.next())).toBe(true);
  });
});

describe('an abandoned cursor', () => {
  it('ends at once though it waits, and lets go of the store', async () => {
    const store = await storeOf(2);
    const cursor = new Cursor(store, positionOf(2));
    const next = cursor.next();
    expect(await isPending(next)).toBe(true);
    expect(store.listeners).toBe(1);
    expect(await cursor.return()).toEqual(END);
    expect(store.listeners).toBe(0);
    expect(await next).toEqual(END);
    expect(store.reads).toBe(1);
  });

  it('may never have been read', async () => {
    const store = await storeOf(2);
    const cursor = new Cursor(store, START);
    await cursor.return();
    expect(store.listeners).toBe(0);
    expect(await cursor.next()).toEqual(END);
    expect(store.reads).toBe(0);
  });

  it('stays ended, whatever is appended', async () => {
    const store = await storeOf(1);
    const cursor = new Cursor(store, START);
    await cursor.next();
    await cursor.return();
    await write(store, 'ada', named('too late'));
    expect(await cursor.next()).toEqual(END);
    expect(await cursor.return()).toEqual(END);
    expect(store.listeners).toBe(0);
  });

  it('answers every question that was put before', async () => {
    const cursor = new Cursor(await storeOf(0), START);
    const [first, second] = [cursor.next(), cursor.next()];
    expect(await isPending(Promise.race([first, second]))).toBe(true);
    await cursor.return();
    expect(await Promise.all([first, second])).toEqual([END, END]);
  });

  it('hands out nothing that it was reading meanwhile', async () => {
    const cursor = new Cursor(await storeOf(3), START);
    const next = cursor.next();
    await cursor.return();
    expect(await next).toEqual(END);
  });

  it('is one whose store cannot be read', async () => {
    const store = await storeOf(1);
    const cause = new Error('unreadable');
    store.readLog = () => Promise.reject(cause);
    const cursor = new Cursor(store, START);
    await expect(cursor.next()).rejects.toBe(cause);
    expect(await cursor.next()).toEqual(END);
    expect(store.listeners).toBe(0);
  });

  it('is what a loop leaves behind', async () => {
    const store = await storeOf(3);
    for await (const slice of new Cursor(store, START)) {
      expect(positions(slice.events)).toEqual([1, 2, 3]);
      break;
    }
    expect(store.listeners).toBe(0);
  });

  it('ends the loop that waits for it', async () => {
    const store = await storeOf(0);
    const cursor = new Cursor(store, START);
    const loop = (async () => {
      for await (const slice of cursor) throw new Error(`nothing to read, but ${slice.reached}`);
    })();
    expect(await isPending(loop)).toBe(true);
    await cursor.return();
    await expect(loop).resolves.toBeUndefined();
  });
});

describe('many cursors', () => {
  it('each read from their own place, at their own pace', async () => {
    const store = await storeOf(100);
    const cursors = upTo(100, 0).map((after) => new Cursor(store, positionOf(after)));
    const first = cursors.map((cursor, after) => take(cursor, after < 100 ? 1 : 0));
    await write(store, 'bob', ...upTo(20).map((each) => named(`name ${each}`)));
    const begun = await Promise.all(first);
    const rest = await Promise.all(
      cursors.map((cursor, after) => take(cursor, 120 - after - (begun[after]?.length ?? 0))),
    );
    for (const after of upTo(100, 0)) {
      const events = [...(begun[after] ?? []), ...(rest[after] ?? [])];
      expect(positions(events)).toEqual(upTo(120, after + 1));
    }
  });

  it('wake together, and are let go of one by one', async () => {
    const store = await storeOf(0);
    const cursors = upTo(50).map(() => new Cursor(store, START));
    const waiting = cursors.map((cursor) => cursor.next());
    expect(store.listeners).toBe(50);
    const half = cursors.slice(0, 25);
    await Promise.all(half.map((cursor) => cursor.return()));
    expect(store.listeners).toBe(25);
    await write(store, 'ada', named('Ada'));
    const ended = (await Promise.all(waiting)).filter((result) => result.done);
    expect(ended).toHaveLength(25);
    await Promise.all(cursors.map((cursor) => cursor.return()));
    expect(store.listeners).toBe(0);
  });
});
