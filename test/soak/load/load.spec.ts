import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { runLoad } from './load.js';

const SECONDS = 30;

it(
  `serves 500 connections for ${SECONDS} seconds without an error, and stops under them`,
  { timeout: 240_000 },
  async () => {
    const seed = Number(process.env['LOAD_SEED'] ?? randomInt(2 ** 32));
    const told: string[] = [];
    const report = await runLoad({ seconds: SECONDS, seed, log: (line) => told.push(line) });
    expect(report.faults, `LOAD_SEED=${seed}\n${told.join('\n')}`).toEqual([]);
    // That it was a trial at all.
    expect(report.connections).toBe(500);
    expect(report.commands).toBeGreaterThan(500);
    expect(report.questions).toBeGreaterThan(500);
    expect(report.deliveries).toBeGreaterThan(2_000);
    expect(report.cuts).toBeGreaterThan(20);
    expect(Object.keys(report.verdicts)).toHaveLength(8);
  },
);
