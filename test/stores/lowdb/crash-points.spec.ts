import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { positionOf } from '../../../src/core/event.js';
import { randomOf } from '../../soak/random.js';
import { makeTempFolder, removeTempFolder } from '../../support/temp-folder.js';
import {
  crashEverywhere,
  faultsOf,
  type CrashReport,
  type Entry,
  type Told,
} from './crash-points.js';
import { CrashRun } from './crash-run.js';
import { recordedDisk } from './recorded-disk.js';

vi.mock(import('node:fs/promises'), async (original) => {
  const { recordedDisk: disk } = await import('./recorded-disk.js');
  return disk.over(await original());
});

/** Of the run; a failure tells it, so that it can be tried again. */
const SEED = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 32));
const DATA_DIR = 'data';

let root: string;
let run: CrashRun;

beforeAll(async () => {
  root = await makeTempFolder();
  run = new CrashRun(root, DATA_DIR, recordedDisk, randomOf(SEED));
  await run.live();
  await removeTempFolder(root);
});

function crash(entries: readonly Entry[]): Promise<CrashReport> {
  const random = randomOf(SEED).fork();
  return crashEverywhere({ root, dataDir: DATA_DIR, entries, randomStates: 5, random });
}

describe('a loss of power', () => {
  it('is tried in a run with all that can happen to a log', () => {
    for (const outcome of ['appended', 'conflict', 'taken', 'repeated', 'no space', 'torn']) {
      expect([SEED, ...run.counts.keys()]).toContain(outcome);
    }
    const { torn = 0, ...answers } = Object.fromEntries(run.counts);
    const commands = Object.values(answers).reduce((sum, each) => sum + each, 0);
    expect([SEED, torn, commands]).toEqual([SEED, 1, 200]);
    const operations = new Set(run.entries.map(({ does }) => does));
    for (const operation of ['create', 'write', 'flush', 'flush names', 'truncate', 'rename']) {
      expect(operations).toContain(operation);
    }
  });

  it('loses nothing that was acknowledged and leaves whole commits, at whichever point', async () => {
    const { points, states, faults } = await crash(run.entries);
    expect({ CRASH_SEED: SEED, faults }).toEqual({ CRASH_SEED: SEED, faults: [] });
    expect(points).toBeGreaterThan(100);
    expect(states).toBeGreaterThan(points);
  }, 60_000);
});

/** The number of the file that an import writes. */
function importedFile(entries: readonly Entry[]): number | undefined {
  for (const entry of entries) {
    if (entry.does === 'create' && entry.path.endsWith('.import')) return entry.file;
  }
  return undefined;
}

/** The same life on a disk, or of a store, that does not do what it should. */
const PLANTED: Readonly<Record<string, (entries: readonly Entry[]) => readonly Entry[]>> = {
  'a disk whose fdatasync does nothing': (entries) =>
    entries.filter(({ does }) => does !== 'flush'),
  'a store that makes no names durable': (entries) =>
    entries.filter(({ does }) => does !== 'flush names'),
  'a store that acknowledges before the flush': (entries) =>
    entries.flatMap((entry, index) => {
      if (entry.does === 'acknowledge') return [];
      if (entry.does !== 'flush') return [entry];
      const end = entries.findIndex((each, at) => at > index && each.does !== 'acknowledge');
      return [...entries.slice(index + 1, end), entry];
    }),
  'a store that refuses for want of space before the cut is durable': (entries) =>
    entries.filter(
      ({ does }, index) => does !== 'flush' || entries[index - 1]?.does !== 'truncate',
    ),
  'an import that takes the place of the log before it is flushed': (entries) => {
    const file = importedFile(entries);
    return entries.filter((entry) => entry.does !== 'flush' || entry.file !== file);
  },
};

const asked = (...unit: string[]): Told => ({ does: 'ask', unit });

const acknowledged = (at: number, ...unit: string[]): Told => ({
  does: 'acknowledge',
  unit,
  position: positionOf(at),
});

describe('the checker finds', () => {
  it.each(Object.entries(PLANTED))('%s', async (_, planted) => {
    const { faults } = await crash(planted(run.entries));
    expect({ CRASH_SEED: SEED, faults }).not.toEqual({ CRASH_SEED: SEED, faults: [] });
  });

  const told = [
    asked('a'),
    asked('b1', 'b2'),
    asked('c1', 'c2'),
    asked('d'),
    asked('e'),
    acknowledged(2, 'b1', 'b2'),
    acknowledged(1, 'a'),
    { does: 'refuse' as const, unit: ['d'] },
  ];

  it.each([
    ['an answer that is lost', ['a', 'b1'], 'acknowledged at 3'],
    ['answers in another order', ['b1', 'b2', 'a'], 'acknowledged at 1'],
    ['half a commit', ['a', 'b1', 'b2', 'c1'], 'at 4'],
    ['half a commit before another', ['a', 'b1', 'b2', 'c1', 'e'], 'at 4'],
    ['the other half', ['a', 'b1', 'b2', 'c2'], 'at 4'],
    ['a commit twice', ['a', 'b1', 'b2', 'e', 'e'], 'at 5'],
    ['a commit that was refused', ['a', 'b1', 'b2', 'd'], 'at 4'],
    ['a commit that nobody asked for', ['a', 'b1', 'b2', 'x'], 'at 4'],
  ])('%s', (_, ids, fault) => {
    expect(faultsOf(told, { ids, faults: [] })).toEqual([expect.stringContaining(fault)]);
  });

  it('no fault in whole commits that nobody has been told of yet', () => {
    for (const ids of [[], ['c1', 'c2'], ['e', 'c1', 'c2']]) {
      expect(faultsOf(told, { ids: ['a', 'b1', 'b2', ...ids], faults: [] })).toEqual([]);
    }
  });
});
