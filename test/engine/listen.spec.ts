import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { positionOf, START, type EventFilter, type Position } from '../../src/core/event.js';
import type { LogRange, LogSlice } from '../../src/core/event-store.js';
import { BeyondTheEnd } from '../../src/core/moment.js';
import { listen, type Frame } from '../../src/engine/listen.js';
import { CountingStore } from './counting-store.js';
import { named, upTo, write } from './log.js';
import { isPending } from './pending.js';

const END = { done: true, value: undefined };
const frame = (event: object | null, position: number) => ({
  done: false,
  value: { event, position, caughtUp: true },
});

describe('a listener', () => {
  it('is told at once where listening begins', async () => {
    const store = new CountingStore();
    expect(await (await listen(store, { where: {} })).next()).toEqual(frame(null, START));
    await write(store, 'ada', named('Ada'), named('Countess'));
    expect(await (await listen(store, { where: {} })).next()).toEqual(frame(null, 2));
  });

  it('misses nothing between that and its first event, and is told each event by itself', async () => {
    const store = new CountingStore();
    await write(store, 'ada', named('before'));
    const frames = await listen(store, { where: {} });
    await write(store, 'ada', named('one'), named('two'));
    await frames.next();
    const events = await store.readStream({ type: 'User', id: 'ada' });
    expect(await frames.next()).toEqual(frame(events[1] ?? null, 2));
    expect(await frames.next()).toEqual(frame(events[2] ?? null, 3));
    const next = frames.next();
    await write(store, 'ada', named('three'));
    expect(await next).toMatchObject(frame({ data: { name: 'three' } }, 4));
  });

  it('is told each event once, though it asks again before it is answered', async () => {
    const store = new CountingStore();
    const frames = await listen(store, { where: {} });
    const asked = [frames.next(), frames.next(), frames.next(), frames.next()];
    await write(store, 'ada', named('one'), named('two'), named('three'));
    const answered = await Promise.all(asked);
    expect(answered.map(({ value }) => value?.position)).toEqual([0, 1, 2, 3]);
  });

  it('is told only what it asks for', async () => {
    const store = new CountingStore();
    const frames = await listen(store, { where: { aggregateId: 'bob' } });
    await frames.next();
    await write(store, 'ada', named('Ada'));
    const next = frames.next();
    await write(store, 'bob', named('Bob'));
    expect(await next).toMatchObject(frame({ aggregateId: 'bob' }, 2));
  });

  it('that goes away lets go of the store at once, though it waits', async () => {
    const store = new CountingStore();
    const frames = await listen(store, { where: {} });
    await frames.next();
    const next = frames.next();
    expect(store.listeners).toBe(1);
    expect(await frames.return?.()).toEqual(END);
    expect(await next).toEqual(END);
    expect(store.listeners).toBe(0);
  });

  it('that goes away is told nothing more, even of what was ready', async () => {
    const store = new CountingStore();
    const frames = await listen(store, { where: {} });
    await write(store, 'ada', named('one'), named('two'));
    await frames.next();
    await frames.next();
    await frames.return?.();
    expect(await frames.next()).toEqual(END);
  });
});

const DEACTIVATED = { type: 'UserDeactivated', data: { reason: null } };

/** A log of four: Ada's name, Bob's name, Ada is deactivated, Ada's name. */
async function storeOfFour(): Promise<CountingStore> {
  const store = new CountingStore();
  await write(store, 'ada', named('Ada'));
  await write(store, 'bob', named('Bob'));
  await write(store, 'ada', DEACTIVATED, named('Countess'));
  return store;
}

/** Every frame until the listener has caught up, in short. */
async function untilCaughtUp(frames: AsyncIterable<Frame>) {
  const seen: (readonly [position: number, kind: string, caughtUp: boolean])[] = [];
  for await (const { event, position, caughtUp } of frames) {
    seen.push([position, event === null ? 'no event' : event.type, caughtUp]);
    if (caughtUp) break;
  }
  return seen;
}

describe('a listener after a position', () => {
  it.each([
    [0, [1, 2, 3, 4]],
    [2, [3, 4]],
    [3, [4]],
    [4, []],
  ])('%d is told all that comes after it', async (after, expected) => {
    const store = await storeOfFour();
    const frames = await listen(store, { where: {}, after: positionOf(after) });
    const first = { event: null, position: after, caughtUp: after === 4 };
    expect(await frames.next()).toEqual({ done: false, value: first });
    for (const position of expected) {
      const value = { event: { position }, position, caughtUp: position === 4 };
      expect(await frames.next()).toMatchObject({ done: false, value });
    }
    const next = frames.next();
    expect(await isPending(next)).toBe(true);
    await write(store, 'eve', named('Eve'));
    expect(await next).toMatchObject(frame({ aggregateId: 'eve' }, 5));
  });

  it.each([5, 6, Number.MAX_SAFE_INTEGER])('beyond the end, %d, is refused', async (after) => {
    const store = await storeOfFour();
    const listening = listen(store, { where: {}, after: positionOf(after) });
    await expect(listening).rejects.toEqual(new BeyondTheEnd('position', after, 4));
    expect(store.listeners).toBe(0);
  });

  it('hears of the first frame though nothing can be read yet', async () => {
    const store = await storeOfFour();
    store.readLog = () => new Promise(() => undefined);
    const frames = await listen(store, { where: {}, after: START });
    expect(await frames.next()).toMatchObject({ value: { event: null, caughtUp: false } });
    await frames.return();
  });
});

describe('a listener has caught up', () => {
  const AT_START = [0, 'no event', false];
  it.each<readonly [string, EventFilter, readonly (readonly unknown[])[]]>([
    [
      'with the last event, when that matches',
      { types: ['UserRenamed'], aggregateId: 'ada' },
      [AT_START, [1, 'UserRenamed', false], [4, 'UserRenamed', true]],
    ],
    [
      'with a frame of its own, when only the first ones match',
      { aggregateId: 'bob' },
      [AT_START, [2, 'UserRenamed', false], [4, 'no event', true]],
    ],
    [
      'with a frame of its own, when nothing matches',
      { aggregateId: 'eve' },
      [AT_START, [4, 'no event', true]],
    ],
    [
      'with a frame of its own, when nothing of this stream is there',
      { aggregateType: 'User', aggregateId: 'eve' },
      [AT_START, [4, 'no event', true]],
    ],
  ])('%s', async (_, where, expected) => {
    const store = await storeOfFour();
    expect(await untilCaughtUp(await listen(store, { where, after: START }))).toEqual(expected);
    expect(store.listeners).toBe(0);
  });

  it('with all that was there when it began, not with what came since', async () => {
    const store = await storeOfFour();
    const frames = await listen(store, { where: {}, after: START });
    await write(store, 'eve', named('Eve'), named('Eva'));
    expect(await untilCaughtUp(frames)).toHaveLength(5);
  });

  it('and stays so', async () => {
    const store = await storeOfFour();
    const frames = await listen(store, { where: { aggregateId: 'bob' }, after: START });
    await frames.next();
    await frames.next();
    expect((await frames.next()).value).toEqual({ event: null, position: 4, caughtUp: true });
    const next = frames.next();
    await write(store, 'ada', named('Ada'));
    await write(store, 'bob', named('Rob'));
    expect(await next).toMatchObject(frame({ data: { name: 'Rob' } }, 6));
  });

  it('after a history of several slices', async () => {
    const store = new CountingStore();
    await write(store, 'ada', ...upTo(1_200).map((each) => named(`name ${each}`)));
    const seen = await untilCaughtUp(await listen(store, { where: {}, after: START }));
    expect(seen.map(([position]) => position)).toEqual(upTo(1_200, 0));
    expect(seen.filter(([, , caughtUp]) => caughtUp)).toEqual([[1_200, 'UserRenamed', true]]);
  });
});

/** Each of its slices takes two seconds. */
class SlowToRead extends CountingStore {
  override readLog(range: LogRange): Promise<LogSlice> {
    vi.advanceTimersByTime(2_000);
    return super.readLog(range);
  }
}

const forBob = (store: CountingStore, after?: Position) =>
  listen(store, { where: { aggregateId: 'bob' }, after });

describe('a listener to whom nothing matters', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  it('is told how far it is after five seconds, and not before, though nothing more comes', async () => {
    const store = new CountingStore();
    const frames = await forBob(store);
    await frames.next();
    for (const reached of [2, 4]) {
      const next = frames.next();
      await write(store, 'ada', named('one'));
      expect(await isPending(next)).toBe(true);
      vi.advanceTimersByTime(4_999);
      await write(store, 'ada', named('two'));
      expect(await isPending(next)).toBe(true);
      vi.advanceTimersByTime(1);
      expect(await next).toEqual(frame(null, reached));
    }
    const next = frames.next();
    vi.advanceTimersByTime(60_000);
    expect(await isPending(next)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is told so five seconds after what did matter', async () => {
    const store = new CountingStore();
    const frames = await forBob(store);
    await frames.next();
    vi.advanceTimersByTime(4_000);
    await write(store, 'bob', named('Bob'));
    await frames.next();
    const next = frames.next();
    vi.advanceTimersByTime(4_000);
    await write(store, 'ada', named('one'));
    expect(await isPending(next)).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(await next).toEqual(frame(null, 2));
  });

  it('holds no timer when it has left', async () => {
    const store = new CountingStore();
    const frames = await forBob(store);
    await frames.next();
    const next = frames.next();
    await write(store, 'ada', named('one'));
    expect(await isPending(next)).toBe(true);
    expect(vi.getTimerCount()).toBe(1);
    await frames.return();
    expect(await next).toEqual(END);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gets what matters after it was told, and not twice', async () => {
    const store = new CountingStore();
    const frames = await forBob(store);
    await frames.next();
    const told = frames.next();
    await write(store, 'ada', named('one'));
    expect(await isPending(told)).toBe(true);
    vi.advanceTimersByTime(5_000);
    expect(await told).toEqual(frame(null, 1));
    await write(store, 'bob', named('Bob'));
    expect(await frames.next()).toMatchObject(frame({ data: { name: 'Bob' } }, 2));
  });

  it('is told so too on its way through a long history', async () => {
    const store = new SlowToRead();
    await write(store, 'ada', ...upTo(25_000).map(() => named('Ada')));
    const seen = await untilCaughtUp(await forBob(store, START));
    const reached = seen.map(([position]) => position);
    expect(reached).toEqual(reached.toSorted((one, other) => one - other));
    expect(new Set(reached).size).toBe(reached.length);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.at(-1)).toEqual([25_000, 'no event', true]);
  });

  it('hears nothing on that way when it is quick', async () => {
    const store = new CountingStore();
    await write(store, 'ada', ...upTo(25_000).map(() => named('Ada')));
    expect(await untilCaughtUp(await forBob(store, START))).toEqual([
      [0, 'no event', false],
      [25_000, 'no event', true],
    ]);
  });
});

describe('a listener that goes away in the middle of a read', () => {
  it.each(upTo(24, 0))('is told nothing more, %d turns after it asked', async (turns) => {
    const store = await storeOfFour();
    const frames = await listen(store, { where: {}, after: START });
    await frames.next();
    const asked = frames.next();
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    await frames.return();
    await asked;
    expect(await frames.next()).toEqual(END);
    expect(store.listeners).toBe(0);
  });
});
