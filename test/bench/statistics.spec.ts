import { describe, expect, it } from 'vitest';
import type { Reading, Target } from '../../bench/readings.js';
import { figures, median, outcomeOf, ratio } from '../../bench/report/statistics.js';

const reading = (who: string, value: number, errors = 0): Reading => ({
  what: 'create',
  who,
  value,
  unit: 'a second',
  errors,
});
const of = { what: 'create', who: 'Hindsight' };
const beside = { what: 'create', who: 'floor' };
const ROUNDS = [
  [reading('floor', 100), reading('Hindsight', 90)],
  [reading('floor', 50), reading('Hindsight', 40)],
  [reading('floor', 200), reading('Hindsight', 140)],
];

describe('The statistics of the bench', () => {
  it('have the median of odd and even numbers of figures, and none of nothing', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(() => median([])).toThrow(RangeError);
  });

  it('take ratios within a round, and the median of those', () => {
    expect(ratio(ROUNDS, of, beside)).toBe(0.8);
    expect(ratio(ROUNDS, of, { what: 'create', who: 'nobody' })).toBeUndefined();
  });

  it('put all beside the first of the round, and add up errors', () => {
    expect(figures([...ROUNDS, [reading('floor', 10), reading('Hindsight', 8, 3)]])).toEqual([
      { ...beside, unit: 'a second', median: 75, least: 10, most: 200, errors: 0, ratio: 1 },
      { ...of, unit: 'a second', median: 65, least: 8, most: 140, errors: 3, ratio: 0.8 },
    ]);
  });

  it('know which targets are met, and that errors meet none', () => {
    const target: Target = { name: '', kind: 'at least', ratio: 0.8, of, beside };
    expect(outcomeOf(target, ROUNDS)).toEqual({ reached: 0.8, met: true });
    expect(outcomeOf({ ...target, ratio: 0.81 }, ROUNDS)?.met).toBe(false);
    expect(outcomeOf({ ...target, kind: 'at most', ratio: 0.79 }, ROUNDS)?.met).toBe(false);
    const failed = [[reading('floor', 100), reading('Hindsight', 100, 1)]];
    expect(outcomeOf(target, failed)).toEqual({ reached: 1, met: false });
    const besideFailures = [[reading('floor', 100, 1), reading('Hindsight', 100)]];
    expect(outcomeOf(target, besideFailures)).toEqual({ reached: 1, met: false });
    expect(outcomeOf(target, [])).toBeUndefined();
  });

  it('hold a figure by itself to its own bound', () => {
    const target: Target = { name: '', kind: 'at most', figure: 140, unit: 'a second', of };
    // In each round, and not by its median.
    expect(outcomeOf(target, ROUNDS)).toEqual({ reached: 140, met: true });
    expect(outcomeOf({ ...target, figure: 139 }, ROUNDS)?.met).toBe(false);
    expect(outcomeOf({ ...target, kind: 'at least', figure: 41 }, ROUNDS)?.met).toBe(false);
    expect(outcomeOf(target, [[reading('Hindsight', 1, 1)]])).toEqual({ reached: 1, met: false });
    expect(outcomeOf(target, [])).toBeUndefined();
  });
});
