import { z } from 'zod';
import { positionOf, type RecordedEvent } from '../../core/event.js';
import type { JsonObject } from '../../core/json.js';
import { parseTimestamp } from '../../core/time.js';

/** What a line says of an event; the rest can be made. */
export type Given = Partial<RecordedEvent> &
  Pick<RecordedEvent, 'aggregateType' | 'aggregateId' | 'type' | 'data'>;

/** The most that every store counts versions to. */
const MOST_VERSIONS = 2 ** 31 - 1;
const DEEPEST = 200;

/** No control characters: it goes to the log, and from there to terminals. */
const TEXT = /^[^\p{Cc}\p{Cs}]{1,200}$/u;
const NAME = /^[^\p{Cc}\p{Cs}\s/]{1,200}$/u;

const must = (be: string) => ({
  error: ({ input }: { readonly input?: unknown }) =>
    input === undefined ? 'is missing' : `must be ${be}`,
});

const fitting = (pattern: RegExp, be: string) =>
  z.custom<string>((value) => typeof value === 'string' && pattern.test(value), must(be));
const text = fitting(TEXT, '1 to 200 characters, without control characters');
const name = fitting(NAME, '1 to 200 characters, without white space and slashes');
const counted = (most: number) =>
  z.custom<number>(
    (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most,
    must('a whole number from 1'),
  );

const recordedAt = z.unknown().transform((value, context) => {
  const time = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (time !== undefined) return time;
  context.addIssue('must be a time as RFC 3339 has it, such as 2026-01-31T12:00:00.000Z');
  return z.NEVER;
});

const given = z.strictObject({
  id: text.optional(),
  position: counted(Number.MAX_SAFE_INTEGER).transform(positionOf).optional(),
  aggregateType: name,
  aggregateId: text,
  version: counted(MOST_VERSIONS).optional(),
  recordedAt: recordedAt.optional(),
  actor: text.nullable().optional(),
  correlationId: text.optional(),
  causationId: text.nullable().optional(),
  commandId: text.nullable().optional(),
  commandDigest: text.nullable().optional(),
  traceparent: text.nullable().optional(),
  type: name,
  schemaVersion: counted(MOST_VERSIONS).optional(),
  data: z.custom<JsonObject>(isJsonObject, must('an object')),
});

/** Reads what a line says, or answers what is wrong with it. */
export function readGiven(line: object): Given | string {
  const result = given.safeParse(line);
  if (!result.success) return problemOf(result.error.issues[0]);
  const problem = problemIn(result.data.data, 0);
  // What is left out has no key, so this is a Given to the letter.
  return problem === undefined ? (result.data as Given) : `data ${problem}`;
}

function problemOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') {
    return `there is no such thing as ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
  }
  return `${String(issue?.path[0])} ${issue?.message}`;
}

function isJsonObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What of a value would not come back from a store as it is here. */
function problemIn(value: unknown, depth: number): string | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : 'holds a number that is too large';
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === DEEPEST) return `is nested more than ${DEEPEST} times`;
  for (const part of Object.values(value)) {
    const problem = problemIn(part, depth + 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
