import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../servers/fresh.js';
import { lineAt, type Shape } from './commits.js';

const LINES_AT_ONCE = 5_000;
/** How often it is told how far it is, in events. */
export const TOLD_EVERY = 250_000;

export type Tell = (line: string) => void;

/** The data folder of an embedded store with so many events in it. */
export interface Log {
  readonly folder: string;
  /** The file of the log. */
  readonly path: string;
  readonly bytes: number;
}

/** Works on a log that is gone afterwards. */
export async function withLog<T>(
  shape: Shape,
  tell: Tell,
  work: (log: Log) => Promise<T>,
): Promise<T> {
  const folder = await temporaryFolder();
  try {
    const path = join(folder.path, 'log.jsonl');
    await writeLog(path, shape, tell);
    const { size: bytes } = await stat(path);
    return await work({ folder: folder.path, path, bytes });
  } finally {
    await folder.remove();
  }
}

/** All of it is on the disk in the end, so that nobody measures how it gets there. */
export async function writeLog(path: string, { events, perUser }: Shape, tell: Tell) {
  const file = await open(path, 'wx');
  for (let from = 0; from < events; from += LINES_AT_ONCE) {
    if (from % TOLD_EVERY === 0) tell(`a log of ${events} events: ${from} are written`);
    const length = Math.min(LINES_AT_ONCE, events - from);
    const lines = Array.from({ length }, (_, line) => lineAt(from + line, perUser));
    await file.appendFile(lines.join(''));
  }
  await file.sync();
  await file.close();
}
