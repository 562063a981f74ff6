import { expect, it } from 'vitest';
import { seeded } from '../seeded.js';
import { runLoad } from './load.js';

const SECONDS = 30;

it(
  `serves 500 connections for ${SECONDS} seconds without an error, and stops under them`,
  { timeout: 240_000 },
  async () => {
    const told: string[] = [];
    const { replay, report } = await seeded('LOAD_SEED', (seed) => {
      return runLoad({ seconds: SECONDS, seed, log: (line) => told.push(line) });
    });
    expect(report.faults, `${replay}\n${told.join('\n')}`).toEqual([]);
    // That it was a trial at all.
    expect(report.connections).toBe(500);
    expect(report.commands).toBeGreaterThan(500);
    expect(report.questions).toBeGreaterThan(500);
    expect(report.deliveries).toBeGreaterThan(2_000);
    expect(report.cuts).toBeGreaterThan(20);
    expect(Object.keys(report.verdicts)).toHaveLength(8);
  },
);
