import { seeded } from './seeded.js';

interface Report {
  readonly faults: readonly string[];
}

type Say = (line: string) => void;

const say: Say = (line) => process.stdout.write(`${line}\n`);

/** A long run from a terminal: tells of it, and fails at whatever fault there is. */
export async function tell(
  variable: string,
  run: (seed: number, say: Say) => Promise<Report>,
): Promise<void> {
  const { replay, report } = await seeded(variable, (seed) => {
    say(`${variable}=${seed}`);
    return run(seed, say);
  });
  const { faults, ...rest } = report;
  say(JSON.stringify(rest));
  for (const fault of faults) say(fault);
  say(faults.length === 0 ? 'No fault was found.' : `Found with ${replay}.`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
