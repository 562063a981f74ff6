import { describe, expect, it } from 'vitest';
import { START } from '../../src/core/event.js';
import { listen } from '../../src/engine/listen.js';
import { CountingStore } from './counting-store.js';
import { named, write } from './log.js';

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
