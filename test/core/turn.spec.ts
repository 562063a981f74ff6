import { describe, expect, it, vi } from 'vitest';
import { inTurns, newcomer, othersTurn } from '../../src/core/turn.js';

/** Far more than is taken before a timer has had its turn. */
const VERY_MANY = 50_000_000;

function* upTo(last: number): Generator<number> {
  for (let item = 1; item <= last; item += 1) yield item;
}

describe('work that is done in turns', () => {
  it('takes every item, in order', async () => {
    const taken: number[] = [];
    await inTurns(upTo(1_000), (item) => {
      taken.push(item);
    });
    expect(taken).toEqual([...upTo(1_000)]);
  });

  it('ends when it is enough', async () => {
    const taken: number[] = [];
    await inTurns(upTo(1_000), (item) => {
      taken.push(item);
      return item === 3 ? 'enough' : undefined;
    });
    expect(taken).toEqual([1, 2, 3]);
  });

  it('lets timers have their turn before it ends', async () => {
    let hasRung = false;
    setTimeout(() => {
      hasRung = true;
    }, 0);
    let taken = 0;
    await inTurns(upTo(VERY_MANY), () => {
      taken += 1;
      return hasRung ? 'enough' : undefined;
    });
    expect(taken).toBeLessThan(VERY_MANY);
  });
});

/**
 * How many turns of the event loop went by before long work went on, while somebody connected in each of
 * the first ones. Each takes a millisecond.
 */
async function turnsWhile(come: number): Promise<number> {
  vi.useFakeTimers({ toFake: ['performance'] });
  let turns = 0;
  let isOver = false;
  const others = () => {
    if (isOver) return;
    turns += 1;
    vi.advanceTimersByTime(1);
    if (turns <= come) newcomer();
    setImmediate(others);
  };
  setImmediate(others);
  await othersTurn();
  isOver = true;
  vi.useRealTimers();
  return turns;
}

describe('the turn of others', () => {
  it('goes on while connections come in, one a turn', async () => {
    expect(await turnsWhile(0)).toBe(1);
    expect(await turnsWhile(10)).toBe(11);
  });

  it('ends after a while, however many come', async () => {
    expect(await turnsWhile(Infinity)).toBe(20);
  });
});
