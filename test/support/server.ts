import { pino } from 'pino';
import { inject, onTestFinished } from 'vitest';
import { serve, type RunningServer } from '../../src/cli/serve.js';
import { readConfig, type Settings } from '../../src/config.js';
import { STORE_NAMES } from '../../src/stores/index.js';
import { freshDatabase } from './postgres.js';
import { tempFolder } from './temp-folder.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** What servers of tests keep their log in when a test does not say. */
    readonly store: 'lowdb' | 'postgres';
  }
}

/** A server of its own for one test, on a free port and an empty log; stopped when the test ends. */
export async function startServer(settings: Settings = {}): Promise<RunningServer> {
  const place = await placeOf(settings);
  const server = await serve(
    readConfig({ PORT: '0', ...place, ...settings }, STORE_NAMES),
    pino({ level: 'silent' }),
  );
  onTestFinished(() => server.stop());
  return server;
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
