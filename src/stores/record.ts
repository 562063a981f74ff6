import {
  positionOf,
  type Position,
  type RecordedEvent,
  type StreamId,
  type Version,
} from '../core/event.js';
import type { Commit } from '../core/event-store.js';
import { deepFreeze, type JsonObject } from '../core/json.js';
import type { Timestamp } from '../core/time.js';

/** The events of one commit, as recorded: at least one. */
export type RecordedCommit = readonly RecordedEvent[];

/** What the log knows before a commit comes after it. */
export interface Before {
  readonly position: Position;
  readonly version: Version;
}

/** Gives a commit its positions, versions and time. The events share nothing with the caller's. */
export function record(commit: Commit, before: Before, recordedAt: Timestamp): RecordedCommit {
  const { actor, correlationId, causationId, commandId, commandDigest, traceparent } =
    commit.metadata;
  return commit.events.map(({ id, type, schemaVersion, data }, index) =>
    Object.freeze({
      id,
      position: positionOf(before.position + index + 1),
      aggregateType: commit.stream.type,
      aggregateId: commit.stream.id,
      version: before.version + index + 1,
      recordedAt,
      actor,
      correlationId,
      causationId,
      commandId,
      commandDigest,
      traceparent,
      type,
      schemaVersion,
      data: jsonCopy(data),
    }),
  );
}

/** An event that has its place, sharing nothing with the caller's. */
export const copyOf = (event: RecordedEvent): RecordedEvent =>
  Object.freeze({ ...event, data: jsonCopy(event.data) });

export function lastOf(events: RecordedCommit): RecordedEvent {
  const last = events.at(-1);
  if (last === undefined) throw new RangeError('a commit holds at least one event');
  return last;
}

/** A type is a name from code and holds no slash, so this is never ambiguous. */
export const streamKey = ({ type, id }: StreamId): string => `${type}/${id}`;

/** What JSON would make of it, as every store must answer it; frozen. */
function jsonCopy(data: JsonObject): JsonObject {
  const copy: JsonObject = JSON.parse(JSON.stringify(data));
  return deepFreeze(copy);
}
