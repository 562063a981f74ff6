import { positionOf, START, type Position, type RecordedEvent } from '../../core/event.js';
import type { EventFilter } from '../../core/event.js';
import type { Head, LogRange, LogSlice } from '../../core/event-store.js';
import { timestampOf, type Timestamp } from '../../core/time.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import type { Sql } from './database.js';
import { reading } from './errors.js';
import { eventOf, type EventRow } from './rows.js';

/** How many events one read looks at, where there is no index for what it looks for. */
const LOOK_AT_MOST = 10_000;

/** Reads the log and its commands. Each answer is what one statement saw. */
export class Reader {
  constructor(
    private readonly sql: Sql,
    private readonly vocabulary: Vocabulary,
  ) {}

  async readCommand(commandId: string): Promise<readonly RecordedEvent[]> {
    return this.#events(
      () => this.sql<EventRow[]>`
        SELECT * FROM hindsight.events WHERE command_id = ${commandId} ORDER BY position`,
    );
  }

  async head(): Promise<Head> {
    const [row] = await reading(
      () => this.sql<HeadRow[]>`
        SELECT position, recorded_at FROM hindsight.events ORDER BY position DESC LIMIT 1`,
    );
    return headOf(row);
  }

  async headAt(time: Timestamp, clock: number | null): Promise<Head> {
    const moment = Date.parse(time);
    // An answer that was given twice is the same, so a lost one may be asked for again.
    const [at] = await reading(
      () => this.sql<{ position: Position }[]>`
        SELECT hindsight.final_position_at(${moment}, ${clock}) AS position`,
    );
    const [row] = await reading(
      () => this.sql<HeadRow[]>`
        SELECT position, recorded_at FROM hindsight.events WHERE position = ${at?.position ?? START}`,
    );
    return headOf(row);
  }

  async readLog(range: LogRange): Promise<LogSlice> {
    return range.backwards ? this.#readBackwards(range) : this.#readForwards(range);
  }

  async #readForwards({ after = START, before, where = {}, limit }: LogRange): Promise<LogSlice> {
    const window = hasIndex(where) ? null : LOOK_AT_MOST;
    const rows = await reading(
      () => this.sql<SliceRow[]>`
        SELECT slice.*, range.until, e.* FROM (
          SELECT least(coalesce(max(position), 0), ${before ?? null}::bigint - 1) AS end
          FROM hindsight.events
        ) slice
        CROSS JOIN LATERAL (
          SELECT greatest(least(slice.end, ${after}::bigint + ${window}::bigint), ${after}::bigint) AS until
        ) range
        LEFT JOIN LATERAL (
          SELECT * FROM hindsight.events
          WHERE position > ${after} AND position <= range.until AND ${this.#matching(where)}
          ORDER BY position LIMIT ${limit}
        ) e ON true`,
    );
    const events = this.#eventsOf(rows);
    const { end = START, until = START } = rows[0] ?? {};
    if (limit === 0) return { events, reached: after, complete: false };
    const last = events.length === limit ? events.at(-1)?.position : undefined;
    const reached = positionOf(last ?? until);
    return { events, reached, complete: reached >= end };
  }

  async #readBackwards({ after = START, before, where = {}, limit }: LogRange): Promise<LogSlice> {
    const window = hasIndex(where) ? null : LOOK_AT_MOST;
    const rows = await reading(
      () => this.sql<SliceRow[]>`
        SELECT slice.*, range.until, e.* FROM (
          SELECT least(coalesce(max(position), 0) + 1, ${before ?? null}::bigint) AS end
          FROM hindsight.events
        ) slice
        CROSS JOIN LATERAL (
          SELECT greatest(slice.end - ${window}::bigint, ${after}::bigint + 1) AS until
        ) range
        LEFT JOIN LATERAL (
          SELECT * FROM hindsight.events
          WHERE position >= range.until AND position < slice.end AND ${this.#matching(where)}
          ORDER BY position DESC LIMIT ${limit}
        ) e ON true`,
    );
    const events = this.#eventsOf(rows);
    const { end = START, until = START } = rows[0] ?? {};
    if (limit === 0) return { events, reached: positionOf(end), complete: false };
    const last = events.length === limit ? events.at(-1)?.position : undefined;
    const reached = positionOf(last ?? until);
    return { events, reached, complete: reached <= after + 1 };
  }

  #matching(where: EventFilter) {
    const { sql } = this;
    const { aggregateType, aggregateId, types, correlationId, version } = where;
    return sql`true
      ${aggregateType === undefined ? sql`` : sql`AND stream_type = ${aggregateType}`}
      ${aggregateId === undefined ? sql`` : sql`AND stream_id = ${aggregateId}`}
      ${types === undefined ? sql`` : sql`AND type = ANY (${Array.from(types)})`}
      ${correlationId === undefined ? sql`` : sql`AND correlation_id = ${correlationId}`}
      ${version === undefined ? sql`` : sql`AND version = ${version}`}`;
  }

  async #events(read: () => Promise<readonly EventRow[]>): Promise<readonly RecordedEvent[]> {
    return (await reading(read)).map((row) => this.vocabulary.upcast(eventOf(row)));
  }

  #eventsOf(rows: readonly SliceRow[]): RecordedEvent[] {
    return rows.filter(isEvent).map((row) => this.vocabulary.upcast(eventOf(row)));
  }
}

interface HeadRow {
  readonly position: Position;
  readonly recorded_at: number;
}

/** Where a slice ends, and an event of it; one row without an event if there is none. */
type SliceRow = { readonly end: number; readonly until: number } & (
  | EventRow
  | { readonly position: null }
);

const isEvent = (row: SliceRow): row is SliceRow & EventRow => row.position !== null;

const headOf = (row: HeadRow | undefined): Head =>
  row === undefined
    ? { position: START, recordedAt: null }
    : { position: positionOf(row.position), recordedAt: timestampOf(row.recorded_at) };

/** Whether matching events can be found without looking at others. */
const hasIndex = ({ aggregateType, aggregateId, correlationId, version }: EventFilter): boolean =>
  correlationId !== undefined ||
  (aggregateType !== undefined && (aggregateId !== undefined || version === 1));
