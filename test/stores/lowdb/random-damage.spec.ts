import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { StoreRefused } from '../../../src/core/event-store.js';
import { NO_VOCABULARY } from '../../../src/core/vocabulary.js';
import { AppendingAdapter } from '../../../src/stores/lowdb/adapter.js';
import { randomOf, type Random } from '../../soak/random.js';
import { makeTempFolder, removeTempFolder, tempFolder } from '../../support/temp-folder.js';
import { append, commitOf, named } from '../commits.js';
import {
  closed,
  lineAt,
  linesOf,
  logPath,
  openAt,
  readLogFile,
  type FileLine,
} from './log-folder.js';
import { TestDisk } from './test-disk.js';

const NUL = 0x00;
const NEWLINE = 0x0a;

/** Of the flips; a failure tells it, so that they can be tried again. */
const SEED = Number(process.env['DAMAGE_SEED'] ?? randomInt(2 ** 32));
const FLIPS = 20_000;
/** Of so many, one is tried on a real file, too. */
const PER_FILE = 50;

let file: Buffer;
let lines: readonly FileLine[];
/** Where the last write begins, which several commits shared. */
let lastWrite: number;

beforeAll(async () => {
  const folder = await makeTempFolder();
  const disk = new TestDisk();
  const store = await openAt(folder, { openFile: disk.open });
  for (let version = 0; version < 12; version += 2) {
    const data = { text: 'aé漢🦊 @ ', version, list: [null, true, 1.5] };
    await append(store, named(`c${version}`, commitOf('a', version, data, { version })));
  }
  const held = disk.holdNextFlush();
  const first = append(store, commitOf('b', 0, {}));
  await held.begun;
  const batch = ['c', 'd', 'e'].map((id) => append(store, commitOf(id, 0, { at: '@ @' })));
  held.finish();
  await Promise.all([first, ...batch]);
  ({ file, lines } = await closed(folder, store));
  lastWrite = lineAt(lines, -3).offset;
  await removeTempFolder(folder);
});

/** What becomes of a log: refused at an offset, cut at one, or taken as it is. */
type Verdict = `${'refused' | 'cut'} at ${number}` | 'taken' | `failed: ${string}`;

/** What a store makes of a log; says so if it changed anything else of it than to cut off its end. */
async function verdictOn(damaged: Buffer): Promise<Verdict> {
  const before = Buffer.from(damaged);
  let cutAt: number | undefined;
  const changes: string[] = [];
  const adapter = new AppendingAdapter(
    {
      async *chunks() {
        yield damaged;
      },
      append: async () => void changes.push('append'),
      flush: async () => undefined,
      truncate: async (length) => void changes.push(`cut at ${length}`),
      close: async () => undefined,
    },
    (offset) => {
      cutAt = offset;
    },
    NO_VOCABULARY,
  );
  const verdict = await adapter
    .read()
    .then((): Verdict => (cutAt === undefined ? 'taken' : `cut at ${cutAt}`), refusal);
  const expected = verdict.startsWith('cut') ? [verdict] : [];
  if (changes.join() !== expected.join() || !before.equals(damaged)) {
    return `failed: changed by ${changes.join()}`;
  }
  return verdict;
}

function refusal(cause: unknown): Verdict {
  const offset = cause instanceof StoreRefused && / at byte (\d+):/.exec(cause.message);
  return offset ? `refused at ${Number(offset[1])}` : `failed: ${String(cause)}`;
}

/** The same of a real file that a real store opens. */
async function verdictOnFile(damaged: Buffer): Promise<Verdict> {
  const folder = await tempFolder();
  await writeFile(logPath(folder), damaged);
  let cutAt: number | undefined;
  const verdict = await openAt(folder, {
    onTornTail: (offset) => {
      cutAt = offset;
    },
  }).then(async (store): Promise<Verdict> => {
    await store.close();
    return cutAt === undefined ? 'taken' : `cut at ${cutAt}`;
  }, refusal);
  const left = await readLogFile(folder);
  return left.equals(damaged.subarray(0, cutAt)) ? verdict : `failed: changed, ${verdict}`;
}

const lineWith = (at: number): FileLine => {
  const line = lines.find(({ end }) => at < end);
  if (line === undefined) throw new RangeError(`there is no byte ${at}`);
  return line;
};

/** A file with one bit flipped or a few, and the only verdicts that are right. */
function flipped(random: Random): { damaged: Buffer; right: readonly Verdict[] } {
  const damaged = Buffer.from(file);
  const bits = random.below(3) === 0 ? 2 + random.below(6) : 1;
  for (let bit = 0; bit < bits; bit += 1) {
    const at = random.below(file.length);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(8));
  }
  const first = damaged.findIndex((byte, at) => byte !== file[at]);
  // Two flips of the same bit are none.
  if (first === -1) return { damaged, right: ['taken'] };
  const { offset, end } = lineWith(first);
  const refused: Verdict = `refused at ${offset}`;
  // Nothing that was written later tells a write that was cut short from the last one, where that has
  // holes, or ends with no newline and is not whole without. A line whose newline is gone goes on.
  const newline = damaged.indexOf(NEWLINE, end - 1);
  const read = damaged.subarray(offset, newline === -1 ? damaged.length : newline);
  const isCutShort = read.includes(NUL) || (newline === -1 && first < file.length - 1);
  const mayBeTorn = offset >= lastWrite && isCutShort;
  return { damaged, right: mayBeTorn ? [refused, `cut at ${offset}`] : [refused] };
}

const joined = (some: readonly FileLine[]): Buffer => Buffer.concat(some.map(({ bytes }) => bytes));

describe('a log', () => {
  it(`is never taken with any of ${FLIPS} random flips of bits`, async () => {
    const random = randomOf(SEED);
    const wrong: string[] = [];
    const verdicts = new Map<string, number>();
    for (let flip = 0; flip < FLIPS; flip += 1) {
      const { damaged, right } = flipped(random);
      const found = [await verdictOn(damaged)];
      if (flip % PER_FILE === 0) found.push(await verdictOnFile(damaged));
      for (const verdict of found) {
        if (!right.includes(verdict)) wrong.push(`${flip}: ${verdict}, not ${right.join(' or ')}`);
        const [kind = ''] = verdict.split(' ');
        verdicts.set(kind, (verdicts.get(kind) ?? 0) + 1);
      }
    }
    expect({ DAMAGE_SEED: SEED, wrong }).toEqual({ DAMAGE_SEED: SEED, wrong: [] });
    expect(verdicts.get('refused')).toBeGreaterThan(FLIPS * 0.9);
    expect(verdicts.get('cut')).toBeGreaterThan(0);
  });

  it('is refused with any line missing but the last', async () => {
    for (const [index, { offset }] of lines.slice(0, -1).entries()) {
      expect(await verdictOn(joined(lines.toSpliced(index, 1)))).toBe(`refused at ${offset}`);
    }
  });

  it('is refused with any line repeated, wherever', async () => {
    for (const [place, line] of lines.entries()) {
      for (let at = 0; at <= lines.length; at += 1) {
        const damaged = joined(lines.toSpliced(at, 0, line));
        // Of two that stand side by side, the first is in its place.
        const offset = at === place ? line.end : (lines[at]?.offset ?? file.length);
        expect(await verdictOn(damaged)).toBe(`refused at ${offset}`);
      }
    }
  });

  it('is refused with any two lines swapped', async () => {
    for (const [one, first] of lines.entries()) {
      for (const [other, second] of lines.entries()) {
        if (one >= other) continue;
        const damaged = joined(lines.with(one, second).with(other, first));
        expect(await verdictOn(damaged)).toBe(`refused at ${first.offset}`);
      }
    }
  });

  it('is cut at the beginning of the line in which its file ends, wherever it ends', async () => {
    const begins = new Set([...lines.map(({ offset }) => offset), file.length]);
    for (let end = 0; end <= file.length; end += 1) {
      const cut = file.subarray(0, end);
      const last = linesOf(cut).at(-1)?.offset ?? 0;
      // A file that ends with a line is nothing but a shorter log.
      expect(await verdictOn(cut)).toBe(begins.has(end) ? 'taken' : `cut at ${last}`);
    }
  });
});
