import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { expect, it, onTestFinished } from 'vitest';
import { randomOf } from '../soak/random.js';
import { freshDatabase } from '../support/postgres.js';
import { startProgram, type Program } from '../support/process.js';
import { findFaults } from './checker.js';
import { describeFault } from './fault.js';
import { isAnswered, type History } from './history.js';
import { recordHistory, type Servers } from './recorder.js';

const HISTORIES = 20;
/** Recorded at the same time: the servers have more to do at once, and so more to do wrong. */
const AT_A_TIME = 4;
/** Where all of a test run shares a machine, it is no fault to be slow. */
const HISTORY = { clients: 30, operations: 10_000, aggregates: 100, patience: 60_000 };

it(`is linearizable over ${HISTORIES} histories`, { timeout: 1_200_000 }, async () => {
  const { servers } = await startServers(await freshDatabase());
  for (let done = 0; done < HISTORIES; done += AT_A_TIME) {
    const recording = Array.from({ length: AT_A_TIME }, (_, index) =>
      recordHistory(servers, { ...HISTORY, seed: done + index + 1 }),
    );
    for (const history of await Promise.all(recording)) {
      expect(findFaults(history).map(describeFault)).toEqual([]);
      expect(failuresIn(history)).toEqual([]);
      expect(history).toHaveLength(HISTORY.operations);
    }
  }
});

it('is linearizable where connections to the database break', { timeout: 300_000 }, async () => {
  const database = await freshDatabase();
  const { servers, programs } = await startServers(database);
  const stop = new AbortController();
  const breaking = breakConnections(database, stop.signal);
  const history = await recordHistory(servers, { ...HISTORY, seed: 1 });
  stop.abort();
  expect(await breaking).toBeGreaterThan(50);
  expect(programs.map(({ stderr }) => stderr())).toEqual(['', '', '']);
  expect(findFaults(history).map(describeFault)).toEqual([]);
  // A read is asked again, and so is a command that surely was not carried out.
  const failures = failuresIn(history);
  expect(failures).not.toEqual([]);
  expect(failures.filter((failure) => !/^command .*"OUTCOME_UNKNOWN"/.test(failure))).toEqual([]);
});

async function startServers(
  database: string,
): Promise<{ readonly servers: Servers; readonly programs: readonly Program[] }> {
  const env = { STORE: 'postgres', DATABASE_URL: database };
  const [one, two, three] = await Promise.all([
    startProgram(env),
    startProgram(env),
    startProgram(env),
  ]);
  return { servers: [one.url, two.url, three.url], programs: [one, two, three] };
}

/** Ends connections of servers, at random, until it is told to stop; answers how many. */
async function breakConnections(database: string, signal: AbortSignal): Promise<number> {
  const sql = postgres(database, { max: 1, onnotice: () => undefined });
  onTestFinished(() => sql.end({ timeout: 0 }));
  const random = randomOf(1);
  let broken = 0;
  while (!signal.aborted) {
    await delay(random.below(40));
    const all = await sql<{ pid: number; isBusy: boolean }[]>`
      SELECT pid, state <> 'idle' AS "isBusy" FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'hindsight' ORDER BY pid`;
    // Most are idle most of the time, and it is no feat to survive their loss.
    const some = random.oneOf([all, all.filter(({ isBusy }) => isBusy)]);
    const chosen = some[random.below(some.length)];
    if (chosen === undefined) continue;
    await sql`SELECT pg_terminate_backend(${chosen.pid})`;
    broken += 1;
  }
  return broken;
}

const failuresIn = (history: History): readonly string[] =>
  history.flatMap((operation) =>
    isAnswered(operation) ? [] : `${operation.kind} ${operation.failure}`,
  );
