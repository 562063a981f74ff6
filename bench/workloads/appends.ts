import type { Workload } from '../readings.js';
import { temporaryFolder } from '../servers/fresh.js';
import { tell } from '../servers/processes.js';
import { inTurn, type Cell } from './in-turn.js';

/** Short, as the quick bench waits for it, too. */
const MILLISECONDS = { warmUp: 500, measured: 500 } as const;

const cell = (who: string, atOnce: number, script: 'cells/append.js' | 'cells/write.js'): Cell => ({
  what: whatOf(atOnce),
  who,
  unit: 'a second',
  async measure() {
    const folder = await temporaryFolder();
    try {
      const { rate, errors } = await tell(script, { folder: folder.path, atOnce, ...MILLISECONDS });
      return { value: rate, errors };
    } finally {
      await folder.remove();
    }
  },
});

const whatOf = (atOnce: number): string => `appends, ${atOnce} at once`;

const ALONE: readonly Cell[] = [
  cell('write + fdatasync', 1, 'cells/write.js'),
  cell('Hindsight on lowdb', 1, 'cells/append.js'),
];

const TOGETHER: readonly Cell[] = [
  cell('grouped write + fdatasync', 256, 'cells/write.js'),
  cell('Hindsight on lowdb', 256, 'cells/append.js'),
];

export const appends: Workload = {
  name: 'appends',
  about:
    'Commits of one event each are appended to the embedded store by the process itself, each as soon as one before it was answered. Beside it stand the same lines, written and flushed by nobody who looks into them: one by one, and 256 with each flush. What making the lines takes does not count there.',
  round: (round, progress) => inTurn([...ALONE, ...TOGETHER], round, progress),
};

/** Those that share a flush, alone. */
export const appendsTogether: Workload = {
  ...appends,
  round: (round, progress) => inTurn(TOGETHER, round, progress),
};
