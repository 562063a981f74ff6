import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedEvent } from '../../../src/core/event.js';
import { NO_VOCABULARY } from '../../../src/core/vocabulary.js';
import { LowdbStore, type LowdbOptions } from '../../../src/stores/lowdb/store.js';
import { tempFolder } from '../../support/temp-folder.js';
import { append, commitOf, readAll } from '../commits.js';

const NEWLINE = 0x0a;

export const logPath = (folder: string): string => join(folder, 'log.jsonl');
export const readLogFile = (folder: string): Promise<Buffer> => readFile(logPath(folder));

/** Opens a folder, in which nothing may be cut short unless the test says so. */
export function openAt(folder: string, options: Partial<LowdbOptions> = {}): Promise<LowdbStore> {
  return LowdbStore.open(folder, {
    onTornTail: (offset) => {
      throw new Error(`cut short at byte ${offset}`);
    },
    vocabulary: NO_VOCABULARY,
    ...options,
  });
}

/** One line of a file, newline included, and where it begins. */
export interface FileLine {
  readonly offset: number;
  readonly end: number;
  readonly bytes: Buffer;
}

export function linesOf(file: Buffer): FileLine[] {
  const lines: FileLine[] = [];
  for (let offset = 0; offset < file.length;) {
    const newline = file.indexOf(NEWLINE, offset);
    const end = newline === -1 ? file.length : newline + 1;
    lines.push({ offset, end, bytes: file.subarray(offset, end) });
    offset = end;
  }
  return lines;
}

export function lineAt(lines: readonly FileLine[], index: number): FileLine {
  const line = lines.at(index);
  if (line === undefined) throw new RangeError(`there is no line ${index}`);
  return line;
}

/** A folder that was written to and closed again. */
export interface WrittenFolder {
  readonly folder: string;
  readonly events: readonly RecordedEvent[];
  readonly file: Buffer;
  readonly lines: readonly FileLine[];
}

/** A log of so many commits of one event each, every one with a write of its own. */
export async function writtenFolder(commits: number): Promise<WrittenFolder> {
  const folder = await tempFolder();
  const store = await openAt(folder);
  for (let version = 0; version < commits; version += 1) {
    await append(store, commitOf('a', version, { n: version }));
  }
  return closed(folder, store);
}

/** Closes a store and tells what it left on the disk. */
export async function closed(folder: string, store: LowdbStore): Promise<WrittenFolder> {
  await store.close();
  const file = await readLogFile(folder);
  return { folder, events: await readAll(store), file, lines: linesOf(file) };
}
