import type { RecordedEvent } from '../../core/event.js';
import { StoreRefused } from '../../core/event-store.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import type { Sql, Transaction } from './database.js';
import { eventOf, type EventRow } from './rows.js';

const ROWS_AT_ONCE = 1_000;

/**
 * Folds the claims of those types of aggregates anew whose rules are newer here than in the database.
 * Commands wait meanwhile. An older build leaves the claims of a newer one alone.
 */
export async function bringClaimsUp(sql: Sql, vocabulary: Vocabulary): Promise<void> {
  if ((await newRules(sql, vocabulary)).length === 0) return;
  await sql.begin(async (transaction) => {
    await transaction`SELECT hindsight.lock_log()`;
    // Another server may have done it while this one waited.
    for (const [type, version] of await newRules(transaction, vocabulary)) {
      await foldClaims(transaction, vocabulary, type);
      await setRules(transaction, type, version);
    }
  });
}

/** By which version of its rules the claims of each type were folded. */
export async function knownRules(sql: Sql | Transaction): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ stream_type: string; version: number }[]>`
    SELECT stream_type, version FROM hindsight.claim_rules`;
  return new Map(rows.map((row) => [row.stream_type, row.version]));
}

async function newRules(sql: Sql | Transaction, { claimRules }: Vocabulary) {
  const known = await knownRules(sql);
  return Array.from(claimRules).filter(([type, version]) => version > (known.get(type) ?? 0));
}

/**
 * Folds all claims anew, after events were put into the log that nothing was claimed for. The caller
 * holds the lock of the log. Rejects with StoreRefused where a newer build has folded by newer rules.
 */
export async function foldAllClaims(sql: Transaction, vocabulary: Vocabulary): Promise<void> {
  const known = await knownRules(sql);
  for (const [type, version] of vocabulary.claimRules) {
    const newest = known.get(type) ?? 0;
    if (newest > version) {
      throw new StoreRefused(
        `A newer build keeps the claims of ${type} (version ${newest}, here ${version}): import with that one.`,
      );
    }
    await foldClaims(sql, vocabulary, type);
    await setRules(sql, type, version);
  }
}

async function foldClaims(sql: Transaction, vocabulary: Vocabulary, type: string): Promise<void> {
  await sql`DELETE FROM hindsight.claims WHERE stream_type = ${type}`;
  let held: Held[] = [];
  for await (const stream of streamsOf(sql, vocabulary, type)) {
    const id = stream[0]?.aggregateId ?? '';
    held.push(...vocabulary.claimsOf(stream).map((key) => ({ key, id })));
    if (held.length < ROWS_AT_ONCE) continue;
    await keep(sql, type, held);
    held = [];
  }
  await keep(sql, type, held);
}

/**
 * The streams of one type, one after the other. In pages of their own: a cursor would leave the
 * connection to nobody else until it is at its end.
 */
async function* streamsOf(
  sql: Transaction,
  vocabulary: Vocabulary,
  type: string,
): AsyncGenerator<readonly RecordedEvent[]> {
  let stream: RecordedEvent[] = [];
  let last: Pick<EventRow, 'stream_id' | 'version'> | undefined = { stream_id: '', version: 0 };
  while (last !== undefined) {
    const rows: readonly EventRow[] = await sql<EventRow[]>`
      SELECT * FROM hindsight.events
      WHERE stream_type = ${type} AND (stream_id, version) > (${last.stream_id}, ${last.version})
      ORDER BY stream_id, version LIMIT ${ROWS_AT_ONCE}`;
    for (const row of rows) {
      if (row.version === 1 && stream.length > 0) {
        yield stream;
        stream = [];
      }
      stream.push(vocabulary.upcast(eventOf(row)));
    }
    last = rows.at(-1);
  }
  if (stream.length > 0) yield stream;
}

/** A key and the id of the aggregate that holds it. */
interface Held {
  readonly key: string;
  readonly id: string;
}

async function keep(sql: Transaction, type: string, held: readonly Held[]): Promise<void> {
  if (held.length === 0) return;
  await sql`
    INSERT INTO hindsight.claims (key, stream_type, stream_id)
    SELECT DISTINCT key, ${type}, id
    FROM unnest(${held.map(({ key }) => key)}::text[], ${held.map(({ id }) => id)}::text[]) AS h (key, id)`;
}

async function setRules(sql: Transaction, type: string, version: number): Promise<void> {
  await sql`
    INSERT INTO hindsight.claim_rules (stream_type, version) VALUES (${type}, ${version})
    ON CONFLICT (stream_type) DO UPDATE SET version = excluded.version`;
}
