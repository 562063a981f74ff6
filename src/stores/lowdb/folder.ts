import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { tryLock } from 'fs-native-extensions';
import { StoreRefused } from '../../core/event-store.js';
import type { LogFile, OpenLogFile } from './log-file.js';

const MARKER = `${JSON.stringify({ format: 'hindsight-log', version: 1 })}\n`;

const markerPath = (folder: string): string => join(folder, 'hindsight.json');
export const logPath = (folder: string): string => join(folder, 'log.jsonl');

/** Whether a log was begun in a folder. */
export const isBegun = (folder: string): boolean =>
  existsSync(markerPath(folder)) || existsSync(logPath(folder));

/** A data folder that this process alone holds. */
export interface Folder {
  readonly log: LogFile;
  /** Puts a file in the place of the log, for good; nothing may be read or written after that. */
  replaceLog(path: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a data folder, making it when there is none. `hindsight.json` says that a log was begun here,
 * so that a lost log is not taken for a new one, and carries the lock, which the kernel frees when the
 * process ends, however it ends. Rejects with StoreRefused.
 */
export async function openFolder(path: string, openLogFile: OpenLogFile): Promise<Folder> {
  const folder = resolve(path);
  const marker = await openMarker(folder).catch((cause: Error) => {
    throw new StoreRefused(`The data folder ${folder} cannot be used: ${cause.message}.`, {
      cause,
    });
  });
  try {
    if (!tryLock(marker.fd)) {
      throw new StoreRefused(`The data folder ${folder} is in use by another process.`);
    }
    const log = await openLog(folder, marker, openLogFile);
    return {
      log,
      replaceLog: async (by) => {
        // Windows replaces no open file.
        await log.close();
        await rename(by, logPath(folder));
        await syncFolder(folder);
      },
      close: async () => {
        await log.close();
        await marker.close();
      },
    };
  } catch (cause) {
    await marker.close();
    throw cause;
  }
}

/** Also a part of the marker, or one with holes: a crash cut a first start short, before any commit. */
const isMarker = (mark: string): boolean =>
  mark.split('').every((character, index) => character === MARKER[index] || character === '\0');

/** Makes the folder where there is none, each new name in it and above it durable. */
async function openMarker(folder: string): Promise<FileHandle> {
  const made = await mkdir(folder, { recursive: true });
  const marker = await open(markerPath(folder), 'a+');
  if (made === undefined) return marker;
  for (let at = folder; at.length >= made.length; at = dirname(at)) await syncFolder(dirname(at));
  return marker;
}

async function openLog(
  folder: string,
  marker: FileHandle,
  openLogFile: OpenLogFile,
): Promise<LogFile> {
  const path = logPath(folder);
  const mark = await marker.readFile('utf8');
  checkMark(folder, mark);
  const log = await openLogFile(path);
  try {
    await log.flush();
    await syncFolder(folder);
    if (mark !== MARKER) {
      await marker.truncate();
      await marker.writeFile(MARKER);
      await marker.sync();
    }
    return log;
  } catch (cause) {
    await log.close();
    throw cause;
  }
}

/** Throws StoreRefused for a folder of something else, or one that lost its log. */
function checkMark(folder: string, mark: string): void {
  if (!isMarker(mark)) {
    throw new StoreRefused(`${folder} was written by another version of Hindsight, or is damaged.`);
  }
  const path = logPath(folder);
  if (mark === MARKER && !existsSync(path)) {
    throw new StoreRefused(`The log ${path} is missing, but it was there before. Restore it.`);
  }
}

/**
 * Opens the log of a folder to read it and nothing else, whoever holds the folder. Rejects with
 * StoreRefused.
 */
export async function openToRead(path: string): Promise<FileHandle> {
  const folder = resolve(path);
  if (!isBegun(folder)) throw new StoreRefused(`There is no log in the data folder ${path}.`);
  try {
    const isMarked = existsSync(markerPath(folder));
    checkMark(folder, isMarked ? await readFile(markerPath(folder), 'utf8') : '');
    return await open(logPath(folder), 'r');
  } catch (cause) {
    if (cause instanceof StoreRefused) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StoreRefused(`The data folder ${folder} cannot be used: ${why}.`, { cause });
  }
}

/** Makes the names in a folder durable; Windows has no such thing and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  await handle.sync();
  await handle.close();
}
