import type { Workload } from '../readings.js';
import { HTTP } from './http.js';

/**
 * All that `npm run bench` runs, in the order of the report. What is measured under one name is put
 * beside the first who did it in the first round.
 */
export const WORKLOADS: readonly Workload[] = [...HTTP];

/** Those among them that `npm run bench:quick` runs, too. */
export const QUICK: readonly string[] = ['appends'];
