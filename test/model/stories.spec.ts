import { randomInt } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, inject, it, onTestFinished } from 'vitest';
import { Theatre } from './play.js';
import { stories } from './steps/index.js';

/** A thousand in all; on PostgreSQL a story takes several times as long. */
const USUALLY = { lowdb: 800, postgres: 200 };

// MODEL_SEED plays the same stories again; MODEL_PATH, and MODEL_REPLAY from the end of its
// counterexample, with it the one alone that failed, in a world where no others were before it.
const { MODEL_RUNS, MODEL_SEED, MODEL_PATH, MODEL_REPLAY } = process.env;
const runs = Number(MODEL_RUNS ?? USUALLY[inject('store')]);
const seed = Number(MODEL_SEED ?? randomInt(2 ** 31));

it(
  `${runs} stories go as a plain model in memory has it`,
  { timeout: 300_000 + 1_000 * runs },
  async () => {
    const theatre = new Theatre();
    onTestFinished(() => theatre.close());
    const property = fc.asyncProperty(stories(MODEL_REPLAY), (story) => theatre.play(story));
    const replay = { seed, ...(MODEL_PATH !== undefined && { path: MODEL_PATH }) };
    await expect(fc.assert(property, { numRuns: runs, ...replay })).resolves.toBeUndefined();
  },
);
