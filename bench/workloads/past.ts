import { onLowdb, onPostgres, type Store } from '../logs/stored.js';
import { EVENTS_PER_USER, timeAt, userName, type Shape } from '../logs/commits.js';
import type { Operation } from '../load/operations.js';
import type { Stored } from '../load/order.js';
import type { Reading, Workload } from '../readings.js';
import { kept, type Subject } from '../subjects.js';
import { inOrder, inTurn } from './in-turn.js';
import { requests } from './requests.js';

/** A question to the present, and one to the past, asked of the same server. */
interface Pair {
  readonly what: string;
  readonly shape: Shape;
  readonly present: Question;
  readonly past: Question;
  /** The event from which on moments are asked for. */
  readonly from: number;
}

interface Question {
  readonly who: string;
  readonly operation: Operation;
}

const STORES: readonly (readonly [name: string, store: Store])[] = [
  ['Hindsight on lowdb', onLowdb],
  ['Hindsight on PostgreSQL', onPostgres],
];

const streamOf = (events: number): Pair => ({
  what: `a stream of ${events.toLocaleString('en')} events`,
  shape: { events, perUser: events },
  present: { who: 'user by id', operation: 'user' },
  past: { who: 'user at a random moment', operation: 'moment' },
  from: 1,
});

const PAGE = 20;

const asOf: Pair = {
  what: '1,000,000 events',
  shape: { events: 1_000_000, perUser: EVENTS_PER_USER },
  present: { who: 'page of 20 users', operation: 'page' },
  past: { who: 'as of a random moment', operation: 'asOf' },
  // Before that there are fewer users than a page has.
  from: (PAGE - 1) * EVENTS_PER_USER + 1,
};

export const PAST: readonly Workload[] = [
  {
    name: 'moment',
    about:
      'Each request asks for a user whose stream has so many events, by 64 connections: as it is, and as it was at a random time between its first event and its last. Both of the same server.',
    round: roundOf([streamOf(10), streamOf(1_000), streamOf(100_000)]),
  },
  {
    name: 'as-of',
    about:
      'Each request asks for the first 20 of 100,000 users with 10 events each, by 64 connections: as they are, and all as of a random time since there were 20. In the log users lie one after the other, so that most of these times are long after the last event of those 20. Both of the same server.',
    round: roundOf([asOf]),
  },
];

function roundOf(pairs: readonly Pair[]): Workload['round'] {
  const all = STORES.flatMap(([name, store]) => pairs.map((pair) => ({ name, store, pair })));
  return async (round, progress) => {
    const readings = new Map<object, readonly Reading[]>();
    for (const each of inOrder(round, all)) {
      const subject = kept(each.store(each.pair.shape, progress));
      try {
        const cells = cellsOf(each.pair, each.name, subject);
        readings.set(each, await inTurn(cells, round, progress));
      } finally {
        await subject.stop();
      }
    }
    return all.flatMap((each) => readings.get(each) ?? []);
  };
}

function cellsOf({ what, shape, from, ...pair }: Pair, name: string, subject: Subject) {
  const stored: Stored = {
    users: [{ id: userName(0), version: shape.perUser }],
    between: [millisecondsAt(from), millisecondsAt(shape.events)],
  };
  return [pair.present, pair.past].map(({ who, operation }) => {
    const order = { operation, connections: 64, warmUpSeconds: 3, measuredSeconds: 3, stored };
    return requests({ what: `${what}, ${name}`, who, subject, order });
  });
}

const millisecondsAt = (position: number): number => Date.parse(timeAt(position - 1));
