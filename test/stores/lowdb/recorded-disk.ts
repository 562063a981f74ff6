import { existsSync, readFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type * as promises from 'node:fs/promises';
import { dirname } from 'node:path';

/** What was asked of a disk; a file is a number, as its names may change. */
export type Operation =
  | { readonly does: 'make folder'; readonly path: string }
  | { readonly does: 'create'; readonly path: string; readonly file: number }
  | { readonly does: 'rename'; readonly from: string; readonly to: string }
  | { readonly does: 'remove'; readonly path: string }
  | { readonly does: 'write'; readonly file: number; readonly at: number; readonly bytes: Buffer }
  | { readonly does: 'truncate'; readonly file: number; readonly length: number }
  | { readonly does: 'flush'; readonly file: number }
  | { readonly does: 'flush names'; readonly folder: string };

type Promises = typeof promises;
type Watched = Pick<Promises, 'open' | 'rename' | 'rm' | 'truncate' | 'copyFile'>;

/** Stands before `node:fs/promises`, does all that is asked, and writes down what changes a folder. */
export class RecordedDisk {
  #root: string | null = null;
  #record: (operation: Operation) => void = () => undefined;
  #files = 0;
  readonly #folders = new Set<string>();
  readonly #names = new Map<string, number>();
  readonly #lengths = new Map<number, number>();
  #isFull = false;

  /** Writes down from now on what happens within a folder, which is empty. */
  watch(root: string, record: (operation: Operation) => void): void {
    this.#root = root;
    this.#record = record;
    this.#folders.clear();
    this.#folders.add(root);
    this.#names.clear();
  }

  unwatch(): void {
    this.#root = null;
  }

  /** While it is full, a write gets half of its bytes into the file, and fails. */
  fill(isFull: boolean): void {
    this.#isFull = isFull;
  }

  over(fs: Promises): Promises & Watched {
    return {
      ...fs,
      open: async (path, flags, mode) => {
        const [name, isNew] = [String(path), !existsSync(path)];
        const handle = await fs.open(path, flags, mode);
        if (!this.#isWatched(name)) return handle;
        if ((await handle.stat()).isDirectory()) return this.#watchFolder(handle, name);
        if (isNew) this.#create(name);
        return this.#watchFile(handle, this.#fileAt(name));
      },
      rename: async (from, to) => {
        if (this.#isWatched(String(to))) this.#rename(String(from), String(to));
        await fs.rename(from, to);
      },
      rm: async (path, options) => {
        if (this.#names.delete(String(path))) this.#record({ does: 'remove', path: String(path) });
        await fs.rm(path, options);
      },
      truncate: async (path, length) => {
        if (this.#isWatched(String(path))) this.#cut(this.#fileAt(String(path)), length ?? 0);
        await fs.truncate(path, length);
      },
      copyFile: async (from, to, mode) => {
        if (this.#isWatched(String(to))) {
          if (!existsSync(to)) this.#create(String(to));
          this.#cut(this.#fileAt(String(to)), 0);
          this.#write(this.#fileAt(String(to)), readFileSync(from));
        }
        await fs.copyFile(from, to, mode);
      },
    };
  }

  #isWatched(path: string): boolean {
    return this.#root !== null && path.startsWith(this.#root);
  }

  #watchFolder(handle: FileHandle, folder: string): FileHandle {
    const sync = handle.sync.bind(handle);
    handle.sync = async () => {
      await sync();
      this.#record({ does: 'flush names', folder });
    };
    return handle;
  }

  #watchFile(handle: FileHandle, file: number): FileHandle {
    const truncate = handle.truncate.bind(handle);
    handle.truncate = async (length) => {
      this.#cut(file, length ?? 0);
      await truncate(length);
    };
    for (const way of ['appendFile', 'writeFile'] as const) {
      const write = handle[way].bind(handle);
      handle[way] = async (data) => {
        const isFull = this.#isFull;
        const bytes = Buffer.from(data);
        const fitting = isFull ? bytes.subarray(0, bytes.length / 2) : bytes;
        this.#write(file, fitting);
        await write(fitting);
        if (isFull) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      };
    }
    for (const way of ['sync', 'datasync'] as const) {
      const flush = handle[way].bind(handle);
      handle[way] = async () => {
        await flush();
        this.#record({ does: 'flush', file });
      };
    }
    return handle;
  }

  #fileAt(path: string): number {
    const file = this.#names.get(path);
    if (file === undefined) throw new Error(`nobody has seen ${path} being made`);
    return file;
  }

  #create(path: string): void {
    this.#makeFolder(dirname(path));
    const file = this.#files;
    this.#files += 1;
    this.#names.set(path, file);
    this.#lengths.set(file, 0);
    this.#record({ does: 'create', path, file });
  }

  /** A folder is seen when the first file is made in it. */
  #makeFolder(path: string): void {
    if (this.#folders.has(path)) return;
    this.#makeFolder(dirname(path));
    this.#folders.add(path);
    this.#record({ does: 'make folder', path });
  }

  #rename(from: string, to: string): void {
    this.#names.set(to, this.#fileAt(from));
    this.#names.delete(from);
    this.#record({ does: 'rename', from, to });
  }

  #cut(file: number, length: number): void {
    this.#lengths.set(file, length);
    this.#record({ does: 'truncate', file, length });
  }

  #write(file: number, bytes: Buffer): void {
    const at = this.#lengths.get(file) ?? 0;
    this.#lengths.set(file, at + bytes.length);
    this.#record({ does: 'write', file, at, bytes });
  }
}

/** The one that a spec puts in the place of `node:fs/promises`. */
export const recordedDisk = new RecordedDisk();
