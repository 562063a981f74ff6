import type { FactFragment } from '../generated/graphql.js';

/** An event, as whoever tells of it tells it. */
export interface Fact {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly aggregateId: string;
  readonly version: number;
  readonly commandId: string | null;
  readonly recordedAt: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export const factOf = (event: FactFragment): Fact => ({
  position: Number(event.position),
  id: event.id,
  type: event.type,
  aggregateId: event.aggregateId,
  version: event.version,
  commandId: event.commandId,
  recordedAt: event.recordedAt,
  data: event.data,
});

/** What one command appended, a line of the log file. */
export type StoredCommit = readonly Fact[];
