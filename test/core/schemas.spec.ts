import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.js';
import {
  isKnown,
  known,
  schemaVersionOf,
  UnknownEvent,
  upcast,
  type EventSchemas,
} from '../../src/core/schemas.js';
import { deepFreeze } from '../../src/core/json.js';
import { recorded } from './recorded.js';

/** Adds the step to a trail, so that one sees which were taken and in which order. */
const step =
  (name: string) =>
  (data: JsonObject): JsonObject => {
    const { trail = '' } = data;
    return { ...data, trail: typeof trail === 'string' ? `${trail}${name}` : name };
  };

const SCHEMAS: EventSchemas<'Moved' | 'Seen'> = {
  Moved: [step('a'), step('b'), step('c')],
  Seen: [],
};

describe('the schema version of a new event', () => {
  it('is one more than there are steps to it', () => {
    expect(schemaVersionOf(SCHEMAS, 'Moved')).toBe(4);
    expect(schemaVersionOf(SCHEMAS, 'Seen')).toBe(1);
  });
});

describe('an event that is brought to its present form', () => {
  it.each([
    [1, 'abc'],
    [2, 'bc'],
    [3, 'c'],
  ])(
    'takes from version %d only the steps that are left, in their order',
    (schemaVersion, trail) => {
      const event = recorded('Moved', { to: 'Paris' }, { schemaVersion });
      expect(upcast(SCHEMAS, event)).toEqual({
        ...event,
        schemaVersion: 4,
        data: { to: 'Paris', trail },
      });
    },
  );

  it('is left alone when it is in it already', () => {
    const present = recorded('Moved', { to: 'Paris' }, { schemaVersion: 4 });
    expect(upcast(SCHEMAS, present)).toBe(present);
    const only = recorded('Seen');
    expect(upcast(SCHEMAS, only)).toBe(only);
  });

  it('is left alone when a newer build wrote it', () => {
    const newer = recorded('Moved', { to: 'Paris' }, { schemaVersion: 5 });
    expect(upcast(SCHEMAS, newer)).toBe(newer);
  });

  it.each(['Gone', 'toString', 'constructor', '__proto__', ''])(
    'is left alone when its type is not of the domain: %j',
    (type) => {
      const unknown = recorded(type, { to: 'Paris' });
      expect(upcast(SCHEMAS, unknown)).toBe(unknown);
    },
  );

  it('keeps its place, its time and all that is known of it', () => {
    const event = recorded('Moved', {}, { schemaVersion: 2, version: 7 });
    const data = { trail: 'bc' };
    expect(upcast(SCHEMAS, event)).toEqual({ ...event, schemaVersion: 4, data });
  });

  it('is never changed itself, and cannot be changed afterwards', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Moved', 'Seen', 'Gone'),
        fc.integer({ min: 1, max: 6 }),
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant(null))),
        (type, schemaVersion, data) => {
          const event = recorded(type, deepFreeze(data), { schemaVersion });
          Object.freeze(event);
          const before = JSON.stringify(event);
          const brought = upcast(SCHEMAS, event);
          expect(JSON.stringify(event)).toBe(before);
          expect(Object.isFrozen(brought)).toBe(true);
          expect(Object.isFrozen(brought.data)).toBe(true);
        },
      ),
    );
  });

  it('stays what it is when it is brought there again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Moved', 'Seen', 'Gone'),
        fc.integer({ min: 1, max: 6 }),
        (...of) => {
          const [type, schemaVersion] = of;
          const once = upcast(SCHEMAS, recorded(type, {}, { schemaVersion }));
          expect(upcast(SCHEMAS, once)).toBe(once);
        },
      ),
    );
  });
});

describe('an event is known', () => {
  it.each([
    ['Moved', 4],
    ['Seen', 1],
  ])('in its present form: %s of version %d', (type, schemaVersion) => {
    const event = recorded(type, {}, { schemaVersion });
    expect(isKnown(SCHEMAS, event)).toBe(true);
    expect(known(SCHEMAS, event)).toBe(event);
  });

  it.each([
    ['Moved', 5],
    ['Seen', 2],
    // What stands in the log is brought up by the store first.
    ['Moved', 1],
    ['Gone', 1],
    ['toString', 1],
    ['__proto__', 1],
  ])('and in no other: %s of version %d', (type, schemaVersion) => {
    const event = recorded(type, {}, { schemaVersion });
    expect(isKnown(SCHEMAS, event)).toBe(false);
    expect(() => known(SCHEMAS, event)).toThrow(UnknownEvent);
  });

  it('whenever it is of the domain and not newer than this build, once brought up', () => {
    fc.assert(
      fc.property(fc.constantFrom('Moved', 'Gone'), fc.integer({ min: 1, max: 8 }), (type, at) => {
        const event = upcast(SCHEMAS, recorded(type, {}, { schemaVersion: at }));
        expect(isKnown(SCHEMAS, event)).toBe(type === 'Moved' && at <= 4);
      }),
    );
  });

  it('or else its place, type and version are named', () => {
    const event = recorded('Moved', {}, { schemaVersion: 9, version: 3 });
    expect(() => known(SCHEMAS, event)).toThrow(
      'Event 3 of User is unknown to this build: Moved, schema version 9.',
    );
  });
});
