declare const timestamp: unique symbol;

/**
 * An instant as RFC 3339 in UTC with milliseconds (`2026-01-31T12:00:00.000Z`), years 0000 to 9999,
 * so that comparing two of them as strings compares them in time.
 */
export type Timestamp = string & { readonly [timestamp]: true };

const EARLIEST = Date.parse('0000-01-01T00:00:00.000Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** The last instant that was written: of many commands in a millisecond each asks for it. */
let written: { readonly milliseconds: number; readonly as: Timestamp } | undefined;

/** The given instant, moved to the nearest one that a {@link Timestamp} can hold. */
export function timestampOf(instant: Date | number): Timestamp {
  const milliseconds = Math.min(Math.max(Number(instant), EARLIEST), LATEST);
  if (written?.milliseconds !== milliseconds) {
    written = { milliseconds, as: new Date(milliseconds).toISOString() as Timestamp };
  }
  return written.as;
}

const RFC_3339 =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Reads an RFC 3339 date-time with an offset; undefined for anything else (30 February included). */
export function parseTimestamp(text: string): Timestamp | undefined {
  if (!RFC_3339.test(text)) return undefined;
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  const instant = new Date(text.toUpperCase());
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10));
  return exists && !Number.isNaN(instant.getTime()) ? timestampOf(instant) : undefined;
}

/** Where the time comes from: milliseconds since the epoch, as `Date.now`. Replaced in tests. */
export type Clock = () => number;
