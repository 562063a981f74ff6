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
    async *chunks() {
      for (let at = 0; ;) {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK_BYTES), {
          position: at,
        });
        if (bytesRead === 0) return;
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    },
    append: (text) => handle.appendFile(text),
    flush: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  };
};
