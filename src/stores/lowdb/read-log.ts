import { positionOf, START, type Position } from '../../core/event.js';
import { StoreRefused } from '../../core/event-store.js';
import { NO_VOCABULARY, type Vocabulary } from '../../core/vocabulary.js';
import type { RecordedCommit } from '../record.js';
import { decodeLine } from './line.js';

const NEWLINE = 0x0a;

/** What a log file holds. `tornAt` is the offset of a last write that never finished. */
export interface ReadLog {
  readonly commits: RecordedCommit[];
  readonly head: Position;
  /** How long the file is, in bytes, without that write. */
  readonly length: number;
  readonly tornAt: number | null;
}

export interface RawLine {
  readonly offset: number;
  readonly bytes: Buffer;
  /** False for what follows the last newline. */
  readonly ended: boolean;
}

/**
 * Reads a log from its beginning, its events in their present form. Rejects with StoreRefused, naming
 * the offset, when any line is not what was written or does not follow the one before; a write cut short
 * by a crash is not damage.
 */
export async function readLog(
  chunks: AsyncIterable<Buffer>,
  vocabulary: Pick<Vocabulary, 'upcast'> = NO_VOCABULARY,
): Promise<ReadLog> {
  const reader = new LineReader();
  const commits: RecordedCommit[] = [];
  for await (const lines of linesOf(chunks)) {
    for (const raw of lines) {
      const commit = reader.take(raw);
      if (commit !== undefined) commits.push(commit.map((event) => vocabulary.upcast(event)));
    }
  }
  return { commits, head: reader.head, length: reader.length, tornAt: reader.tornAt };
}

/** The lines of a log, taken one after the other; it holds none of them. */
export class LineReader {
  #head = START;
  #length = 0;
  #suspect: Pick<RawLine, 'offset'> | null = null;

  /** The position of the last event taken. */
  get head(): Position {
    return this.#head;
  }

  /** How many bytes the lines taken have, newlines included. */
  get length(): number {
    return this.#length;
  }

  /** The offset of a last write that never finished. */
  get tornAt(): number | null {
    return this.#suspect?.offset ?? null;
  }

  /** Answers the line's commit; none for a write that never finished. */
  take(raw: RawLine): RecordedCommit | undefined {
    const line = raw.ended ? decodeLine(raw.bytes) : undefined;
    if (line === undefined && this.#suspect === null && mayBeTorn(raw)) {
      this.#suspect = { offset: raw.offset };
    }
    if (this.#suspect !== null) {
      // A line that knew the suspect's place to be on disk proves that it was whole once.
      const later = line ?? decodeLine(behindHole(raw.bytes));
      if (later !== undefined && later.flushed > this.#head) throw damaged(this.#suspect);
      return undefined;
    }
    if (line === undefined || line.position !== this.#head + 1) throw damaged(raw);
    this.#head = positionOf(this.#head + line.commit.length);
    this.#length = raw.offset + raw.bytes.length + 1;
    return line.commit;
  }
}

/**
 * A write that a crash cut short ends early or has holes, which read as NUL; JSON holds neither. The
 * last line with only its newline changed to anything else is whole, and so must be damage.
 */
export function mayBeTorn({ bytes, ended }: RawLine): boolean {
  if (ended) return bytes.includes(0);
  if (bytes.at(-1) === 0) return true;
  return decodeLine(bytes.subarray(0, -1)) === undefined;
}

/** A hole may have swallowed a newline, and so stand before a whole line. */
export const behindHole = (bytes: Buffer): Buffer => bytes.subarray(bytes.lastIndexOf(0) + 1);

function damaged({ offset }: Pick<RawLine, 'offset'>): StoreRefused {
  return new StoreRefused(
    `The log is damaged at byte ${offset}: the line there is not the one that was written. Nothing was changed; restore the file from a backup.`,
  );
}

/** The lines of a log, as many at a time as a chunk ends. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly RawLine[]> {
  let offset = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: RawLine[] = [];
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
      lines.push({ offset: offset + from, bytes: bytes.subarray(from, end), ended: true });
      from = end + 1;
    }
    yield lines;
    offset += from;
    rest = bytes.subarray(from);
  }
  if (rest.length > 0) yield [{ offset, bytes: rest, ended: false }];
}
