import { expect, it } from 'vitest';
import { seeded } from '../seeded.js';
import { runCrashes } from './crashes.js';

const KILLS = 50;

it(
  `loses nothing and doubles nothing over ${KILLS} kills under load, retries included`,
  { timeout: 600_000 },
  async () => {
    const told: string[] = [];
    const { replay, report } = await seeded('CRASH_SEED', (seed) => {
      return runCrashes({ kills: KILLS, seed, log: (line) => told.push(line) });
    });
    expect(report.faults, `${replay}\n${told.join('\n')}`).toEqual([]);
    // That it was a trial at all.
    expect(report.kills).toBe(KILLS);
    expect(report.early).toBeGreaterThan(0);
    expect(report.lost).toBeGreaterThan(KILLS);
    expect(report.replayed).toBeGreaterThan(0);
    expect(report.events).toBeGreaterThan(KILLS * 5);
  },
);
