import { floor, floorAndFlush, kept, lowdb, type Subject } from '../subjects.js';
import type { Operation } from '../load/operations.js';
import type { Workload } from '../readings.js';
import { appendsTogether } from './appends.js';
import { throughput, type Seconds } from './throughput.js';

/** The servers stay up, so only the first round has to make them fast. */
const SECONDS: Seconds = { warmUp: (round) => (round === 1 ? 2 : 0.3), measured: 1 };

const cells = (operation: Operation, connections: number, subjects: readonly Subject[]): Workload =>
  throughput({ operation, connections, about: '', subjects, seconds: SECONDS });

/** Those that matter before and after a change, on servers that are started once. */
export function quick(): { workloads: readonly Workload[]; stop: () => Promise<void> } {
  const [bare, flushing, hindsight] = [kept(floor), kept(floorAndFlush), kept(lowdb)];
  return {
    workloads: [
      cells('create', 64, [bare, hindsight]),
      cells('create', 1, [flushing, hindsight]),
      cells('user', 64, [bare, hindsight]),
      appendsTogether,
    ],
    stop: async () => {
      await Promise.all([bare, flushing, hindsight].map((server) => server.stop()));
    },
  };
}
