import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { undoAtExit } from './leftovers.js';
import type { Database } from './postgres.js';
import type { Running } from './processes.js';

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** It does not outlive this process. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'hindsight-bench-'));
  const gone = undoAtExit(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    async remove() {
      await rm(path, { recursive: true });
      gone();
    },
  };
}

/** A server that has a folder for itself, which goes when it is stopped, or was never started. */
export async function inFolder(start: (folder: string) => Promise<Running>): Promise<Running> {
  const folder = await temporaryFolder();
  return until(start(folder.path), () => folder.remove());
}

/** The same with a database. */
export async function inDatabase(
  made: Promise<Database>,
  start: (url: string) => Promise<Running>,
): Promise<Running> {
  const database = await made;
  return until(start(database.url), () => database.drop());
}

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
