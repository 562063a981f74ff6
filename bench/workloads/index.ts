import type { Workload } from '../readings.js';
import { GROWTH } from './growth.js';
import { HTTP } from './http.js';
import { PAST } from './past.js';

/**
 * All that `npm run bench` runs, in the order of the report. What is measured under one name is put
 * beside the first who did it in the first round.
 */
export const WORKLOADS: readonly Workload[] = [...HTTP, ...PAST, ...GROWTH];

/** Those among them that `npm run bench:quick` runs, too. */
export const QUICK: readonly string[] = ['appends'];
