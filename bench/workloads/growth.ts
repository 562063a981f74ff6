import { onLowdb, onPostgres, onTutorial, type Store } from '../logs/stored.js';
import { EVENTS_PER_USER, userName, type Shape } from '../logs/commits.js';
import type { Stored } from '../load/order.js';
import type { Workload } from '../readings.js';
import { inTurn, type Cell } from './in-turn.js';
import { requests } from './requests.js';

const USERS = 1_000;
const SIZES = [1_000, 10_000, 100_000, 1_000_000];
/** With more, its answers come seconds apart. */
const TUTORIAL_SIZES = SIZES.slice(0, 2);

const storedEvents = (events: number): string => `${events.toLocaleString('en')} events stored`;

/** There are as many users to be renamed in the smallest log as in the others. */
const shapeOf = (events: number): Shape => ({
  events,
  perUser: Math.min(EVENTS_PER_USER, events / USERS),
});

/** Users from all over the log, as they stand in it. */
function usersOf({ events, perUser }: Shape): Stored {
  const apart = events / perUser / USERS;
  const users = Array.from({ length: USERS }, (_, index) => ({
    id: userName(index * apart),
    version: perUser,
  }));
  return { users, between: [0, 0] };
}

const ABOUT = {
  create: 'Each request creates a user',
  rename: `Each request renames one of ${USERS.toLocaleString('en')} users from all over the log`,
} as const;

const growth = (operation: 'create' | 'rename'): Workload => ({
  name: `growth-${operation}`,
  about: `${ABOUT[operation]}, where so many events are stored already, by 64 connections.`,
  round(round, progress) {
    const cellsOn = (who: string, store: Store, sizes: readonly number[]): readonly Cell[] =>
      sizes.map((events) => {
        const shape = shapeOf(events);
        return requests({
          what: `${operation}, ${who}`,
          who: storedEvents(events),
          subject: store(shape, progress),
          order: {
            operation,
            connections: 64,
            warmUpSeconds: 3,
            measuredSeconds: 3,
            stored: usersOf(shape),
          },
        });
      });
    const cells = [
      ...cellsOn('Hindsight on lowdb', onLowdb, SIZES),
      ...cellsOn('Hindsight on PostgreSQL', onPostgres, SIZES),
      ...cellsOn('a tutorial on lowdb', onTutorial, TUTORIAL_SIZES),
    ];
    return inTurn(cells, round, progress);
  },
});

export const GROWTH: readonly Workload[] = [growth('create'), growth('rename')];
