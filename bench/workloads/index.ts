import type { Workload } from '../readings.js';
import { appends } from './appends.js';
import { deaf } from './deaf.js';
import { fanOut } from './fan-out.js';
import { GROWTH } from './growth.js';
import { HTTP } from './http.js';
import { latency } from './latency.js';
import { memory } from './memory.js';
import { PAST } from './past.js';
import { rebuild } from './rebuild.js';
import { replay } from './replay.js';
import { resume } from './resume.js';
import { start } from './start.js';

/**
 * All that `npm run bench` runs, in the order of the report. What is measured under one name is put
 * beside the first who did it in the first round.
 */
export const WORKLOADS: readonly Workload[] = [
  ...HTTP,
  ...PAST,
  ...GROWTH,
  appends,
  start,
  memory,
  replay,
  rebuild,
  fanOut,
  resume,
  deaf,
  latency,
];
