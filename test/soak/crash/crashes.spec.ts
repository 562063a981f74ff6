import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { runCrashes } from './crashes.js';

const KILLS = 50;

it(
  `loses nothing and doubles nothing over ${KILLS} kills under load, retries included`,
  { timeout: 300_000 },
  async () => {
    const seed = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 32));
    const told: string[] = [];
    const report = await runCrashes({ kills: KILLS, seed, log: (line) => told.push(line) });
    expect(report.faults, `CRASH_SEED=${seed}\n${told.join('\n')}`).toEqual([]);
    // That it was a trial at all.
    expect(report.kills).toBe(KILLS);
    expect(report.early).toBeGreaterThan(0);
    expect(report.lost).toBeGreaterThan(KILLS);
    expect(report.replayed).toBeGreaterThan(0);
    expect(report.events).toBeGreaterThan(KILLS * 5);
  },
);
