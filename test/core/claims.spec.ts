import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimChanges, type Claims } from '../../src/core/claims.js';
import { refuse } from '../../src/core/decider.js';

/** A state that is nothing but the keys that it holds. */
const claims: Claims<readonly string[]> = {
  version: 1,
  heldIn: (state) => state,
  taken: () => refuse('EMAIL_TAKEN', 'taken'),
};

describe('what a change does to the keys that are held', () => {
  it.each<readonly [string, readonly string[], readonly string[], object]>([
    ['nothing', [], [], { claims: [], releases: [] }],
    ['a first key', [], ['a'], { claims: ['a'], releases: [] }],
    ['a key that stays', ['a'], ['a'], { claims: [], releases: [] }],
    ['a key that goes', ['a'], [], { claims: [], releases: ['a'] }],
    ['another key', ['a'], ['b'], { claims: ['b'], releases: ['a'] }],
    ['keys in another order', ['a', 'b'], ['b', 'a'], { claims: [], releases: [] }],
    ['some of each', ['a', 'b'], ['b', 'c', 'd'], { claims: ['c', 'd'], releases: ['a'] }],
  ])('%s', (_, before, after, changes) => {
    expect(claimChanges(claims, before, after)).toEqual(changes);
  });

  it('is nothing for aggregates of which nothing need be unique', () => {
    expect(claimChanges(undefined, ['a'], ['b'])).toEqual({ claims: [], releases: [] });
  });

  it('leads from what was held to what is held, and touches no key twice', () => {
    const keys = fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e', 'f'));
    fc.assert(
      fc.property(keys, keys, (before, after) => {
        const { claims: claimed, releases } = claimChanges(claims, before, after);
        const held = new Set(before);
        for (const key of releases) expect(held.delete(key)).toBe(true);
        for (const key of claimed) {
          expect(before).not.toContain(key);
          held.add(key);
        }
        expect([...held].toSorted()).toEqual(after.toSorted());
      }),
    );
  });
});
