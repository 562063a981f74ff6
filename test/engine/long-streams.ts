import type { EventStore } from '../../src/core/event-store.js';
import type { UserEvent } from '../../src/domains/user/events.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import { userDecider } from '../../src/domains/user/decider.js';
import { upTo, write } from './log.js';

const COMMIT_EVENTS = 5_000;

/** What happens to a user as its so-manieth event: something of everything, again and again. */
export function eventAt(version: number): UserEvent {
  if (version === 1) {
    return { type: 'UserCreated', data: { name: 'Ada', email: null, status: 'active' } };
  }
  switch (version % 5) {
    case 0:
      return { type: 'UserEmailChanged', data: { email: `ada-${version}@example.org` } };
    case 1:
      return { type: 'UserDeactivated', data: { reason: `reason ${version}` } };
    case 2:
      return { type: 'UserReactivated', data: {} };
    default:
      return { type: 'UserRenamed', data: { name: `name ${version}` } };
  }
}

/** Makes a user with so many events, in few commits. */
export async function writeLong(store: EventStore, id: string, count: number): Promise<void> {
  for (let from = 1; from <= count; from += COMMIT_EVENTS) {
    const versions = upTo(Math.min(count, from + COMMIT_EVENTS - 1), from);
    await write(store, id, ...versions.map(eventAt));
  }
}

/** The user aggregate, and how many events were folded into it by some work. */
export function countingFolds() {
  let folds = 0;
  const aggregate: typeof userAggregate = {
    ...userAggregate,
    decider: {
      ...userDecider,
      evolve: (state, event) => {
        folds += 1;
        return userDecider.evolve(state, event);
      },
    },
  };
  const foldsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const before = folds;
    await work();
    return folds - before;
  };
  return { aggregate, foldsOf };
}
