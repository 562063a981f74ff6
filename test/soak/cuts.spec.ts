import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { runCuts } from './cuts.js';

describe('clients whose connections are cut again and again', () => {
  it(
    'receive, end to end, the slice of the log that they asked for',
    { timeout: 120_000 },
    async () => {
      const seed = Number(process.env['CUTS_SEED'] ?? randomInt(2 ** 32));
      const told: string[] = [];
      const report = await runCuts({
        cuts: 1_000,
        clients: 20,
        seed,
        log: (line) => told.push(line),
      });
      expect(report.faults, `CUTS_SEED=${seed}\n${told.join('\n')}`).toEqual([]);
      // That it was a trial at all.
      expect(report.cuts).toBeGreaterThanOrEqual(1_000);
      expect(report.restarts).toBe(2);
      // On a busy machine many a cut comes before the last one is healed.
      expect(report.fruitful).toBeGreaterThan(200);
      expect(report.events).toBeGreaterThan(200);
    },
  );
});
