import { tell } from '../tell.js';
import { runCrashes } from './crashes.js';

/** The long run: `tsx test/soak/crash/run.ts [kills]`, with CRASH_SEED where one is to be replayed. */
const [kills = '500'] = process.argv.slice(2);
await tell('CRASH_SEED', (seed, log) => runCrashes({ kills: Number(kills), seed, log }));
