import { describe, expect, it } from 'vitest';
import { matches, positionOf, START, type EventFilter } from '../../src/core/event.js';
import { known, UnknownEvent } from '../../src/core/schemas.js';
import { timestampOf } from '../../src/core/time.js';

const event = {
  id: 'event-1',
  type: 'UserCreated',
  data: { name: 'Ada' },
  position: positionOf(7),
  aggregateType: 'User',
  aggregateId: 'ada',
  version: 1,
  recordedAt: timestampOf(0),
  actor: null,
  correlationId: 'request-1',
  causationId: null,
  commandId: null,
  commandDigest: null,
  traceparent: null,
  schemaVersion: 1,
};

describe('a position', () => {
  it.each([0, 1, 2 ** 31, Number.MAX_SAFE_INTEGER])('%d', (count) => {
    expect(positionOf(count)).toBe(count);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1])(
    'never %d',
    (count) => {
      expect(() => positionOf(count)).toThrow(new RangeError(`not a position: ${count}`));
    },
  );

  it('starts before the first event', () => {
    expect(START).toBe(0);
  });
});

describe('a filter of events', () => {
  it.each<readonly [EventFilter, boolean]>([
    [{}, true],
    [{ aggregateType: undefined, aggregateId: undefined, types: undefined }, true],
    [{ aggregateType: 'User' }, true],
    [{ aggregateType: 'user' }, false],
    [{ aggregateId: 'ada' }, true],
    [{ aggregateId: 'bob' }, false],
    [{ types: ['UserRenamed', 'UserCreated'] }, true],
    [{ types: ['UserRenamed'] }, false],
    [{ types: [] }, false],
    [{ correlationId: 'request-1' }, true],
    [{ correlationId: '' }, false],
    [{ aggregateType: 'User', aggregateId: 'ada', types: ['UserCreated'] }, true],
    [{ aggregateType: 'User', aggregateId: 'ada', types: ['UserRenamed'] }, false],
    [{ aggregateId: 'ada', correlationId: 'request-2' }, false],
  ])('%o: %s', (filter, matching) => {
    expect(matches(event, filter)).toBe(matching);
  });
});

describe('an event from the log', () => {
  it('is one of the domain when it has a type of the domain', () => {
    expect(known({ UserRenamed: [], UserCreated: [] }, event)).toBe(event);
  });

  it('is told by its place when it has none', () => {
    expect(() => known({ UserRenamed: [] }, event)).toThrow(UnknownEvent);
    expect(() => known({ UserRenamed: [] }, event)).toThrow(
      'Event 7 of User is unknown to this build: UserCreated, schema version 1.',
    );
  });
});
