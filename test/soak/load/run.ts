import { tell } from '../tell.js';
import { runLoad } from './load.js';

/** The long run: `tsx test/soak/load/run.ts [seconds]`, with LOAD_SEED where one is to be replayed. */
const [seconds = '600'] = process.argv.slice(2);
await tell('LOAD_SEED', (seed, log) => runLoad({ seconds: Number(seconds), seed, log }));
