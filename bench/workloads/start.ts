import { EVENTS_PER_USER } from '../logs/commits.js';
import { withLog } from '../logs/log.js';
import type { Workload } from '../readings.js';
import { startHindsight, tell } from '../servers/processes.js';
import { inTurn, type Cell } from './in-turn.js';

const EVENTS = 1_000_000;

/** As a rate, as all that is put beside JSON.parse. */
const cell = (who: string, seconds: () => Promise<number>): Cell => ({
  what: `start, ${EVENTS.toLocaleString('en')} events`,
  who,
  unit: 'a second',
  async measure() {
    const took = await seconds();
    return { value: EVENTS / took, told: `${took.toFixed(2)} s` };
  },
});

async function untilItListens(folder: string): Promise<number> {
  const from = performance.now();
  const server = await startHindsight({ DATA_DIR: folder });
  const seconds = (performance.now() - from) / 1_000;
  await server.stop();
  return seconds;
}

export const start: Workload = {
  name: 'start',
  about:
    'A log with ten events of each user, without addresses or commandIds, is opened and its projections are folded, in a process that has done nothing before. Beside it stands one that reads the same file in the same way, and hands each line to JSON.parse. The last line is the whole server, from the start of its process until it listens. In events a second.',
  round: (round, progress) =>
    withLog({ events: EVENTS, perUser: EVENTS_PER_USER }, progress, ({ folder, path }) => {
      const log = { folder, path, events: EVENTS };
      const cells = [
        cell('JSON.parse', async () => (await tell('cells/parse-file.js', log)).seconds),
        cell('Hindsight on lowdb', async () => (await tell('cells/start.js', log)).seconds),
        cell('Hindsight on lowdb, until it listens', () => untilItListens(folder)),
      ];
      return inTurn(cells, round, progress);
    }),
};
