import { pino } from 'pino';
import { inject, onTestFinished } from 'vitest';
import { serve, type RunningServer } from '../../src/cli/serve.js';
import { readConfig, type Config, type Settings } from '../../src/config.js';
import type { EventStore } from '../../src/core/event-store.js';
import { NO_VOCABULARY } from '../../src/core/vocabulary.js';
import { STORE_NAMES, STORES, type StoreName } from '../../src/stores/index.js';
import { freshDatabase } from './postgres.js';
import { tempFolder } from './temp-folder.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** What servers of tests keep their log in when a test does not say. */
    readonly store: 'lowdb' | 'postgres';
  }
}

const SILENT = pino({ level: 'silent' });

/** A server of its own for one test, on a free port and an empty log; stopped when the test ends. */
export async function startServer(settings: Settings = {}): Promise<RunningServer> {
  const server = await serve(await configOf(settings), SILENT);
  onTestFinished(() => server.stop());
  return server;
}

/** The log that a server would serve from a folder, for what no command of this build would write. */
export async function openStore(DATA_DIR: string): Promise<EventStore> {
  const config = await configOf({ DATA_DIR });
  const { store } = await STORES[config.store]({
    ...config,
    vocabulary: NO_VOCABULARY,
    log: SILENT,
  });
  return store;
}

/** How a server for one test runs, with what these settings leave open. */
export async function configOf(settings: Settings): Promise<Config<StoreName>> {
  const place = await placeOf(settings);
  return readConfig({ PORT: '0', ...place, ...settings }, STORE_NAMES);
}

/** The databases that stand for the folders which a test names. */
const databases = new Map<string, string>();

/** Where the log is kept; a test that names the same folder again finds the same log there. */
async function placeOf({ DATA_DIR, STORE }: Settings): Promise<Settings> {
  const folder = DATA_DIR ?? (await tempFolder());
  if (STORE !== undefined || inject('store') === 'lowdb') return { DATA_DIR: folder };
  const url = databases.get(folder) ?? (await freshDatabase());
  databases.set(folder, url);
  return { STORE: 'postgres', DATABASE_URL: url };
}
