import { randomInt } from 'node:crypto';
import { runCuts } from './cuts.js';

/** The long run: `tsx test/soak/run.ts [cuts] [seed]`. It fails when a client received anything else. */
const [cuts = '50000', seed = `${randomInt(2 ** 32)}`] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

say(`${cuts} cuts with the seed ${seed}`);
const { faults, ...report } = await runCuts({
  cuts: Number(cuts),
  clients: 20,
  seed: Number(seed),
  log: say,
});
say(JSON.stringify(report));
for (const fault of faults) say(fault);
say(faults.length === 0 ? 'Nothing is missing, twice or out of order.' : `The seed was ${seed}.`);
process.exitCode = faults.length === 0 ? 0 : 1;
