import { describe, expect, it } from 'vitest';
import { positionOf, type RecordedEvent } from '../../../src/core/event.js';
import { timestampOf } from '../../../src/core/time.js';
import { OwnAppends } from '../../../src/stores/postgres/own-appends.js';
import { record } from '../../../src/stores/record.js';
import { commitOf, positions, positionsOf } from '../commits.js';

/** Events at these positions, of a stream of their own. */
function eventsAt(from: number, to: number): readonly RecordedEvent[] {
  const data = positions(from, to).map(() => ({}));
  const before = { position: positionOf(from - 1), version: 0 };
  return record(commitOf(`from-${from}`, 0, ...data), before, timestampOf(0));
}

/** What a server knows that appended 1 to 3, and then 4 and 5. */
function known(): OwnAppends {
  const own = new OwnAppends();
  own.add(eventsAt(1, 3));
  own.add(eventsAt(4, 5));
  return own;
}

const rangeAfter = (after: number) => ({ after: positionOf(after), limit: 100 });

describe('what this server appended itself', () => {
  it.each([
    [0, [1, 2, 3, 4, 5]],
    [2, [3, 4, 5]],
    [5, []],
  ])('is there for who follows it after %d', (after, expected) => {
    const slice = known().read(rangeAfter(after), positionOf(5));
    expect(positionsOf(slice?.events ?? [])).toEqual(expected);
    expect(slice).toMatchObject({ reached: 5, complete: true });
  });

  it('is not all of a log that others appended to behind it', () => {
    const own = known();
    expect(own.read(rangeAfter(2), positionOf(7))).toMatchObject({ reached: 5, complete: false });
    expect(own.read(rangeAfter(5), positionOf(7))).toBeUndefined();
  });

  it('begins anew where others appended between', () => {
    const own = known();
    own.add(eventsAt(8, 9));
    expect(own.read(rangeAfter(2), positionOf(9))).toBeUndefined();
    expect(own.read(rangeAfter(5), positionOf(9))).toBeUndefined();
    expect(positionsOf(own.read(rangeAfter(7), positionOf(9))?.events ?? [])).toEqual([8, 9]);
  });

  it('is forgotten when the log ends before it: a failover has lost some of it', () => {
    const own = known();
    expect(own.read(rangeAfter(2), positionOf(4))).toBeUndefined();
    expect(own.read(rangeAfter(2), positionOf(5))).toBeUndefined();
  });

  it('is bounded: the database has what was before', () => {
    const own = new OwnAppends();
    own.add(eventsAt(1, 1_500));
    expect(own.read(rangeAfter(499), positionOf(1_500))).toBeUndefined();
    expect(own.read(rangeAfter(500), positionOf(1_500))).toMatchObject({ reached: 600 });
  });
});
