import { open } from 'node:fs/promises';

const CHUNK_BYTES = 1 << 20;

/** The few things that a log asks of its file; a test may put a failing disk in its place. */
export interface LogFile {
  /** The file from its beginning, in pieces. */
  chunks(): AsyncIterable<Buffer>;
  /** Writes at the end; what it resolves to is in the file, not yet on the disk. */
  append(text: string): Promise<void>;
  /** Resolves when all that was appended is on the disk. */
  flush(): Promise<void>;
  /** Cuts the file to a length in bytes. */
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

export type OpenLogFile = (path: string) => Promise<LogFile>;

/** A real file, made when there is none. */
export const openLogFile: OpenLogFile = async (path) => {
  const handle = await open(path, 'a+');
  return {
    // The next piece is read while one is looked at.
    chunks: () =>
      handle.createReadStream({ start: 0, autoClose: false, highWaterMark: CHUNK_BYTES }),
    append: (text) => handle.appendFile(text),
    flush: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  };
};
