import { withLog } from '../logs/log.js';
import type { Reading, Workload } from '../readings.js';
import { tell } from '../servers/processes.js';
import { inTurn, type Cell } from './in-turn.js';

const STREAMS = [10, 1_000, 100_000];
const MILLISECONDS = { warmUp: 1_000, measured: 3_000 } as const;

export const replay: Workload = {
  name: 'replay',
  about:
    'One user is folded from all of its events, again and again, in a log that is open and with no checkpoints. Beside it stands JSON.parse of the same lines, which are in memory, too. In events a second.',
  async round(round, progress) {
    const readings: Reading[] = [];
    for (const events of STREAMS) readings.push(...(await ofStream(events, round, progress)));
    return readings;
  },
};

const ofStream = (
  events: number,
  ...[round, progress]: Parameters<Workload['round']>
): Promise<readonly Reading[]> =>
  withLog({ events, perUser: events }, progress, ({ folder, path }) => {
    const order = { folder, path, events, ...MILLISECONDS };
    const cell = (who: string, script: 'cells/parse-lines.js' | 'cells/replay.js'): Cell => ({
      what: `replay of ${events.toLocaleString('en')} events`,
      who,
      unit: 'a second',
      measure: async () => ({ value: events / (await tell(script, order)).seconds }),
    });
    const cells = [
      cell('JSON.parse', 'cells/parse-lines.js'),
      cell('Hindsight on lowdb', 'cells/replay.js'),
    ];
    return inTurn(cells, round, progress);
  });
