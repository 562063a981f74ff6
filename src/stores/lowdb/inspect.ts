import type { FileHandle } from 'node:fs/promises';
import { START } from '../../core/event.js';
import { StoreRefused } from '../../core/event-store.js';
import type { Inspection, Piece } from '../../core/inspection.js';
import { openToRead } from './folder.js';
import { decodeLine, type Line } from './line.js';
import { behindHole, linesOf, mayBeTorn, type RawLine } from './read-log.js';

/**
 * Opens the log of a data folder to look at it, whoever has it open: it is only appended to, so what is
 * in it now stays. Nothing in the folder is made or changed. Rejects with StoreRefused.
 */
export async function inspectFolder<T>(
  path: string,
  work: (inspection: Inspection) => Promise<T>,
): Promise<T> {
  const file = await openToRead(path);
  try {
    const { size } = await file.stat();
    return await work({ size, pieces: () => piecesOf(file, size), kept: null });
  } catch (cause) {
    if (!isOfReading(cause)) throw cause;
    throw new StoreRefused(`The log could not be read: ${cause.message}.`, { cause });
  } finally {
    await file.close();
  }
}

const isOfReading = (cause: unknown): cause is NodeJS.ErrnoException =>
  cause instanceof Error && 'syscall' in cause && cause.syscall === 'read';

async function* piecesOf(file: FileHandle, size: number): AsyncGenerator<Piece> {
  if (size === 0) return;
  const chunks = file.createReadStream({ start: 0, end: size - 1, autoClose: false });
  const examiner = new LineExaminer();
  for await (const lines of linesOf(chunks)) {
    for (const raw of lines) yield* examiner.take(raw);
  }
  yield* examiner.end();
}

/** A line that may be the beginning of a last write that was cut short, and what came behind it. */
interface Suspect {
  readonly offset: number;
  /** The position before it. */
  readonly head: number;
  readonly pieces: Piece[];
}

/**
 * Lines as pieces. LineReader stops at the first that is damaged; this one goes on, and so must hold back
 * what follows a line that may be torn until another proves that it was on disk once.
 */
class LineExaminer {
  #head: number = START;
  #suspect: Suspect | null = null;

  take(raw: RawLine): readonly Piece[] {
    const { pieces, line } = examine(raw);
    if (this.#suspect === null && pieces[0]?.kind === 'damage' && mayBeTorn(raw)) {
      this.#suspect = { offset: raw.offset, head: this.#head, pieces: [] };
    }
    if (line !== undefined) this.#head = line.position + line.commit.length - 1;
    if (this.#suspect === null) return pieces;
    this.#suspect.pieces.push(...pieces);
    if (line === undefined || line.flushed <= this.#suspect.head) return [];
    const held = this.#suspect.pieces;
    this.#suspect = null;
    return held;
  }

  end(): readonly Piece[] {
    if (this.#suspect === null) return [];
    const { offset, pieces } = this.#suspect;
    return [{ kind: 'unfinished', offset, reached: pieces.at(-1)?.reached ?? offset }];
  }
}

/** What a line is, or holds behind a hole that swallowed its beginning. */
function examine(raw: RawLine): { readonly pieces: readonly Piece[]; readonly line?: Line } {
  const reached = raw.offset + raw.bytes.length + 1;
  const whole = raw.ended ? read(raw.bytes) : undefined;
  const rest = whole === undefined ? behindHole(raw.bytes) : raw.bytes;
  const line = whole ?? (rest.length < raw.bytes.length ? read(rest) : undefined);
  const damage: Piece = { kind: 'damage', offset: raw.offset, reached };
  if (line === undefined) return { pieces: [damage] };
  const offset = reached - 1 - rest.length;
  const commit: Piece = { kind: 'commit', events: line.commit, offset, reached };
  return { pieces: whole === undefined ? [damage, commit] : [commit], line };
}

/** Whoever writes a line by hand may give it the right checksum, and nothing else that is right. */
function read(bytes: Buffer): Line | undefined {
  try {
    const line = decodeLine(bytes);
    return line === undefined || line.commit.length === 0 ? undefined : line;
  } catch {
    return undefined;
  }
}
