import type { LogOrder } from '../cells/orders.js';
import { ONCE } from '../cells/repeated.js';
import { EVENTS_PER_USER } from '../logs/commits.js';
import { withLog, type Tell } from '../logs/log.js';
import { freshCopy } from '../logs/stored.js';
import type { Reading, Workload } from '../readings.js';
import { runHindsight, tell } from '../servers/processes.js';
import { inTurn, type Cell } from './in-turn.js';

type Seconds = (log: LogOrder, progress: Tell) => Promise<number>;

export const rebuild: Workload = {
  name: 'rebuild',
  about:
    'The users are folded from the whole log, with ten events of each: in memory, as at the start of a server, from a log that is open; and on PostgreSQL by `hindsight rebuild`, from its start to its end, beside rows that are in use. Beside it stands JSON.parse of the same lines, which are in memory. All of it once, in a process that has done nothing of the kind before. In events a second.',
  round: async (...turn) => [
    ...(await beside(1_000_000, 'Hindsight on lowdb', inMemory, ...turn)),
    ...(await beside(100_000, 'Hindsight on PostgreSQL', inTables, ...turn)),
  ],
};

const beside = (
  events: number,
  who: string,
  seconds: Seconds,
  ...[round, progress]: Parameters<Workload['round']>
): Promise<readonly Reading[]> =>
  withLog({ events, perUser: EVENTS_PER_USER }, progress, ({ folder, path }) => {
    const cell = (name: string, measured: Seconds): Cell => ({
      what: `rebuild from ${events.toLocaleString('en')} events`,
      who: name,
      unit: 'a second',
      async measure() {
        const took = await measured({ folder, path, events }, progress);
        return { value: events / took, told: `${took.toFixed(2)} s` };
      },
    });
    return inTurn([cell('JSON.parse', parsed), cell(who, seconds)], round, progress);
  });

const parsed: Seconds = async (log) =>
  (await tell('cells/parse-lines.js', { ...log, ...ONCE })).seconds;

const inMemory: Seconds = async (log) => (await tell('cells/rebuild.js', log)).seconds;

const inTables: Seconds = async ({ events }, progress) => {
  const database = await freshCopy({ events, perUser: EVENTS_PER_USER }, progress);
  try {
    const from = performance.now();
    await runHindsight(['rebuild'], { STORE: 'postgres', DATABASE_URL: database.url });
    return (performance.now() - from) / 1_000;
  } finally {
    await database.drop();
  }
};
