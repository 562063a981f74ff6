import { crc32 } from 'node:zlib';
import { positionOf, type Position } from '../../core/event.js';
import { deepFreeze, type JsonObject } from '../../core/json.js';
import type { Timestamp } from '../../core/time.js';
import type { RecordedCommit } from '../record.js';

/** A commit as one line of the log; what its events share is said once. */
interface StoredCommit {
  /** The first event's; the others follow without a gap. */
  readonly position: number;
  readonly version: number;
  /** The position up to which the log was surely on disk when this line was written. */
  readonly flushed: number;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly recordedAt: Timestamp;
  readonly actor: string | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** These three are left out where there is none. */
  readonly commandId?: string | undefined;
  readonly commandDigest?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    /** The schema version; the first logs did not say it, when there was only 1. */
    readonly schema?: number;
    readonly data: JsonObject;
  }[];
}

/** A line that was read back whole. */
export interface Line {
  readonly commit: RecordedCommit;
  readonly position: Position;
  readonly flushed: Position;
}

const CHECKSUM = /^\{"crc":"([0-9a-f]{8})",$/;
const CHECKSUM_LENGTH = '{"crc":"00000000",'.length;

/** One line of JSON, newline included: a checksum first, then all that it covers. */
export function encodeLine(commit: RecordedCommit, flushed: Position): string {
  const [first] = commit;
  if (first === undefined) throw new RangeError('a commit holds at least one event');
  const stored: StoredCommit = {
    position: first.position,
    version: first.version,
    flushed,
    aggregateType: first.aggregateType,
    aggregateId: first.aggregateId,
    recordedAt: first.recordedAt,
    actor: first.actor,
    correlationId: first.correlationId,
    causationId: first.causationId,
    commandId: first.commandId ?? undefined,
    commandDigest: first.commandDigest ?? undefined,
    traceparent: first.traceparent ?? undefined,
    events: commit.map(({ id, type, schemaVersion, data }) => ({
      id,
      type,
      schema: schemaVersion,
      data,
    })),
  };
  const body = JSON.stringify(stored).slice(1);
  const checksum = crc32(body).toString(16).padStart(8, '0');
  return `{"crc":"${checksum}",${body}\n`;
}

/** Reads a line without its newline; undefined when it is not, to the last bit, one that was written. */
export function decodeLine(bytes: Buffer): Line | undefined {
  const [, checksum] = CHECKSUM.exec(bytes.toString('latin1', 0, CHECKSUM_LENGTH)) ?? [];
  if (checksum === undefined) return undefined;
  // As numbers: to write each one out would take as long as to compute it.
  if (Number.parseInt(checksum, 16) !== crc32(bytes.subarray(CHECKSUM_LENGTH))) return undefined;
  // The checksum says that this is what encodeLine wrote.
  const stored: StoredCommit = JSON.parse(bytes.toString('utf8'));
  return {
    commit: recordedCommit(stored),
    position: positionOf(stored.position),
    flushed: positionOf(stored.flushed),
  };
}

function recordedCommit(stored: StoredCommit): RecordedCommit {
  return stored.events.map(({ id, type, schema = 1, data }, index) =>
    Object.freeze({
      id,
      position: positionOf(stored.position + index),
      aggregateType: stored.aggregateType,
      aggregateId: stored.aggregateId,
      version: stored.version + index,
      recordedAt: stored.recordedAt,
      actor: stored.actor,
      correlationId: stored.correlationId,
      causationId: stored.causationId,
      commandId: stored.commandId ?? null,
      commandDigest: stored.commandDigest ?? null,
      traceparent: stored.traceparent ?? null,
      type,
      schemaVersion: schema,
      data: deepFreeze(data),
    }),
  );
}
