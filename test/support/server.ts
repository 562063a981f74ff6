import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { serve, type RunningServer } from '../../src/cli/serve.js';
import { readConfig, type Settings } from '../../src/config.js';
import { STORE_NAMES } from '../../src/stores/index.js';
import { tempFolder } from './temp-folder.js';

/** A server of its own for one test, on a free port and an empty folder; stopped when the test ends. */
export async function startServer(settings: Settings = {}): Promise<RunningServer> {
  const server = await serve(
    readConfig({ PORT: '0', DATA_DIR: await tempFolder(), ...settings }, STORE_NAMES),
    pino({ level: 'silent' }),
  );
  onTestFinished(() => server.stop());
  return server;
}
