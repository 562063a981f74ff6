import { randomUUID } from 'node:crypto';
import type { Position, RecordedEvent, StreamId, Version } from '../../src/core/event.js';
import { positionOf } from '../../src/core/event.js';
import type { Appended, Commit, EventStore, LogRange } from '../../src/core/event-store.js';
import type { JsonObject } from '../../src/core/json.js';
import { METADATA } from '../support/metadata.js';

export const streamOf = (id: string, type = 'thing'): StreamId => ({ type, id });

/** A commit of one event for each piece of data. */
export function commitOf(id: string, expectedVersion: Version, ...data: JsonObject[]): Commit {
  return {
    stream: streamOf(id),
    expectedVersion,
    events: data.map((each) => ({
      id: randomUUID(),
      type: 'Happened',
      schemaVersion: 1,
      data: each,
    })),
    metadata: METADATA,
    claims: [],
    releases: [],
  };
}

/** The same commit, sent under a caller's own name for it. */
export const named = (commandId: string | null, commit: Commit): Commit => ({
  ...commit,
  metadata: { ...commit.metadata, commandId },
});

/** Appends where another answer would be a fault of the test. */
export async function append(store: EventStore, commit: Commit): Promise<readonly RecordedEvent[]> {
  return eventsOf(await store.append(commit));
}

export function eventsOf(answer: Appended): readonly RecordedEvent[] {
  if (answer.outcome === 'appended') return answer.events;
  throw new Error(`the commit was not appended: ${JSON.stringify(answer)}`);
}

/** Everything of a range, slice after slice, as a reader would go through it. */
export async function readAll(
  store: EventStore,
  range: Omit<LogRange, 'limit'> & { readonly limit?: number } = {},
): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  let rest: LogRange = { limit: 100, ...range };
  for (;;) {
    const { events, reached, complete } = await store.readLog(rest);
    found.push(...events);
    if (complete) return found;
    const from = range.backwards ? rest.before : (rest.after ?? 0);
    if (reached === from) throw new Error(`no progress at ${reached}`);
    rest = range.backwards ? { ...rest, before: reached } : { ...rest, after: reached };
  }
}

export const positionsOf = (events: readonly RecordedEvent[]): Position[] =>
  events.map((event) => event.position);

/** from, from + 1, … to. */
export const positions = (from: number, to: number): Position[] =>
  Array.from({ length: to - from + 1 }, (_, index) => positionOf(from + index));
