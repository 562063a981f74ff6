/**
 * Commands a second through GraphQL with 64 clients: one server and two on a PostgreSQL with fsync on,
 * beside a server with the embedded store, in turn in one run. `npm run bench:postgres`
 *
 * Servers, PostgreSQL and the clients are processes of their own, and share the machine.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { installPostgres } from '../test/support/postgres/installation.js';
import { dropDatabase, PostgresServer } from '../test/support/postgres/server.js';
import { median } from './median.js';
import { WORKLOADS, type Measured, type Workload } from './workloads.js';

const ROUNDS = 3;
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const LOAD = fileURLToPath(new URL('load.ts', import.meta.url));

const CROWDS = ['lowdb', 'postgres, 1 server', 'postgres, 2 servers'] as const;
type Crowd = (typeof CROWDS)[number];

interface Result {
  readonly crowd: Crowd;
  readonly measured: Readonly<Record<Workload, Measured>>;
}

async function main(): Promise<void> {
  const { installation, remove } = await installPostgres();
  const postgres = await PostgresServer.create(installation, {
    fsync: true,
    settings: { shared_buffers: '128MB' },
  });
  try {
    report(await measureAll(postgres));
  } finally {
    await postgres.stop();
    await remove();
  }
}

async function measureAll(postgres: PostgresServer): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const crowd of CROWDS) {
      const measured = await measure(postgres, crowd);
      results.push({ crowd, measured });
      const rates = WORKLOADS.map((workload) => `${workload} ${rateOf(measured[workload])}/s`);
      process.stderr.write(`round ${round} of ${ROUNDS}, ${crowd}: ${rates.join(', ')}\n`);
    }
  }
  return results;
}

/** Each time on an empty log. */
async function measure(
  postgres: PostgresServer,
  crowd: Crowd,
): Promise<Record<Workload, Measured>> {
  if (crowd === 'lowdb') {
    const folder = await mkdtemp(join(tmpdir(), 'hindsight-bench-'));
    const measured = await measureServers(1, { DATA_DIR: folder });
    await rm(folder, { recursive: true });
    return measured;
  }
  const url = await postgres.createDatabase();
  const settings = { STORE: 'postgres', DATABASE_URL: url };
  const measured = await measureServers(crowd === 'postgres, 1 server' ? 1 : 2, settings);
  await dropDatabase(url);
  return measured;
}

async function measureServers(
  count: number,
  settings: Readonly<Record<string, string>>,
): Promise<Record<Workload, Measured>> {
  const children = Array.from({ length: count }, () => startServer(settings));
  try {
    const urls = await Promise.all(children.map(urlOf));
    const load = fork(LOAD, urls, { execArgv: ['--import', 'tsx'] });
    const ended = once(load, 'exit').then(() => []);
    const [measured]: Record<Workload, Measured>[] = await Promise.race([
      once(load, 'message'),
      ended,
    ]);
    if (measured === undefined) throw new Error('the clients ended before they had measured');
    await ended;
    return measured;
  } finally {
    await Promise.all(children.map(stop));
  }
}

const startServer = (settings: Readonly<Record<string, string>>): ChildProcess =>
  spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'], PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** Where a server says that it listens. */
async function urlOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout !== null) {
    for await (const line of createInterface({ input: stdout })) {
      const { url }: { url?: string } = JSON.parse(line);
      if (url !== undefined) return url;
    }
  }
  throw new Error('a server ended before it listened');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

const rateOf = ({ commands, seconds }: Measured): string => (commands / seconds).toFixed(0);

function report(results: readonly Result[]): void {
  const lines = WORKLOADS.flatMap((workload) => {
    const rates = new Map(CROWDS.map((crowd) => [crowd, ratesOf(results, crowd, workload)]));
    const lowdb = median(rates.get('lowdb') ?? []);
    return Array.from(rates, ([crowd, ofCrowd]) => {
      const rate = median(ofCrowd);
      const range = `${Math.min(...ofCrowd).toFixed(0)}..${Math.max(...ofCrowd).toFixed(0)}`;
      return row(workload, crowd, rate.toFixed(0), range, (rate / lowdb).toFixed(2));
    });
  });
  const failures = results.flatMap(({ crowd, measured }) =>
    WORKLOADS.flatMap((workload) =>
      Object.entries(measured[workload].failures).map(
        ([reason, times]) => `${workload}, ${crowd}: ${times} x ${reason}`,
      ),
    ),
  );
  process.stdout.write(
    [
      `medians of ${ROUNDS} rounds, 64 clients, ${availableParallelism()} cores for all`,
      row('workload', 'servers', 'commands/s', 'range', 'to lowdb'),
      ...lines,
      `failed commands, which count in no rate: ${failures.length === 0 ? 'none' : ''}`,
      ...failures,
      '',
    ].join('\n'),
  );
  if (failures.length > 0) process.exitCode = 1;
}

const ratesOf = (results: readonly Result[], crowd: Crowd, workload: Workload): number[] =>
  results
    .filter((result) => result.crowd === crowd)
    .map(({ measured }) => measured[workload].commands / measured[workload].seconds);

const row = (workload: string, crowd: string, rate: string, range: string, ratio: string): string =>
  `${workload.padEnd(12)}${crowd.padEnd(21)}${rate.padStart(10)}${range.padStart(14)}${ratio.padStart(10)}`;

await main();
