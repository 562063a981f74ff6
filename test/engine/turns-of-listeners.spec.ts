import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { START } from '../../src/core/event.js';
import { listen } from '../../src/engine/listen.js';
import { isOthersTurn, othersTurn } from '../../src/core/turn.js';
import { CountingStore } from './counting-store.js';
import { named, upTo, write } from './log.js';

const HELD_AT_MOST = 2;
const WORKERS = 20;

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterAll(() => {
  vi.useRealTimers();
});

/** How many steps of a millisecond each were done at most without a turn of others between them. */
async function longest(work: (step: () => void) => Promise<unknown>): Promise<number> {
  let [steps, most] = [0, 0];
  const others = () => {
    steps = 0;
    next = setImmediate(others);
  };
  let next = setImmediate(others);
  try {
    await work(() => {
      vi.advanceTimersByTime(1);
      steps += 1;
      most = Math.max(most, steps);
    });
  } finally {
    clearImmediate(next);
  }
  return most;
}

it('comes as soon when many work long as when one does', async () => {
  const most = await longest((step) =>
    Promise.all(
      upTo(WORKERS).map(async () => {
        for (const _ of upTo(100)) {
          if (isOthersTurn()) await othersTurn();
          step();
          await Promise.resolve();
        }
      }),
    ),
  );
  expect(most).toBeLessThan(HELD_AT_MOST + WORKERS);
});

it('comes while listeners are told what the last read has found', async () => {
  const store = new CountingStore();
  await write(store, 'ada', ...upTo(400).map(() => named('Ada')));
  const most = await longest(async (step) => {
    const frames = await listen(store, { where: {}, after: START });
    for await (const { caughtUp } of frames) {
      step();
      if (caughtUp) break;
    }
  });
  expect(store.reads).toBe(1);
  expect(most).toBeLessThan(HELD_AT_MOST + WORKERS);
});
