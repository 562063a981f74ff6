import { apollo, floor, floorAndFlush, lowdb, PEERS, postgres } from '../subjects.js';
import type { Workload } from '../readings.js';
import type { Operation } from '../load/operations.js';
import { throughput, type Seconds } from './throughput.js';

/** A server that was just started is slow; what it does in three seconds makes it fast. */
const SECONDS: Seconds = { warmUp: () => 3, measured: 3 };
const OWN = [lowdb, postgres];

const ABOUT = {
  create: 'Each request creates a user.',
  rename:
    'Of 1,000 users that were created before, each request renames one, from the version that it has. Each connection has users of its own, so that no version is stale.',
  user: 'Each request asks for one of 1,000 users by its id.',
  page: 'Each request asks for the first 20 of 1,000 users.',
} as const satisfies Partial<Record<Operation, string>>;

const commands = (operation: 'create' | 'rename'): readonly Workload[] => [
  throughput({
    operation,
    connections: 64,
    about: ABOUT[operation],
    subjects: [floor, apollo, ...OWN, ...PEERS],
    seconds: SECONDS,
  }),
  throughput({
    operation,
    connections: 1,
    about: `${ABOUT[operation]} With one connection nothing can share a flush, so the floor flushes, too.`,
    subjects: [floorAndFlush, floor, ...OWN, ...PEERS],
    seconds: SECONDS,
  }),
];

const query = (operation: 'user' | 'page', connections: number, peers = PEERS): Workload =>
  throughput({
    operation,
    connections,
    about: ABOUT[operation],
    subjects: [floor, ...OWN, ...peers],
    seconds: SECONDS,
  });

export const HTTP: readonly Workload[] = [
  ...commands('create'),
  ...commands('rename'),
  query('user', 64),
  query('user', 1, []),
  query('page', 64, []),
  query('page', 1, []),
];
