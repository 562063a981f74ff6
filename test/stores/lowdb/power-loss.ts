import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Random } from '../../soak/random.js';
import type { Operation } from './recorded-disk.js';

/** What a loss of power leaves of a folder: the paths within it, those of folders without content. */
export type Remains = ReadonlyMap<string, Buffer | null>;

type Change = Extract<Operation, { does: 'write' | 'truncate' }>;

interface Content {
  readonly flushed: Buffer;
  /** In their order. */
  readonly unflushed: readonly Change[];
}

/** A rename does both in one. */
interface NameChange {
  readonly removes?: string;
  /** A path, and its file; null for a folder. */
  readonly adds?: readonly [string, number | null];
}

type Names = ReadonlyMap<string, number | null>;

/** What is kept of what was not flushed; everything else is there anyway. */
export interface Keeping {
  readonly keepsName: () => boolean;
  readonly contentOf: (content: Content) => Buffer;
}

export const ALL: Keeping = {
  keepsName: () => true,
  contentOf: ({ flushed, unflushed }) => unflushed.reduce(changed, flushed),
};

export const NONE: Keeping = { keepsName: () => false, contentOf: ({ flushed }) => flushed };

/** As if the last change of every file had not come to be. */
export const BUT_THE_LAST: Keeping = {
  keepsName: () => true,
  contentOf: ({ flushed, unflushed }) => unflushed.slice(0, -1).reduce(changed, flushed),
};

/** Some names; of a file the first changes, the last of them in part, and holes where data is missing. */
export const randomly = (random: Random): Keeping => ({
  keepsName: () => random.below(2) === 0,
  contentOf: ({ flushed, unflushed }) => {
    const kept = unflushed.slice(0, random.below(unflushed.length + 1));
    const last = unflushed[kept.length];
    if (last?.does === 'write') {
      kept.push({ ...last, bytes: last.bytes.subarray(0, random.below(last.bytes.length + 1)) });
    }
    return kept.map((change) => withHoles(change, random)).reduce(changed, flushed);
  },
});

/** A hole reads as NUL: the file has its length already, but not yet the data. */
function withHoles(change: Change, random: Random): Change {
  if (change.does === 'truncate' || random.below(2) === 0) return change;
  const bytes = Buffer.from(change.bytes);
  const at = random.below(bytes.length + 1);
  const [from, to] = random.oneOf([
    [at, random.below(bytes.length + 1)],
    [at, bytes.length],
    [0, at],
    [bytes.length - 1, bytes.length],
  ]);
  bytes.fill(0, Math.max(0, Math.min(from, to)), Math.max(from, to));
  return { ...change, bytes };
}

function changed(before: Buffer, change: Change): Buffer {
  const end = change.does === 'write' ? change.at + change.bytes.length : change.length;
  const after = Buffer.alloc(change.does === 'write' ? Math.max(end, before.length) : end);
  before.copy(after);
  if (change.does === 'write') change.bytes.copy(after, change.at);
  return after;
}

/** A disk that keeps surely only what was flushed. */
export class ForgetfulDisk {
  readonly #contents = new Map<number, Content>();
  readonly #names = new Map<string, Names>();
  readonly #nameChanges = new Map<string, readonly NameChange[]>();

  constructor(private readonly root: string) {}

  take(operation: Operation): void {
    switch (operation.does) {
      case 'make folder':
        return this.#changeNames(operation.path, { adds: [operation.path, null] });
      case 'create':
        this.#contents.set(operation.file, { flushed: Buffer.alloc(0), unflushed: [] });
        return this.#changeNames(operation.path, { adds: [operation.path, operation.file] });
      case 'rename': {
        const file = this.#namesIn(dirname(operation.from), ALL).get(operation.from) ?? null;
        const { from: removes, to } = operation;
        return this.#changeNames(to, { removes, adds: [to, file] });
      }
      case 'remove':
        return this.#changeNames(operation.path, { removes: operation.path });
      case 'write':
      case 'truncate': {
        const { flushed, unflushed } = this.#content(operation.file);
        this.#contents.set(operation.file, { flushed, unflushed: [...unflushed, operation] });
        return;
      }
      case 'flush': {
        const flushed = ALL.contentOf(this.#content(operation.file));
        this.#contents.set(operation.file, { flushed, unflushed: [] });
        return;
      }
      case 'flush names':
        this.#names.set(operation.folder, this.#namesIn(operation.folder, ALL));
        this.#nameChanges.delete(operation.folder);
        return;
      default:
        operation satisfies never;
    }
  }

  /** What is there when the power comes back. */
  remains(keeping: Keeping, folder = this.root): Remains {
    const found = new Map<string, Buffer | null>();
    for (const [path, file] of this.#namesIn(folder, keeping)) {
      found.set(
        relative(this.root, path),
        file === null ? null : keeping.contentOf(this.#content(file)),
      );
      if (file !== null) continue;
      for (const [inner, content] of this.remains(keeping, path)) found.set(inner, content);
    }
    return found;
  }

  #namesIn(folder: string, keeping: Keeping): Names {
    const names = new Map(this.#names.get(folder));
    for (const { removes, adds } of this.#nameChanges.get(folder) ?? []) {
      if (!keeping.keepsName()) continue;
      if (removes !== undefined) names.delete(removes);
      if (adds !== undefined) names.set(...adds);
    }
    return names;
  }

  #changeNames(path: string, change: NameChange): void {
    const folder = dirname(path);
    this.#nameChanges.set(folder, [...(this.#nameChanges.get(folder) ?? []), change]);
  }

  #content(file: number): Content {
    const content = this.#contents.get(file);
    if (content === undefined) throw new Error(`there is no file ${file}`);
    return content;
  }
}

/** Puts what a loss of power has left into a real folder. */
export function putInto(folder: string, remains: Remains): void {
  for (const [path, content] of remains) {
    if (content === null) mkdirSync(join(folder, path));
    else writeFileSync(join(folder, path), content);
  }
}
