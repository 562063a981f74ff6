import type { Operation } from '../load/operations.js';
import type { Workload } from '../readings.js';
import type { Subject } from '../subjects.js';
import { inTurn } from './in-turn.js';
import { requests } from './requests.js';

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
  const { operation, connections, about, subjects, seconds } = of;
  const what = whatOf(operation, connections);
  return {
    name: `${operation}-${connections}`,
    about,
    round(round, progress) {
      const order = {
        operation,
        connections,
        warmUpSeconds: seconds.warmUp(round),
        measuredSeconds: seconds.measured,
      };
      const cells = subjects.map((subject) =>
        requests({ what, who: subject.name, subject, order }),
      );
      return inTurn(cells, round, progress);
    },
  };
}
