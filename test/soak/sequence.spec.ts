import { describe, expect, it } from 'vitest';
import type { Fact } from './facts.js';
import { compare, lets } from './sequence.js';

const SLICE = [1, 3, 4].map((position) => ({ position, id: `event-${position}` }));
const IDS = new Map(SLICE.map(({ position, id }) => [position, id]));

describe('what a listener was told of', () => {
  it('is its slice of the log', () => {
    expect(compare([1, 3, 4], SLICE, IDS)).toEqual([]);
  });

  it.each([
    ['is missing', [1, 4], '3 is missing'],
    ['came twice', [1, 3, 3, 4], '3 came twice'],
    ['came too late', [1, 4, 3], '3 came after 4'],
    ['was not asked for', [1, 2, 3, 4], '2 is not of the slice'],
  ])('is not if one %s', (_, received, fault) => {
    expect(compare(received, SLICE, IDS)).toEqual([fault]);
  });

  it('is not if one is another event', () => {
    expect(compare([1, 3, 4], SLICE, new Map([...IDS, [3, 'other']]))).toEqual([
      '3 is another event: event-3',
    ]);
  });
});

describe('a filter', () => {
  const fact: Fact = {
    position: 1,
    id: 'event-1',
    type: 'UserRenamed',
    aggregateId: 'ada',
    version: 1,
    commandId: null,
    recordedAt: '2026-01-31T12:00:00.000Z',
    data: {},
  };

  it.each([
    [undefined, true],
    [{}, true],
    [{ aggregateType: 'User', aggregateId: 'ada', types: ['UserRenamed'] }, true],
    [{ aggregateType: 'Order' }, false],
    [{ aggregateId: 'bob' }, false],
    [{ types: ['UserCreated'] }, false],
    [{ types: [] }, false],
  ])('%j lets a renaming through: %s', (where, isLet) => {
    expect(lets(where, fact)).toBe(isLet);
  });
});
