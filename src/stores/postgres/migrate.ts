import { readdir, readFile } from 'node:fs/promises';
import { StoreRefused } from '../../core/event-store.js';
import type { Sql, Transaction } from './database.js';

const FOLDER = new URL('migrations/', import.meta.url);

interface Migration {
  readonly number: number;
  readonly name: string;
}

/** Brings the tables up to this build, in one transaction; answers which migrations were applied. */
export async function migrate(sql: Sql): Promise<readonly string[]> {
  const migrations = await readMigrations();
  return sql.begin(async (transaction) => {
    // Whoever comes second finds everything done.
    await transaction`SELECT pg_advisory_xact_lock(7310582, 0)`;
    await transaction`CREATE SCHEMA IF NOT EXISTS hindsight`;
    await transaction`
      CREATE TABLE IF NOT EXISTS hindsight.migrations (
        number integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
      )`;
    const done = await numberOf(transaction);
    refuseNewer(done, migrations.length);
    const missing = migrations.slice(done);
    for (const migration of missing) await apply(transaction, migration);
    return missing.map(({ name }) => name);
  });
}

/** Rejects with StoreRefused when the tables are not those of this build. */
export async function checkMigrated(sql: Sql): Promise<void> {
  const { length } = await readMigrations();
  const [table] = await sql`SELECT to_regclass('hindsight.migrations') IS NOT NULL AS "exists"`;
  const done = table?.['exists'] === true ? await numberOf(sql) : 0;
  refuseNewer(done, length);
  if (done < length) {
    throw new StoreRefused(
      `The database is at migration ${done} of ${length}; run "hindsight migrate" first.`,
    );
  }
}

function refuseNewer(done: number, known: number): void {
  if (done <= known) return;
  throw new StoreRefused(
    `The database is at migration ${done}, but this build knows ${known}: a newer one is needed.`,
  );
}

async function numberOf(sql: Sql | Transaction): Promise<number> {
  const [row] = await sql<{ done: number | null }[]>`
    SELECT max(number) AS done FROM hindsight.migrations`;
  return row?.done ?? 0;
}

async function apply(transaction: Transaction, { number, name }: Migration): Promise<void> {
  await transaction.unsafe(await readFile(new URL(name, FOLDER), 'utf8'));
  await transaction`INSERT INTO hindsight.migrations (number, name) VALUES (${number}, ${name})`;
}

/** They are numbered from 1, without a gap. */
async function readMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).toSorted();
  return names.map((name, index) => {
    const number = Number.parseInt(name, 10);
    if (number !== index + 1) throw new Error(`migration ${name} should be number ${index + 1}`);
    return { number, name };
  });
}
