import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isLinearizable, type Model } from './search.js';

/** A number that is written, or changed from what it must be, or read. */
type Op = {
  readonly invoked: number;
  readonly returned: number | null;
} & (
  | { readonly type: 'write'; readonly value: number }
  | { readonly type: 'change'; readonly from: number; readonly to: number; readonly done: boolean }
  | { readonly type: 'read'; readonly value: number }
);

const NUMBER: Model<number, Op> = {
  initial: 0,
  keyOf: String,
  isReadOnly: (op) =>
    op.type === 'read' || (op.type === 'change' && !op.done && op.returned !== null),
  step(state, op) {
    switch (op.type) {
      case 'write':
        return op.value;
      case 'read':
        return op.value === state || op.returned === null ? state : undefined;
      case 'change': {
        const done = state === op.from;
        if (done !== op.done && op.returned !== null) return undefined;
        return done ? op.to : state;
      }
      default:
        return op satisfies never;
    }
  },
};

const value = fc.nat({ max: 2 });
const what = fc.oneof(
  fc.record({ type: fc.constant('write' as const), value }),
  fc.record({ type: fc.constant('read' as const), value }),
  fc.record({ type: fc.constant('change' as const), from: value, to: value, done: fc.boolean() }),
);
const when = fc
  .record({ invoked: fc.nat({ max: 12 }), lasts: fc.option(fc.nat({ max: 6 }), { freq: 5 }) })
  .map(({ invoked, lasts }) => ({ invoked, returned: lasts === null ? null : invoked + lasts }));
const op: fc.Arbitrary<Op> = fc.tuple(what, when).map(([asked, interval]) => ({
  ...asked,
  ...interval,
}));

/** The definition itself: some order of the operations, those without an end or not. */
function hasOrder(state: number, left: readonly Op[]): boolean {
  if (left.every(({ returned }) => returned === null)) return true;
  const end = Math.min(...left.map(({ returned }) => returned ?? Number.POSITIVE_INFINITY));
  return left.some((next) => {
    if (next.invoked > end) return false;
    const after = NUMBER.step(state, next);
    if (after === undefined) return false;
    return hasOrder(
      after,
      left.filter((each) => each !== next),
    );
  });
}

it('agrees with trying every order', () => {
  const seen = { true: 0, false: 0 };
  const property = fc.property(fc.array(op, { maxLength: 7 }), (operations) => {
    const expected = hasOrder(NUMBER.initial, operations);
    seen[`${expected}`] += 1;
    expect(isLinearizable(NUMBER, operations)).toBe(expected);
  });
  fc.assert(property, { numRuns: 5_000, seed: 1 });
  expect(seen.true).toBeGreaterThan(500);
  expect(seen.false).toBeGreaterThan(500);
});

it('finds in a moment that none of a million orders will do', () => {
  const writes = Array.from({ length: 12 }, (_, i): Op => {
    return { type: 'write', value: i, invoked: 0, returned: 100 };
  });
  const read: Op = { type: 'read', value: 99, invoked: 50, returned: 60 };
  expect(isLinearizable(NUMBER, [...writes, read])).toBe(false);
});
