import type { TransactionSql } from 'postgres';
import type { RecordedEvent } from '../../core/event.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import type { Database } from './database.js';
import { eventOf, type EventRow } from './rows.js';

const ROWS_AT_ONCE = 1_000;

type Transaction = TransactionSql<{ bigint: number }>;

/**
 * Folds the claims of those types of aggregates anew whose rules are newer here than in the database.
 * Commands wait meanwhile. An older build leaves the claims of a newer one alone.
 */
export async function bringClaimsUp(sql: Database, vocabulary: Vocabulary): Promise<void> {
  if ((await newRules(sql, vocabulary)).length === 0) return;
  await sql.begin(async (transaction) => {
    await transaction`SELECT hindsight.lock_log()`;
    // Another server may have done it while this one waited.
    for (const [type, version] of await newRules(transaction, vocabulary)) {
      await foldClaims(transaction, vocabulary, type);
      await transaction`
        INSERT INTO hindsight.claim_rules (stream_type, version) VALUES (${type}, ${version})
        ON CONFLICT (stream_type) DO UPDATE SET version = excluded.version`;
    }
  });
}

async function newRules(sql: Database | Transaction, { claimRules }: Vocabulary) {
  const rows = await sql<{ stream_type: string; version: number }[]>`
    SELECT stream_type, version FROM hindsight.claim_rules`;
  const known = new Map(rows.map((row) => [row.stream_type, row.version]));
  return Array.from(claimRules).filter(([type, version]) => version > (known.get(type) ?? 0));
}

async function foldClaims(sql: Transaction, vocabulary: Vocabulary, type: string): Promise<void> {
  await sql`DELETE FROM hindsight.claims WHERE stream_type = ${type}`;
  const rows = sql<EventRow[]>`
    SELECT * FROM hindsight.events WHERE stream_type = ${type} ORDER BY stream_id, version`;
  let stream: RecordedEvent[] = [];
  for await (const some of rows.cursor(ROWS_AT_ONCE)) {
    for (const row of some) {
      if (row.version === 1) {
        await keep(sql, vocabulary, stream);
        stream = [];
      }
      stream.push(vocabulary.upcast(eventOf(row)));
    }
  }
  await keep(sql, vocabulary, stream);
}

async function keep(
  sql: Transaction,
  vocabulary: Vocabulary,
  stream: readonly RecordedEvent[],
): Promise<void> {
  const [first] = stream;
  const keys = vocabulary.claimsOf(stream);
  if (first === undefined || keys.length === 0) return;
  await sql`
    INSERT INTO hindsight.claims (key, stream_type, stream_id)
    SELECT DISTINCT key, ${first.aggregateType}, ${first.aggregateId}
    FROM unnest(${Array.from(keys)}::text[]) AS key`;
}
