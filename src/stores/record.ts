import { positionOf, type Position, type RecordedEvent, type Version } from '../core/event.js';
import type { Appended, Commit } from '../core/event-store.js';
import type { JsonObject, JsonValue } from '../core/json.js';
import { timestampOf, type Clock, type Timestamp } from '../core/time.js';

/** The events of one commit, as recorded: at least one. */
export type RecordedCommit = readonly RecordedEvent[];

/** What the log knows before a commit comes after it. */
export interface Before {
  readonly position: Position;
  readonly version: Version;
}

/** Gives a commit its positions, versions and time. The events share nothing with the caller's. */
export function record(commit: Commit, before: Before, recordedAt: Timestamp): RecordedCommit {
  return commit.events.map(({ id, type, data }, index) =>
    Object.freeze({
      id,
      position: positionOf(before.position + index + 1),
      aggregateType: commit.stream.type,
      aggregateId: commit.stream.id,
      version: before.version + index + 1,
      recordedAt,
      actor: commit.metadata.actor,
      correlationId: commit.metadata.correlationId,
      causationId: commit.metadata.causationId,
      type,
      data: jsonCopy(data),
    }),
  );
}

/** The time for the next commit: the clock's, unless that would go back behind the last one. */
export function nextTime(clock: Clock, last: Timestamp | null): Timestamp {
  const now = timestampOf(clock());
  return last !== null && last > now ? last : now;
}

export function appended(events: RecordedCommit): Appended {
  const last = events.at(-1);
  if (last === undefined) throw new RangeError('a commit holds at least one event');
  return { outcome: 'appended', events, position: last.position };
}

/** What JSON would make of it, as every store must answer it; frozen. */
function jsonCopy(data: JsonObject): JsonObject {
  const copy: JsonObject = JSON.parse(JSON.stringify(data));
  return deepFreeze(copy);
}

export function deepFreeze<T extends JsonValue>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
