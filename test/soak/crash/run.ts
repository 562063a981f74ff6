import { randomInt } from 'node:crypto';
import { runCrashes } from './crashes.js';

/** The long run: `tsx test/soak/crash/run.ts [kills]`, with CRASH_SEED. It fails when anything is lost or twice. */
const [kills = '500'] = process.argv.slice(2);
const seed = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 32));
const say = (line: string) => process.stdout.write(`${line}\n`);

say(`${kills} kills with the seed ${seed}`);
const { faults, ...report } = await runCrashes({ kills: Number(kills), seed, log: say });
say(JSON.stringify(report));
for (const fault of faults) say(fault);
say(faults.length === 0 ? 'Nothing is lost or twice.' : `The seed was CRASH_SEED=${seed}.`);
process.exitCode = faults.length === 0 ? 0 : 1;
