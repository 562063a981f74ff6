/** `npm run bench`: see CONTRIBUTING.md for what it takes. */
import { parseArgs } from 'node:util';
import { checkDisk, thisMachine } from './machine.js';
import type { Reading, Workload } from './readings.js';
import { targetLines, textTable } from './report/text.js';
import { writeReport } from './report/write.js';
import { readResult, writeResult } from './results.js';
import { stopPostgres } from './servers/postgres.js';
import { QUICK, WORKLOADS } from './workloads/index.js';
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

/** All rounds of each in turn; tells after each round what remains. */
async function measure(
  workloads: readonly Workload[],
  done: (workload: Workload, rounds: Reading[][], log: string[]) => Promise<void>,
): Promise<void> {
  const count = Number(values.rounds);
  const from = performance.now();
  for (const [index, workload] of workloads.entries()) {
    const [rounds, log]: [Reading[][], string[]] = [[], []];
    for (let round = 1; round <= count; round += 1) {
      const place = `${workload.name} (${index + 1} of ${workloads.length}), round ${round} of ${count}`;
      const readings = await workload.round(round, (line) => {
        log.push(`round ${round}: ${line}`);
        print(`[${place}] ${line}`);
      });
      rounds.push([...readings]);
      const part = (index * count + round) / (workloads.length * count);
      const minutes = ((performance.now() - from) / 60_000) * (1 / part - 1);
      if (part < 1) print(`some ${Math.ceil(minutes)} min remain`);
    }
    await done(workload, rounds, log);
  }
}

async function runQuick(): Promise<void> {
  const servers = quick();
  const all: Reading[][] = [];
  const more = WORKLOADS.filter(({ name }) => QUICK.includes(name));
  try {
    await measure([...servers.workloads, ...more], async (_, rounds) => {
      for (const [index, readings] of rounds.entries()) (all[index] ??= []).push(...readings);
    });
  } finally {
    await servers.stop();
  }
  print(['', ...textTable(all), '', ...targetLines(all)].join('\n'));
}

async function run(workloads: readonly Workload[]): Promise<void> {
  await measure(workloads, async ({ name }, measured, log) => {
    const before = values.add ? await readResult(name) : undefined;
    const rounds = [...(before?.rounds ?? []), ...measured];
    await writeResult(name, {
      date: new Date().toISOString().slice(0, 10),
      machine: thisMachine(),
      rounds,
      log: [...(before?.log ?? []), ...log],
    });
    print(['', ...textTable(rounds), '', ...targetLines(rounds), ''].join('\n'));
  });
}

await checkDisk();
try {
  if (values.quick) await runQuick();
  else if (!values.report) await run(positionals.length > 0 ? named(positionals) : WORKLOADS);
  if (values.report || (!values.quick && positionals.length === 0)) await writeReport();
} finally {
  await stopPostgres();
}
