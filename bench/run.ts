/** `npm run bench`: see CONTRIBUTING.md for what it takes. */
import { parseArgs } from 'node:util';
import { checkDisk, thisMachine } from './machine.js';
import type { Reading, Workload } from './readings.js';
import type { Rounds } from './report/statistics.js';
import { targetLines, textTable } from './report/text.js';
import { writeReport } from './report/write.js';
import { readResult, writeResult } from './results.js';
import { stopPostgres } from './servers/postgres.js';
import { WORKLOADS } from './workloads/index.js';
import { quick } from './workloads/quick.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    /** Rounds beside those of the last run, and not in their place. */
    add: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
  },
});

const count = Number(values.rounds);
if (!Number.isInteger(count) || count < 1) throw new Error('--rounds takes a number from 1');

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** `create` names `create-64` and `create-1`. */
function named(names: readonly string[]): readonly Workload[] {
  for (const name of names) {
    if (!WORKLOADS.some((workload) => isNamed(workload, name))) {
      throw new Error(
        `no workload is named ${name}: ${WORKLOADS.map((one) => one.name).join(', ')}`,
      );
    }
  }
  return WORKLOADS.filter((workload) => names.some((name) => isNamed(workload, name)));
}

const isNamed = (workload: Workload, name: string): boolean =>
  workload.name === name || workload.name.startsWith(`${name}-`);

interface Job {
  readonly workload: Workload;
  /** How many rounds there are already. */
  readonly behind: number;
  readonly done: (rounds: readonly (readonly Reading[])[], log: string[]) => Promise<void>;
}

/** All rounds of each in turn; tells after each round what remains. */
async function measure(jobs: readonly Job[]): Promise<void> {
  const from = performance.now();
  for (const [index, { workload, behind, done }] of jobs.entries()) {
    const rounds: (readonly Reading[])[] = [];
    const log: string[] = [];
    for (let round = 1; round <= count; round += 1) {
      const place = `${workload.name} (${index + 1} of ${jobs.length}), round ${round} of ${count}`;
      const progress = (line: string): void => {
        log.push(`round ${behind + round}: ${line}`);
        print(`[${place}] ${line}`);
      };
      rounds.push(await workload.round(behind + round, progress));
      const part = (index * count + round) / (jobs.length * count);
      const minutes = ((performance.now() - from) / 60_000) * (1 / part - 1);
      if (part < 1) print(`some ${Math.ceil(minutes)} min remain`);
    }
    await done(rounds, log);
  }
}

async function runQuick(): Promise<void> {
  const servers = quick();
  const all: Reading[][] = [];
  const done: Job['done'] = async (rounds) => {
    for (const [index, readings] of rounds.entries()) (all[index] ??= []).push(...readings);
  };
  try {
    await measure(servers.workloads.map((workload) => ({ workload, behind: 0, done })));
  } finally {
    await servers.stop();
  }
  print(summary(all));
}

async function run(workloads: readonly Workload[]): Promise<void> {
  const machine = thisMachine();
  const jobs = workloads.map(async (workload): Promise<Job> => {
    const before = values.add ? await readResult(workload.name) : undefined;
    const done: Job['done'] = async (measured, added) => {
      const rounds = [...(before?.rounds ?? []), ...measured];
      const log = [...(before?.log ?? []), ...added];
      const date = new Date().toISOString().slice(0, 10);
      await writeResult(workload.name, { date, machine, rounds, log });
      print(summary(rounds));
    };
    return { workload, behind: before?.rounds.length ?? 0, done };
  });
  await measure(await Promise.all(jobs));
}

const summary = (rounds: Rounds): string =>
  ['', ...textTable(rounds), '', ...targetLines(rounds), ''].join('\n');

await checkDisk();
try {
  if (values.quick) await runQuick();
  else if (!values.report) await run(positionals.length > 0 ? named(positionals) : WORKLOADS);
  if (values.report || (!values.quick && positionals.length === 0)) await writeReport();
} finally {
  await stopPostgres();
}
