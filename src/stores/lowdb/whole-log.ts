import { constants, createReadStream } from 'node:fs';
import { copyFile, open, rm, truncate, type FileHandle } from 'node:fs/promises';
import { positionOf, type Position, type RecordedEvent } from '../../core/event.js';
import { StoreRefused } from '../../core/event-store.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import type { WholeLog } from '../../core/whole-log.js';
import { commitsOf } from '../commits.js';
import { isBegun, logPath, openFolder, type Folder } from './folder.js';
import { encodeLine } from './line.js';
import { openLogFile } from './log-file.js';
import { LineReader, linesOf } from './read-log.js';

const EVENTS_AT_ONCE = 1_000;
const CHARACTERS_AT_ONCE = 1 << 20;

export interface LowdbWholeLogOptions {
  readonly vocabulary: Vocabulary;
  /** Whether a folder without a log is begun; else it is refused. */
  readonly mayBegin: boolean;
  /** Told of a last write that a crash cut short. It is left where it is, and moved nowhere. */
  readonly onTornTail: (offset: number) => void;
}

/**
 * Opens the log of a data folder, which nobody else may have open. Reads it through once, so that
 * nothing is taken out of a damaged one. Rejects with StoreRefused.
 */
export async function openWholeLog(
  path: string,
  options: LowdbWholeLogOptions,
): Promise<LowdbWholeLog> {
  if (!options.mayBegin && !isBegun(path)) {
    throw new StoreRefused(`There is no log in the data folder ${path}.`);
  }
  const folder = await openFolder(path, openLogFile);
  try {
    const reader = new LineReader();
    for await (const lines of linesOf(folder.log.chunks())) {
      for (const raw of lines) reader.take(raw);
    }
    if (reader.tornAt !== null) options.onTornTail(reader.tornAt);
    return new LowdbWholeLog({ path, folder, length: reader.length, ...options }, reader.head);
  } catch (cause) {
    await folder.close();
    throw cause;
  }
}

interface Parts extends Pick<LowdbWholeLogOptions, 'vocabulary'> {
  readonly path: string;
  readonly folder: Folder;
  /** In bytes, without a last write that was cut short. */
  readonly length: number;
}

export class LowdbWholeLog implements WholeLog {
  constructor(
    private readonly parts: Parts,
    readonly head: Position,
  ) {}

  async *read(): AsyncGenerator<readonly RecordedEvent[]> {
    const { path, length, vocabulary } = this.parts;
    if (length === 0) return;
    const reader = new LineReader();
    let batch: RecordedEvent[] = [];
    for await (const lines of linesOf(createReadStream(logPath(path), { end: length - 1 }))) {
      for (const raw of lines) {
        for (const event of reader.take(raw) ?? []) batch.push(vocabulary.upcast(event));
        if (batch.length < EVENTS_AT_ONCE) continue;
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }

  /** Writes a second log beside the first, which takes its place once all of it is on disk. */
  async add(events: AsyncIterable<readonly RecordedEvent[]>): Promise<void> {
    const { path, folder, length } = this.parts;
    const copy = `${logPath(path)}.import`;
    try {
      // Where the file system can, the copy takes neither time nor room.
      await copyFile(logPath(path), copy, constants.COPYFILE_FICLONE);
      await truncate(copy, length);
      const file = await open(copy, 'a');
      try {
        await writeLines(file, events);
        await file.sync();
      } finally {
        await file.close();
      }
      await folder.replaceLog(copy);
    } catch (cause) {
      await rm(copy, { force: true });
      throw isOfDisk(cause)
        ? new StoreRefused(`The log could not be written: ${cause.message}.`, { cause })
        : cause;
    }
  }

  close(): Promise<void> {
    return this.parts.folder.close();
  }
}

async function writeLines(
  file: FileHandle,
  events: AsyncIterable<readonly RecordedEvent[]>,
): Promise<void> {
  let text = '';
  for await (const commit of commitsOf(events)) {
    // The file is seen by nobody before all of it is on disk.
    text += encodeLine(commit, positionOf((commit[0]?.position ?? 1) - 1));
    if (text.length < CHARACTERS_AT_ONCE) continue;
    await file.appendFile(text);
    text = '';
  }
  await file.appendFile(text);
}

const isOfDisk = (cause: unknown): cause is NodeJS.ErrnoException =>
  cause instanceof Error && 'syscall' in cause;
