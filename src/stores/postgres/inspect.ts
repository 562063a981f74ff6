import { START, type Position, type RecordedEvent } from '../../core/event.js';
import { StoreRefused } from '../../core/event-store.js';
import type { Inspection, Kept, KeptClaim, Piece } from '../../core/inspection.js';
import type { AnyProjection } from '../../core/projection.js';
import { isOfSameCommit } from '../../core/whole-log.js';
import { knownRules } from './claims.js';
import type { Database, Transaction } from './database.js';
import { openKeptTable } from './kept-table.js';
import { Lead } from './lead.js';
import { checkMigrated } from './migrate.js';
import { withDatabase } from './once.js';
import { rebuildOf } from './rebuild.js';
import { eventOf, type EventRow } from './rows.js';

const ROWS_AT_ONCE = 1_000;

/**
 * Opens a database to look at it, while servers are at work on it: all that is seen is of one moment.
 * Rejects with StoreRefused, also while one of the projections is being rebuilt, because that puts
 * tables in the place of others whatever moment one looks at; no rebuild begins meanwhile.
 */
export async function inspectDatabase<T>(
  url: string,
  projections: readonly AnyProjection[],
  work: (inspection: Inspection) => Promise<T>,
): Promise<T> {
  return withDatabase(url, async (database) => {
    await checkMigrated(database.sql);
    const { result } = await withoutRebuilds(database, projections, () =>
      database.sql.begin(async (sql) => {
        await sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`;
        return { result: await work(await inspectionOf(sql)) };
      }),
    );
    await database.close();
    return result;
  });
}

async function withoutRebuilds<T>(
  database: Database,
  projections: readonly AnyProjection[],
  work: () => Promise<T>,
): Promise<T> {
  const leads: Lead[] = [];
  try {
    for (const projection of projections) {
      const lead = new Lead(() => database.connect(), rebuildOf(projection));
      leads.push(lead);
      if (await lead.tryTake()) continue;
      throw new StoreRefused(
        `Projection ${projection.name} is being rebuilt, or verified by another: try again after that.`,
      );
    }
    return await work();
  } finally {
    await Promise.all(leads.map((lead) => lead.leave()));
  }
}

async function inspectionOf(sql: Transaction): Promise<Inspection> {
  const [row] = await sql<{ position: number }[]>`
    SELECT coalesce(max(position), 0) AS position FROM hindsight.events`;
  return { size: row?.position ?? 0, pieces: () => piecesOf(sql), kept: keptIn(sql) };
}

const keptIn = (sql: Transaction): Kept => ({
  histories: (type, through) => histories(sql, type, through),
  table: (projection) => openKeptTable(sql, projection),
  claimRules: () => knownRules(sql),
  claims: () => claims(sql),
});

/** Which events were one commit is not written: those that nothing tells apart. */
async function* piecesOf(sql: Transaction): AsyncGenerator<Piece> {
  let commit: RecordedEvent[] = [];
  const piece = (): Piece => ({
    kind: 'commit',
    events: commit,
    offset: null,
    reached: commit.at(-1)?.position ?? START,
  });
  for await (const events of eventsOf(sql)) {
    for (const event of events) {
      const before = commit.at(-1);
      if (before !== undefined && !isOfSameCommit(before, event)) {
        yield piece();
        commit = [];
      }
      commit.push(event);
    }
  }
  if (commit.length > 0) yield piece();
}

async function* eventsOf(sql: Transaction): AsyncGenerator<readonly RecordedEvent[]> {
  for (let after: number | undefined = START; after !== undefined;) {
    const rows: readonly EventRow[] = await sql<EventRow[]>`
      SELECT * FROM hindsight.events WHERE position > ${after}
      ORDER BY position LIMIT ${ROWS_AT_ONCE}`;
    yield rows.map(eventOf);
    after = rows.at(-1)?.position;
  }
}

async function* histories(
  sql: Transaction,
  type: string,
  through: Position,
): AsyncGenerator<readonly RecordedEvent[]> {
  let last: Pick<EventRow, 'stream_id' | 'version'> | undefined = { stream_id: '', version: 0 };
  while (last !== undefined) {
    const rows: readonly EventRow[] = await sql<EventRow[]>`
      SELECT * FROM hindsight.events
      WHERE stream_type = ${type} AND (stream_id, version) > (${last.stream_id}, ${last.version})
        AND position <= ${through}
      ORDER BY stream_id, version LIMIT ${ROWS_AT_ONCE}`;
    yield rows.map(eventOf);
    last = rows.at(-1);
  }
}

async function* claims(sql: Transaction): AsyncGenerator<readonly KeptClaim[]> {
  let last: KeptClaim | undefined = { key: '', aggregateType: '', aggregateId: '' };
  while (last !== undefined) {
    const rows: readonly KeptClaim[] = await sql<KeptClaim[]>`
      SELECT key, stream_type AS "aggregateType", stream_id AS "aggregateId" FROM hindsight.claims
      WHERE (key, stream_type, stream_id) > (${last.key}, ${last.aggregateType}, ${last.aggregateId})
      ORDER BY key, stream_type, stream_id LIMIT ${ROWS_AT_ONCE}`;
    yield rows;
    last = rows.at(-1);
  }
}
