import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { StoreRefused } from '../../../src/core/event-store.js';
import { readLog } from '../../../src/stores/lowdb/read-log.js';
import {
  lineAt,
  logPath,
  openAt,
  readLogFile,
  writtenFolder,
  type FileLine,
} from './log-folder.js';

const NUL = 0x00;
const NEWLINE = 0x0a;

const UNTOUCHED = 'and the file is untouched';

const refusedAt = (offset: number) => expect.stringContaining(`at byte ${offset}:`);

/** What becomes of opening a folder whose log was replaced: the refusal, and the file afterwards. */
async function opening(folder: string, damaged: Buffer): Promise<[string, string]> {
  await writeFile(logPath(folder), damaged);
  const verdict = await openAt(folder).then(async (store) => {
    await store.close();
    return 'opened';
  }, describeRefusal);
  const untouched = (await readLogFile(folder)).equals(damaged);
  return [verdict, untouched ? UNTOUCHED : 'and the file was changed'];
}

const describeRefusal = (cause: unknown): string =>
  cause instanceof StoreRefused ? cause.message : `failed: ${String(cause)}`;

/** What the reader alone makes of a file, where thousands of them are tried. */
async function verdictOn(file: Buffer): Promise<string> {
  try {
    const { head, tornAt } = await readLog(oneChunk(file));
    return `accepted up to ${head}, cut at ${tornAt}`;
  } catch (cause) {
    return describeRefusal(cause);
  }
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

function changed(file: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(file);
  copy[at] = value;
  return copy;
}

/** Every bit of a byte flipped, and the two values that mean something to the reader. */
function otherValues(value: number): number[] {
  const flipped = Array.from({ length: 8 }, (_, bit) => value ^ (1 << bit));
  return [...new Set([...flipped, NUL, NEWLINE])].filter((each) => each !== value);
}

interface Change {
  readonly line: FileLine;
  readonly at: number;
  readonly value: number;
}

const changesOf = (lines: readonly FileLine[]): Change[] =>
  lines.flatMap((line) =>
    [...line.bytes].flatMap((byte, index) =>
      otherValues(byte).map((value) => ({ line, at: line.offset + index, value })),
    ),
  );

const joined = (lines: readonly FileLine[]): Buffer =>
  Buffer.concat(lines.map((line) => line.bytes));

/** The changes that are not refused with the place of the line they are in. */
async function unnoticed(file: Buffer, changes: readonly Change[]): Promise<string[]> {
  const found: string[] = [];
  for (const { line, at, value } of changes) {
    const verdict = await verdictOn(changed(file, at, value));
    if (!verdict.includes(`at byte ${line.offset}:`)) found.push(`${at} as ${value}: ${verdict}`);
  }
  return found;
}

describe('a damaged log', () => {
  it('is refused and left alone, whichever byte of a line in the middle was changed', async () => {
    const { folder, file, lines } = await writtenFolder(3);
    const line = lineAt(lines, 1);
    for (let at = line.offset; at < line.end; at += 1) {
      const damaged = changed(file, at, (file[at] ?? 0) ^ 0x01);
      expect(await opening(folder, damaged)).toEqual([refusedAt(line.offset), UNTOUCHED]);
    }
  });

  it('is refused for any other value of any byte before the last line', async () => {
    const { file, lines } = await writtenFolder(4);
    expect(await unnoticed(file, changesOf(lines.slice(0, -1)))).toEqual([]);
  });

  it('is refused for the last line too, unless a byte became NUL as in a write cut short', async () => {
    const { file, lines } = await writtenFolder(2);
    const changes = changesOf(lines.slice(-1)).filter(({ value }) => value !== NUL);
    expect(await unnoticed(file, changes)).toEqual([]);
  });

  it('is refused when the newline at its end became anything else but a hole', async () => {
    const { file, lines } = await writtenFolder(2);
    const line = lineAt(lines, -1);
    const changes = [0x20, 0x0d, 0x7d].map((value) => ({ line, at: line.end - 1, value }));
    expect(await unnoticed(file, changes)).toEqual([]);
  });

  it('is refused when a line is missing', async () => {
    const { folder, lines } = await writtenFolder(4);
    for (const missing of [0, 1, 2]) {
      const damaged = joined(lines.toSpliced(missing, 1));
      const { offset } = lineAt(lines, missing);
      expect(await opening(folder, damaged)).toEqual([refusedAt(offset), UNTOUCHED]);
    }
  });

  it('is refused when two lines changed places', async () => {
    const { folder, lines } = await writtenFolder(4);
    for (const first of [0, 1, 2]) {
      const [one, other] = [lineAt(lines, first), lineAt(lines, first + 1)];
      const damaged = joined(lines.toSpliced(first, 2, other, one));
      expect(await opening(folder, damaged)).toEqual([refusedAt(one.offset), UNTOUCHED]);
    }
  });

  it('is refused when a line is there twice', async () => {
    const { folder, lines } = await writtenFolder(3);
    for (const [index, line] of lines.entries()) {
      const damaged = joined(lines.toSpliced(index, 0, line));
      expect(await opening(folder, damaged)).toEqual([refusedAt(line.end), UNTOUCHED]);
    }
  });

  it('is refused when bytes are missing in the middle', async () => {
    const { folder, file, lines } = await writtenFolder(4);
    const { offset, end } = lineAt(lines, 1);
    const gaps: [number, number][] = [
      [offset + 20, offset + 21],
      [offset + 20, end + 30],
      [end - 1, end],
    ];
    for (const [from, to] of gaps) {
      const damaged = Buffer.concat([file.subarray(0, from), file.subarray(to)]);
      expect(await opening(folder, damaged)).toEqual([refusedAt(offset), UNTOUCHED]);
    }
  });

  it('is refused when a hole is followed by what was written after it was on the disk', async () => {
    const { folder, file, lines } = await writtenFolder(4);
    for (const { offset, end } of lines.slice(0, -1)) {
      const damaged = Buffer.from(file).fill(NUL, offset + 5, end);
      expect(await opening(folder, damaged)).toEqual([refusedAt(offset), UNTOUCHED]);
    }
  });

  it('opens again when it was restored', async () => {
    const { folder, file } = await writtenFolder(3);
    expect(await opening(folder, changed(file, 5, NUL))).toEqual([refusedAt(0), UNTOUCHED]);
    expect(await opening(folder, file)).toEqual(['opened', UNTOUCHED]);
  });
});
