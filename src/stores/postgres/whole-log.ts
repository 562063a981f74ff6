import { positionOf, START, type Position, type RecordedEvent } from '../../core/event.js';
import { LogHasGrown, StoreRefused } from '../../core/event-store.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import type { WholeLog } from '../../core/whole-log.js';
import { foldAllClaims } from './claims.js';
import type { Transaction } from './database.js';
import type { Database } from './database.js';
import { reading, verdictOf } from './errors.js';
import { checkMigrated, migrate } from './migrate.js';
import { withDatabase } from './once.js';
import { eventOf, type EventRow } from './rows.js';

const EVENTS_AT_ONCE = 1_000;

export interface PostgresWholeLogOptions {
  readonly vocabulary: Vocabulary;
  /** Whether to bring the tables up to this build; else they must be. */
  readonly migrate: boolean;
}

/** Opens the log of a database. Servers may be at work on it. Rejects with StoreRefused. */
export async function openWholeLog(
  url: string,
  { vocabulary, migrate: mayMigrate }: PostgresWholeLogOptions,
): Promise<PostgresWholeLog> {
  return withDatabase(url, async (database) => {
    await (mayMigrate ? migrate(database.sql) : checkMigrated(database.sql));
    return new PostgresWholeLog(database, vocabulary, await headOf(database.sql));
  });
}

export class PostgresWholeLog implements WholeLog {
  constructor(
    private readonly database: Database,
    private readonly vocabulary: Vocabulary,
    readonly head: Position,
  ) {}

  /** What is in the log stays as it is, so this is one moment of it, without a long transaction. */
  async *read(): AsyncGenerator<readonly RecordedEvent[]> {
    for (let after = START; after < this.head;) {
      const rows = await reading(
        () => this.database.sql<EventRow[]>`
          SELECT * FROM hindsight.events WHERE position > ${after} AND position <= ${this.head}
          ORDER BY position LIMIT ${EVENTS_AT_ONCE}`,
      );
      const last = rows.at(-1);
      if (last === undefined) throw new StoreRefused('The log has become shorter meanwhile.');
      yield rows.map((row) => this.vocabulary.upcast(eventOf(row)));
      after = positionOf(last.position);
    }
  }

  /** One transaction, in which the claims are folded, too. Commands wait meanwhile. */
  async add(events: AsyncIterable<readonly RecordedEvent[]>): Promise<void> {
    try {
      await this.database.sql.begin(async (transaction) => {
        await transaction`SELECT hindsight.lock_log()`;
        const head = await headOf(transaction);
        if (head !== this.head) throw new LogHasGrown(head);
        for await (const batch of events) await insert(transaction, batch);
        const end = await headOf(transaction);
        if (end === this.head) return;
        await foldAllClaims(transaction, this.vocabulary);
        await transaction`SELECT pg_notify('hindsight', ${`log ${end}`})`;
      });
    } catch (cause) {
      if (verdictOf(cause) === 'failed') throw cause;
      throw new StoreRefused(
        'The database was lost in the middle. All was imported or nothing; look, or try again.',
        { cause },
      );
    }
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

async function headOf(sql: Database['sql'] | Transaction): Promise<Position> {
  const [row] = await sql<{ position: number }[]>`
    SELECT coalesce(max(position), 0) AS position FROM hindsight.events`;
  return positionOf(row?.position ?? 0);
}

/** A list of numbers goes as float8, which holds each safe integer as it is. */
async function insert(sql: Transaction, events: readonly RecordedEvent[]): Promise<void> {
  await sql`
    INSERT INTO hindsight.events (
      position, stream_type, stream_id, version, id, type, schema_version, data, recorded_at,
      actor, correlation_id, causation_id, command_id, command_digest, traceparent
    )
    SELECT
      position::bigint, stream_type, stream_id, version, id, type, schema_version, data::json,
      recorded_at::bigint, actor, correlation_id, causation_id, command_id, command_digest, traceparent
    FROM unnest(
      ${events.map((event) => event.position)}::float8[],
      ${events.map((event) => event.aggregateType)}::text[],
      ${events.map((event) => event.aggregateId)}::text[],
      ${events.map((event) => event.version)}::integer[],
      ${events.map((event) => event.id)}::text[],
      ${events.map((event) => event.type)}::text[],
      ${events.map((event) => event.schemaVersion)}::integer[],
      ${events.map((event) => JSON.stringify(event.data))}::text[],
      ${events.map((event) => Date.parse(event.recordedAt))}::float8[],
      ${events.map((event) => event.actor)}::text[],
      ${events.map((event) => event.correlationId)}::text[],
      ${events.map((event) => event.causationId)}::text[],
      ${events.map((event) => event.commandId)}::text[],
      ${events.map((event) => event.commandDigest)}::text[],
      ${events.map((event) => event.traceparent)}::text[]
    ) AS e (
      position, stream_type, stream_id, version, id, type, schema_version, data, recorded_at,
      actor, correlation_id, causation_id, command_id, command_digest, traceparent
    )`;
}
