import type { Operation } from '../load/operations.js';
import type { Seen } from '../load/order.js';
import type { Workload } from '../readings.js';
import { tell } from '../servers/processes.js';
import type { Subject } from '../subjects.js';
import { inTurn, type Cell } from './in-turn.js';

/** From here on it is the load that is measured, and not the server. */
const BUSY = 0.9;

export interface Throughput {
  readonly operation: Operation;
  readonly connections: number;
  readonly about: string;
  /** The first is what the others are put beside. */
  readonly subjects: readonly Subject[];
  readonly seconds: Seconds;
}

export interface Seconds {
  /** By round, from 1. */
  readonly warmUp: (round: number) => number;
  readonly measured: number;
}

export const whatOf = (operation: Operation, connections: number): string =>
  `${operation}, ${connections === 1 ? 'one connection' : `${connections} connections`}`;

/** How many requests over HTTP are answered in a second. */
export function throughput(of: Throughput): Workload {
  const { operation, connections, about, subjects } = of;
  const what = whatOf(operation, connections);
  return {
    name: `${operation}-${connections}`,
    about,
    round(round, progress) {
      const cells = subjects.map((subject): Cell => ({
        what,
        who: subject.name,
        unit: 'a second',
        async measure() {
          const seen = await measure(of, subject, round);
          const errors = Object.values(seen.failures).reduce((sum, times) => sum + times, 0);
          return { value: seen.rate, errors, told: describe(seen) };
        },
      }));
      return inTurn(cells, round, progress);
    },
  };
}

async function measure(of: Throughput, subject: Subject, round: number): Promise<Seen> {
  const server = await subject.start();
  try {
    return await tell('load/load.js', {
      url: server.url,
      operation: of.operation,
      connections: of.connections,
      warmUpSeconds: of.seconds.warmUp(round),
      measuredSeconds: of.seconds.measured,
      keeps: subject.keeps,
    });
  } finally {
    await server.stop();
  }
}

function describe({ rate, failures, share }: Seen): string {
  const failed = Object.entries(failures).map(([reason, times]) => `, ${times} x ${reason}`);
  const warning = share > BUSY ? ' (too busy: it is what was measured)' : '';
  return `${Math.round(rate)} a second${failed.join('')}; the load took ${Math.round(share * 100)} % of a core${warning}`;
}
