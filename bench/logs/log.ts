import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { freshFolder } from '../servers/folder.js';
import { lineAt } from './commits.js';

const LINES_AT_ONCE = 5_000;
/** In events. */
const TOLD_EVERY = 250_000;

export interface LogOptions {
  readonly events: number;
  readonly perUser?: number;
  readonly progress: (line: string) => void;
}

/** The data folder of an embedded store with so many events in it. */
export interface Log {
  readonly folder: string;
  /** The file of the log. */
  readonly path: string;
  readonly bytes: number;
}

/** Works on a log that is gone afterwards. */
export async function withLog<T>(options: LogOptions, work: (log: Log) => Promise<T>): Promise<T> {
  const folder = await freshFolder();
  try {
    const path = join(folder.path, 'log.jsonl');
    const file = await open(path, 'wx');
    try {
      await writeLines(file, options);
      const { size: bytes } = await file.stat();
      return await work({ folder: folder.path, path, bytes });
    } finally {
      await file.close();
    }
  } finally {
    await folder.remove();
  }
}

/** All of it is on the disk in the end, so that nobody measures how it gets there. */
async function writeLines(file: FileHandle, { events, perUser, progress }: LogOptions) {
  for (let from = 0; from < events; from += LINES_AT_ONCE) {
    if (from > 0 && from % TOLD_EVERY === 0)
      progress(`a log of ${events} events: ${from} are written`);
    const length = Math.min(LINES_AT_ONCE, events - from);
    const lines = Array.from({ length }, (_, line) => lineAt(from + line, perUser));
    await file.appendFile(lines.join(''));
  }
  await file.sync();
}
