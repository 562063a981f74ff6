import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { StoreRefused } from '../../../src/core/event-store.js';
import type { Piece } from '../../../src/core/inspection.js';
import { inspectFolder } from '../../../src/stores/lowdb/inspect.js';
import { readLog } from '../../../src/stores/lowdb/read-log.js';
import { tempFolder } from '../../support/temp-folder.js';
import { append, commitOf } from '../commits.js';
import { closed, lineAt, logPath, openAt, readLogFile, writtenFolder } from './log-folder.js';

const NUL = 0x00;

async function piecesIn(folder: string): Promise<Piece[]> {
  const pieces: Piece[] = [];
  await inspectFolder(folder, async (inspection) => {
    for await (const piece of inspection.pieces()) pieces.push(piece);
    expect(pieces.at(-1)?.reached ?? 0).toBeLessThanOrEqual(inspection.size + 1);
  });
  return pieces;
}

/** Pieces in short: positions of commits, offsets of the rest. */
const brief = (pieces: readonly Piece[]) =>
  pieces.map((piece) =>
    piece.kind === 'commit'
      ? piece.events.map(({ position }) => Number(position)).join(' ')
      : `${piece.kind} at ${piece.offset}`,
  );

/** What a server would say to a log; where it refuses one, which line it names. */
async function verdictOn(file: Buffer): Promise<object> {
  try {
    const { head, tornAt } = await readLog(only(file));
    return { head, tornAt };
  } catch (cause) {
    if (!(cause instanceof StoreRefused)) throw cause;
    return { refusedAt: Number(/at byte (\d+)/.exec(cause.message)?.[1]) };
  }
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** The same, from the pieces of the log. */
function verdictOf(pieces: readonly Piece[]): object {
  let [head, tornAt]: [number, number | null] = [0, null];
  for (const piece of pieces) {
    if (piece.kind === 'unfinished') tornAt = piece.offset;
    else if (piece.kind === 'damage') return { refusedAt: piece.offset };
    else if (piece.events[0]?.position !== head + 1) return { refusedAt: piece.offset };
    else head += piece.events.length;
  }
  return { head, tornAt };
}

/** Commits alone and commits that shared a flush. */
async function mixedFolder() {
  const folder = await tempFolder();
  const store = await openAt(folder);
  for (let round = 0; round < 3; round += 1) {
    await append(store, commitOf('a', round, { round }));
    const together = ['b', 'c', 'd'].map((id) => append(store, commitOf(id, 2 * round, {}, {})));
    await Promise.all(together);
  }
  return closed(folder, store);
}

const changes = fc.record({
  kind: fc.constantFrom<'cut' | 'change' | 'hole' | 'remove' | 'repeat'>(
    'cut',
    'change',
    'hole',
    'remove',
    'repeat',
  ),
  from: fc.nat(),
  length: fc.integer({ min: 1, max: 700 }),
  byte: fc.constantFrom(0x00, 0x0a, 0x20, 0x7d),
});
type Change = typeof changes extends fc.Arbitrary<infer T> ? T : never;

function changed(file: Buffer, { kind, from, length, byte }: Change): Buffer {
  const at = from % file.length;
  const end = Math.min(at + length, file.length);
  const [before, within, after] = [
    file.subarray(0, at),
    file.subarray(at, end),
    file.subarray(end),
  ];
  switch (kind) {
    case 'cut':
      return before;
    case 'change':
      return Buffer.concat([before, Buffer.of(byte), file.subarray(at + 1)]);
    case 'hole':
      return Buffer.concat([before, Buffer.alloc(within.length), after]);
    case 'remove':
      return Buffer.concat([before, after]);
    case 'repeat':
      return Buffer.concat([before, within, within, after]);
    default:
      return kind satisfies never;
  }
}

describe('the pieces of a log file', () => {
  it('are its commits, each with its offset', async () => {
    const { folder, lines, events } = await writtenFolder(3);
    expect(await piecesIn(folder)).toEqual(
      events.map((event, index) => {
        const { offset, end } = lineAt(lines, index);
        return { kind: 'commit', events: [event], offset, reached: end };
      }),
    );
  });

  it('begin to differ where a server would refuse the file, whatever became of it', async () => {
    const { folder, file } = await mixedFolder();
    await fc.assert(
      fc.asyncProperty(fc.array(changes, { minLength: 1, maxLength: 2 }), async (all) => {
        const odd = all.reduce(changed, file);
        fc.pre(odd.length > 0);
        await writeFile(logPath(folder), odd);
        expect(verdictOf(await piecesIn(folder))).toEqual(await verdictOn(odd));
        expect((await readLogFile(folder)).equals(odd)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('go on behind a line that cannot be read', async () => {
    const { folder, file, lines } = await writtenFolder(4);
    const { offset } = lineAt(lines, 1);
    file[offset + 30] = 0x7e;
    await writeFile(logPath(folder), file);
    expect(brief(await piecesIn(folder))).toEqual(['1', `damage at ${offset}`, '3', '4']);
  });

  it('go on behind a hole, also in the middle of a line', async () => {
    const { folder, file, lines } = await writtenFolder(5);
    const [from, to] = [lineAt(lines, 1).offset + 30, lineAt(lines, 3).offset];
    await writeFile(logPath(folder), file.fill(NUL, from, to));
    const { offset } = lineAt(lines, 1);
    expect(brief(await piecesIn(folder))).toEqual(['1', `damage at ${offset}`, '4', '5']);
  });

  it('end with what may be a write cut short, and leave out what was written with it', async () => {
    const { folder, file, lines } = await mixedFolder();
    // The last flush had two lines.
    const { offset, end } = lineAt(lines, -2);
    await writeFile(logPath(folder), file.fill(NUL, offset + 5, end));
    const pieces = brief(await piecesIn(folder));
    expect(pieces.at(-1)).toBe(`unfinished at ${offset}`);
    expect(pieces).toHaveLength(lines.length - 2 + 1);
  });

  it('are none of an empty log', async () => {
    const { folder } = await writtenFolder(0);
    expect(await piecesIn(folder)).toEqual([]);
  });
});

describe('a folder that cannot be looked at', () => {
  it('is one without a log, and stays as it is', async () => {
    const folder = join(await tempFolder(), 'none');
    await expect(piecesIn(folder)).rejects.toThrow(`There is no log in the data folder ${folder}.`);
    await mkdir(folder);
    await expect(piecesIn(folder)).rejects.toThrow(StoreRefused);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is one that lost its log, or is of another version', async () => {
    const { folder } = await writtenFolder(1);
    await writeFile(join(folder, 'hindsight.json'), '{"format":"hindsight-log","version":2}\n');
    await expect(piecesIn(folder)).rejects.toThrow('was written by another version of Hindsight');
    const lost = await tempFolder();
    await writeFile(join(lost, 'hindsight.json'), '{"format":"hindsight-log","version":1}\n');
    await expect(piecesIn(lost)).rejects.toThrow('is missing, but it was there before');
  });

  it('is one whose log is no file', async () => {
    const folder = await tempFolder();
    await mkdir(logPath(folder));
    await expect(piecesIn(folder)).rejects.toThrow('The log could not be read: EISDIR');
  });
});
