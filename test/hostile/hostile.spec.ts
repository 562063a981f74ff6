import { expect, it } from 'vitest';
import { seeded } from '../soak/seeded.js';
import { randomOf } from '../soak/random.js';
import type { Case } from './case.js';
import { CASES } from './cases/index.js';
import { judge } from './judge.js';
import { startHostilePipe, startHostileServer, type Target } from './target.js';

it('every case has an id of its own', () => {
  const ids = CASES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(80);
});

it.each([
  ['a server', startHostileServer, (each: Case) => each.door !== 'stdio'],
  ['a pipe', startHostilePipe, (each: Case) => each.door === 'stdio'],
])(
  '%s answers what is hostile as it should, and is none the worse',
  async (_, start, isFor) => {
    const target = await start();
    await seeded('HOSTILE_SEED', async (seed) => {
      const cases = shuffled(CASES.filter(isFor), seed);
      expect(await failures(target, cases)).toEqual([]);
    });
  },
  120_000,
);

/** One after the other, so that what is late is late by itself. */
async function failures(target: Target, cases: readonly Case[]): Promise<readonly string[]> {
  const found: string[] = [];
  // What was never carried out is slow the first time.
  for (let round = 0; round < 20; round += 1) await target.head();
  for (const hostile of cases) {
    const { id, door, title } = hostile;
    const wrong = await judge(target, hostile);
    found.push(...wrong.map((what) => `${id} (${door}) ${title}: ${what}`));
  }
  return found;
}

/** What one case leaves behind may trouble any other. */
function shuffled(cases: readonly Case[], seed: number): readonly Case[] {
  const random = randomOf(seed);
  return cases
    .map((each) => ({ each, place: random.below(2 ** 32) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ each }) => each);
}
