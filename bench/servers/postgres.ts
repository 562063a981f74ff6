import { randomBytes } from 'node:crypto';
import {
  installPostgres,
  type InstalledPostgres,
} from '../../test/support/postgres/installation.js';
import { dropDatabase, PostgresServer, withSql } from '../../test/support/postgres/server.js';

/** What PostgreSQL itself takes when nobody says anything, where the tests ask for less. */
const SETTINGS = { fsync: true, settings: { shared_buffers: '128MB' } } as const;

interface Started {
  readonly installed: InstalledPostgres;
  readonly server: PostgresServer;
}

/** One for the whole run, started by the first who needs it. */
let started: Promise<Started> | undefined;

async function start(): Promise<Started> {
  const installed = await installPostgres();
  return { installed, server: await PostgresServer.create(installed.installation, SETTINGS) };
}

export interface Database {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty database on a PostgreSQL that flushes what it commits; whoever asks for it drops it. */
export async function freshDatabase(): Promise<Database> {
  started ??= start();
  const { server } = await started;
  const url = await server.createDatabase();
  return { url, drop: () => dropDatabase(url) };
}

/**
 * A copy of a database that nobody is connected to. Its files are copied and flushed, so that nothing
 * is left to be written by a checkpoint of what was filled in.
 */
export async function copyDatabase({ url }: Pick<Database, 'url'>): Promise<Database> {
  const copy = new URL(url);
  const [template, name] = [copy.pathname.slice(1), `copy_${randomBytes(8).toString('hex')}`];
  copy.pathname = 'postgres';
  await withSql(
    copy.href,
    (sql) => sql`CREATE DATABASE ${sql(name)} TEMPLATE ${sql(template)} STRATEGY FILE_COPY`,
  );
  copy.pathname = name;
  return { url: copy.href, drop: () => dropDatabase(copy.href) };
}

/** So that neither its hints nor its statistics are written while something is measured. */
export const vacuum = ({ url }: Pick<Database, 'url'>): Promise<unknown> =>
  withSql(url, (sql) => sql`VACUUM (ANALYZE)`);

/** For the end of the run; it would not outlive this process either way. */
export async function stopPostgres(): Promise<void> {
  if (started === undefined) return;
  const { installed, server } = await started;
  started = undefined;
  await server.stop();
  await installed.remove();
}
