import { randomInt } from 'node:crypto';
import { runLoad } from './load.js';

/** The long run: `tsx test/soak/load/run.ts [seconds]`, with LOAD_SEED. It fails at whatever should not be. */
const [seconds = '600'] = process.argv.slice(2);
const seed = Number(process.env['LOAD_SEED'] ?? randomInt(2 ** 32));
const say = (line: string) => process.stdout.write(`${line}\n`);

say(`${seconds} seconds with the seed ${seed}`);
const { faults, ...report } = await runLoad({ seconds: Number(seconds), seed, log: say });
say(JSON.stringify(report));
for (const fault of faults) say(fault);
say(faults.length === 0 ? 'No fault was found.' : `The seed was LOAD_SEED=${seed}.`);
process.exitCode = faults.length === 0 ? 0 : 1;
