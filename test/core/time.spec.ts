import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimestamp, timestampOf } from '../../src/core/time.js';

describe('a time from outside', () => {
  it.each([
    ['in UTC', '2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
    ['with milliseconds', '2026-01-31T12:00:00.123Z', '2026-01-31T12:00:00.123Z'],
    ['with tenths of a second', '2026-01-31T12:00:00.1Z', '2026-01-31T12:00:00.100Z'],
    [
      'finer than a millisecond, cut off',
      '2026-01-31T12:00:00.1239999Z',
      '2026-01-31T12:00:00.123Z',
    ],
    ['finer than any clock', `2026-01-31T12:00:00.${'9'.repeat(40)}Z`, '2026-01-31T12:00:00.999Z'],
    ['east of Greenwich', '2026-01-31T12:00:00+05:30', '2026-01-31T06:30:00.000Z'],
    ['west, into the next day', '2026-01-31T20:00:00-08:00', '2026-02-01T04:00:00.000Z'],
    ['with the unknown offset', '2026-01-31T12:00:00-00:00', '2026-01-31T12:00:00.000Z'],
    ['in lower case', '2026-01-31t12:00:00z', '2026-01-31T12:00:00.000Z'],
    ['on a leap day', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['on the leap day of 2000', '2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['in the first year', '0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
    ['in the last millisecond', '9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['past the last year by its offset', '9999-12-31T23:59:59-01:00', '9999-12-31T23:59:59.999Z'],
    ['before the first by its offset', '0000-01-01T00:00:00+01:00', '0000-01-01T00:00:00.000Z'],
  ])('%s', (_, text, timestamp) => {
    expect(parseTimestamp(text)).toBe(timestamp);
  });

  it.each([
    ['30 February', '2026-02-30T12:00:00Z'],
    ['29 February of a common year', '2026-02-29T12:00:00Z'],
    ['29 February 1900', '1900-02-29T12:00:00Z'],
    ['31 April', '2026-04-31T00:00:00Z'],
    ['31 April with an offset into a day that exists', '2026-04-31T00:00:00+01:00'],
    ['month 0', '2026-00-10T00:00:00Z'],
    ['month 13', '2026-13-10T00:00:00Z'],
    ['day 0', '2026-01-00T00:00:00Z'],
    ['hour 24', '2026-01-31T24:00:00Z'],
    ['minute 60', '2026-01-31T12:60:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['no zone', '2026-01-31T12:00:00'],
    ['a date alone', '2026-01-31'],
    ['a space for the T', '2026-01-31 12:00:00Z'],
    ['no seconds', '2026-01-31T12:00Z'],
    ['a point with nothing behind it', '2026-01-31T12:00:00.Z'],
    ['an offset without a colon', '2026-01-31T12:00:00+0530'],
    ['an offset of a day', '2026-01-31T12:00:00+24:00'],
    ['a year of five digits', '+12026-01-31T12:00:00Z'],
    ['a year before the first', '-0001-01-31T12:00:00Z'],
    ['digits of another script', '٢٠٢٦-01-31T12:00:00Z'],
    ['white space around it', ' 2026-01-31T12:00:00Z'],
    ['a line feed behind it', '2026-01-31T12:00:00Z\n'],
    ['milliseconds since the epoch', '1769860800000'],
    ['nothing', ''],
    ['words', 'yesterday'],
  ])('refused: %s', (_, text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});

describe('a timestamp', () => {
  it('is made of a date and of milliseconds alike', () => {
    const text = '2026-01-31T12:00:00.123Z';
    expect(timestampOf(new Date(text))).toBe(text);
    expect(timestampOf(Date.parse(text))).toBe(text);
  });

  it('is the nearest one for an instant beyond the years that it can hold', () => {
    expect(timestampOf(8.64e15)).toBe('9999-12-31T23:59:59.999Z');
    expect(timestampOf(-8.64e15)).toBe('0000-01-01T00:00:00.000Z');
    expect(timestampOf(Number.POSITIVE_INFINITY)).toBe('9999-12-31T23:59:59.999Z');
  });

  it('is nothing that is not an instant', () => {
    expect(() => timestampOf(Number.NaN)).toThrow(RangeError);
    expect(() => timestampOf(new Date('yesterday'))).toThrow(RangeError);
  });

  const instants = fc.date({
    min: new Date('0000-01-01T00:00:00.000Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(parseTimestamp(timestampOf(instant))).toBe(instant.toISOString());
      }),
    );
  });

  it('compares as text as it does in time', () => {
    fc.assert(
      fc.property(instants, instants, (one, other) => {
        expect(timestampOf(one) < timestampOf(other)).toBe(one < other);
      }),
    );
  });
});
