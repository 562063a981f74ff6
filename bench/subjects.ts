import { join } from 'node:path';
import { freshFolder } from './servers/folder.js';
import { freshDatabase } from './servers/postgres.js';
import { startHindsight, startServer, type Running } from './servers/processes.js';

/** Who is measured. */
export interface Subject {
  readonly name: string;
  /** What of an answered command a loss of power leaves, for the table. */
  readonly durability: string;
  /** Whether it keeps what it is told, as all do but the floor. */
  readonly keeps: boolean;
  /** Starts it on fresh data, which goes when it is stopped. */
  start(): Promise<Running>;
}

const FLUSHED = 'flushed before the answer';
const COMMITTED = 'committed before the answer, fsync on';

export const floor: Subject = {
  name: 'floor',
  durability: 'keeps nothing',
  keeps: false,
  start: () => startServer('servers/floor.js'),
};

/** Apollo with its defaults behind a bare node:http: nothing of the product but its schema. */
export const apollo: Subject = {
  name: 'Apollo alone',
  durability: 'keeps nothing',
  keeps: false,
  start: () => startServer('servers/apollo.js'),
};

export const floorAndFlush: Subject = {
  name: 'floor + fdatasync',
  durability: 'a line flushed before the answer, never read',
  keeps: false,
  start: () => inFolder((folder) => startServer('servers/floor.js', [join(folder, 'log')])),
};

export const lowdb: Subject = {
  name: 'Hindsight on lowdb',
  durability: FLUSHED,
  keeps: true,
  start: () => inFolder((folder) => startHindsight({ DATA_DIR: folder })),
};

export const postgres: Subject = {
  name: 'Hindsight on PostgreSQL',
  durability: COMMITTED,
  keeps: true,
  start: () => inDatabase((url) => startHindsight({ STORE: 'postgres', DATABASE_URL: url })),
};

export const PEERS: readonly Subject[] = [
  {
    name: 'Emmett on SQLite',
    durability: 'flushed before the answer (WAL, synchronous = FULL); a mutex was added',
    keeps: true,
    start: () => inFolder((folder) => startServer('peers/emmett-sqlite.js', [folder])),
  },
  {
    name: 'Emmett on PostgreSQL',
    durability: COMMITTED,
    keeps: true,
    start: () => inDatabase((url) => startServer('peers/emmett-postgresql.js', [url])),
  },
  {
    name: 'evtstore on PostgreSQL',
    durability: COMMITTED,
    keeps: true,
    start: () => inDatabase((url) => startServer('peers/evtstore.js', [url])),
  },
  {
    name: 'a tutorial on lowdb',
    durability: 'the whole file written before the answer, not flushed',
    keeps: true,
    start: () => inFolder((folder) => startServer('peers/tutorial.js', [folder])),
  },
];

export const SUBJECTS: readonly Subject[] = [
  floor,
  apollo,
  floorAndFlush,
  lowdb,
  postgres,
  ...PEERS,
];

async function inFolder(start: (folder: string) => Promise<Running>): Promise<Running> {
  const folder = await freshFolder();
  return until(start(folder.path), () => folder.remove());
}

async function inDatabase(start: (url: string) => Promise<Running>): Promise<Running> {
  const database = await freshDatabase();
  return until(start(database.url), () => database.drop());
}

/** Its data goes when it is stopped, or was never started. */
async function until(starting: Promise<Running>, remove: () => Promise<void>): Promise<Running> {
  try {
    const running = await starting;
    return {
      ...running,
      async stop() {
        await running.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** One that is started once and serves all that ask for it, until it is stopped for good. */
export function kept(subject: Subject): Subject & { readonly stop: () => Promise<void> } {
  let started: Promise<Running> | undefined;
  return {
    ...subject,
    async start() {
      started ??= subject.start();
      return { ...(await started), stop: () => Promise.resolve() };
    },
    async stop() {
      await (await started)?.stop();
    },
  };
}
