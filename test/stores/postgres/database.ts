import postgres, { type Sql } from 'postgres';
import { onTestFinished, vi } from 'vitest';
import { NO_VOCABULARY } from '../../../src/core/vocabulary.js';
import {
  openPostgres,
  type OpenPostgres,
  type PostgresSettings,
} from '../../../src/stores/postgres/open.js';

/** A store as one server opens it, closed when the test is over. */
export async function openAt(
  url: string,
  settings: Partial<PostgresSettings> = {},
): Promise<OpenPostgres> {
  const opened = await openPostgres({
    url,
    migrate: true,
    vocabulary: NO_VOCABULARY,
    ...settings,
  });
  onTestFinished(() => opened.store.close());
  return opened;
}

/** A connection that is not one of the servers', so nobody who kills theirs meets it. */
export function adminOf(url: string): Sql {
  const sql = postgres(url, { max: 2, onnotice: () => undefined });
  onTestFinished(() => sql.end({ timeout: 1 }));
  return sql;
}

/** The connections of all servers that listen for notifications. */
export async function listeners(admin: Sql): Promise<number[]> {
  const rows = await admin<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'hindsight'
      AND query ILIKE 'listen %' AND state = 'idle'`;
  return rows.map(({ pid }) => pid);
}

/** The one connection that listens and is none of these. */
export async function listenerBeside(admin: Sql, others: readonly number[]): Promise<number> {
  return vi.waitUntil(async () => (await listeners(admin)).find((pid) => !others.includes(pid)), {
    timeout: 10_000,
    interval: 10,
  });
}

/** Ends connections of servers, as an operator or a failing network would. */
export async function terminate(admin: Sql, pids: readonly number[]): Promise<void> {
  await admin`SELECT pg_terminate_backend(pid, 5000) FROM unnest(${[...pids]}::int[]) AS pid`;
}

/** Ends one connection of the servers, whichever it is; answers whether there was one. */
export async function terminateSome(admin: Sql, kind: 'any' | 'listening'): Promise<boolean> {
  const { count } = await admin`
    SELECT pg_terminate_backend(pid) FROM (
      SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'hindsight'
        AND (${kind} = 'any' OR query ILIKE 'listen %')
      ORDER BY random() LIMIT 1
    ) AS victim`;
  return count > 0;
}
