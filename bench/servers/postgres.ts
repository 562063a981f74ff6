import {
  installPostgres,
  type InstalledPostgres,
} from '../../test/support/postgres/installation.js';
import { dropDatabase, PostgresServer } from '../../test/support/postgres/server.js';

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

/** For the end of the run; it would not outlive this process either way. */
export async function stopPostgres(): Promise<void> {
  if (started === undefined) return;
  const { installed, server } = await started;
  started = undefined;
  await server.stop();
  await installed.remove();
}
