import { positionOf, type RecordedEvent } from '../../core/event.js';
import type { JsonObject } from '../../core/json.js';
import { timestampOf } from '../../core/time.js';

/** An event as a row of hindsight.events. */
export interface EventRow {
  readonly position: number;
  readonly stream_type: string;
  readonly stream_id: string;
  readonly version: number;
  readonly id: string;
  readonly type: string;
  readonly schema_version: number;
  readonly data: JsonObject;
  readonly recorded_at: number;
  readonly actor: string | null;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly command_id: string | null;
  readonly command_digest: string | null;
  readonly traceparent: string | null;
}

export const eventOf = (row: EventRow): RecordedEvent => ({
  id: row.id,
  position: positionOf(row.position),
  aggregateType: row.stream_type,
  aggregateId: row.stream_id,
  version: row.version,
  recordedAt: timestampOf(row.recorded_at),
  actor: row.actor,
  correlationId: row.correlation_id,
  causationId: row.causation_id,
  commandId: row.command_id,
  commandDigest: row.command_digest,
  traceparent: row.traceparent,
  type: row.type,
  schemaVersion: row.schema_version,
  data: row.data,
});
