import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../soak/random.js';
import { findFaults } from './checker.js';
import { describeFault } from './fault.js';
import { MISDEEDS, simulate } from './simulation.js';

const crowds = fc.record({
  clients: fc.integer({ min: 1, max: 12 }),
  operations: fc.integer({ min: 1, max: 200 }),
  aggregates: fc.integer({ min: 1, max: 4 }),
});

it('accepts every history of servers that do no wrong', () => {
  const property = fc.property(crowds, fc.nat(), (crowd, seed) => {
    const { history } = simulate(randomOf(seed), { ...crowd, misdeed: null });
    expect(findFaults(history).map(describeFault)).toEqual([]);
  });
  fc.assert(property, { numRuns: 1_000, seed: 1 });
});

it('accepts 20 histories of 10,000 operations within seconds', { timeout: 20_000 }, () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const crowd = { clients: 30, operations: 10_000, aggregates: 100, misdeed: null };
    const { history } = simulate(randomOf(seed), crowd);
    expect(findFaults(history).map(describeFault)).toEqual([]);
  }
});

describe('rejects most histories of a server that once', () => {
  const HISTORIES = 100;

  it.each(MISDEEDS)('%s', (misdeed) => {
    const crowd = { clients: 8, operations: 400, aggregates: 4, misdeed };
    const bad = Array.from({ length: HISTORIES }, (_, seed) => simulate(randomOf(seed), crowd))
      .filter(({ isGuilty }) => isGuilty)
      .map(({ history }) => history);
    const rejected = bad.filter((history) => findFaults(history).length > 0);
    expect(bad.length).toBeGreaterThan(HISTORIES * 0.9);
    // What is past may be read until something newer is acknowledged, or when it was asked for.
    const least = misdeed === 'reads what is past' ? 0.7 : 0.95;
    expect(rejected.length).toBeGreaterThan(bad.length * least);
  });
});
