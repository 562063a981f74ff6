/**
 * Emmett on SQLite: its event store on a file, and users as an inline projection into a table. By itself
 * it opens a connection for each command: of 64 at once all but one fail, as the database is busy. On one
 * connection, which it can be given, commands that overlap share a transaction, and most are answered
 * before it is committed. So here a mutex lets one after the other at that connection. Queries have a
 * connection of their own. The argument is its folder.
 *
 * It sets `journal_mode = WAL` and leaves `synchronous` as it is, which is FULL: every commit is flushed.
 */
import { join } from 'node:path';
import { projections } from '@event-driven-io/emmett';
import {
  getSQLiteEventStore,
  sqliteConnection,
  sqliteRawSQLProjection,
} from '@event-driven-io/emmett-sqlite';
import { serve } from '../servers/serve.js';
import { handle, staleOr, stateOf } from './emmett.js';
import { created, renamed, rootOf, type Changed, type User, type UserEvent } from './users.js';

const [folder = '.'] = process.argv.slice(2);
const fileName = join(folder, 'events.db');

/** An event that says whose it is: an inline projection of this store is not told the stream. */
type Projected = UserEvent & { readonly metadata: { readonly id: string } };

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const users = sqliteRawSQLProjection<Projected>({
  canHandle: ['UserCreated', 'UserRenamed'],
  initSQL: `CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, version INTEGER NOT NULL,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL)`,
  evolve({ type, data, metadata }) {
    const [id, name, at] = [metadata.id, data.name, data.at].map(quoted);
    return type === 'UserCreated'
      ? `INSERT INTO users VALUES (${id}, ${name}, 1, ${at}, ${at})`
      : `UPDATE users SET name = ${name}, version = version + 1, updated_at = ${at} WHERE id = ${id}`;
  },
});
const store = getSQLiteEventStore({
  fileName,
  projections: projections.inline([users]),
  connectionOptions: { singleton: true, connection: sqliteConnection({ fileName }) },
});
await store.schema.migrate();
const reading = sqliteConnection({ fileName });

let last: Promise<unknown> = Promise.resolve();

/** One after the other. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  const done = last.then(work);
  last = done.catch(() => undefined);
  return done;
}

const change = (id: string, event: UserEvent, expectedStreamVersion: bigint): Promise<Changed> =>
  alone(async () => {
    const projected: Projected = { ...event, metadata: { id } };
    const result = await handle(store, id, () => projected, { expectedStreamVersion }).catch(
      staleOr,
    );
    return { user: stateOf(result), position: String(result.lastEventGlobalPosition) };
  });

async function find(id: string): Promise<User | null> {
  const row = await reading.querySingle<Omit<User, 'email' | 'status'>>(
    `SELECT name, version, created_at AS "createdAt", updated_at AS "updatedAt"
     FROM users WHERE id = ?`,
    [id],
  );
  return row ? { ...row, email: null, status: 'ACTIVE' } : null;
}

await serve(
  rootOf({
    create: (id, name) => change(id, created(name), 0n),
    rename: (id, name, version) => change(id, renamed(name), BigInt(version)),
    find,
  }),
);
