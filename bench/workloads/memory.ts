import { EVENTS_PER_USER } from '../logs/commits.js';
import { withLog } from '../logs/log.js';
import type { Workload } from '../readings.js';
import { tell } from '../servers/processes.js';
import { inTurn, type Cell } from './in-turn.js';

const EVENTS = 1_000_000;

const cell = (who: string, bytes: () => Promise<number>): Cell => ({
  what: `memory for each of ${EVENTS.toLocaleString('en')} events`,
  who,
  unit: 'bytes',
  measure: async () => ({ value: (await bytes()) / EVENTS }),
});

export const memory: Workload = {
  name: 'memory',
  about:
    'What the embedded store and its read models hold of the heap for each event, with ten events of each user and neither addresses nor commandIds, after all that can be collected was. Beside it stands the line of the event in the log.',
  round: (round, progress) =>
    withLog({ events: EVENTS, perUser: EVENTS_PER_USER }, progress, ({ folder, path, bytes }) => {
      const held = async () =>
        (await tell('cells/memory.js', { folder, path, events: EVENTS })).bytes;
      const cells = [
        cell('its line', () => Promise.resolve(bytes)),
        cell('Hindsight on lowdb', held),
      ];
      return inTurn(cells, round, progress);
    }),
};
