import type { EventFilter } from '../../generated/graphql.js';
import { lets, compare } from '../sequence.js';
import type { StoredCommit } from '../facts.js';
import { Listener } from '../listener.js';
import { someResident } from '../population.js';
import type { Random } from '../random.js';
import { rowsOf } from '../rows.js';
import { StreamListener } from './stream-listener.js';
import { Watcher } from './watcher.js';

const AGAIN_AFTER = 1_000;

export interface Seats {
  readonly listeners: number;
  readonly streams: number;
  readonly watchers: number;
}

/** All who listen, over WebSocket and Server-Sent Events. */
export class Audience {
  cuts = 0;
  /** The id of each event by its position, as listeners were told it. */
  readonly #ids = new Map<number, string>();
  readonly #listeners: readonly (Listener | StreamListener)[];
  readonly #watchers: readonly Watcher[];

  constructor(
    url: string,
    seats: Seats,
    private readonly random: Random,
  ) {
    const [ids, retryAtMost] = [this.#ids, AGAIN_AFTER];
    this.#listeners = [
      ...times(seats.listeners, (number) => {
        return new Listener(url, someFilter(number, random), random.fork(), ids, retryAtMost);
      }),
      ...times(seats.streams, (number) => {
        return new StreamListener(url, someFilter(number, random), random.fork(), ids);
      }),
    ];
    this.#watchers = times(seats.watchers, () => {
      return new Watcher(url, someResident(random), random.fork());
    });
  }

  get deliveries(): number {
    return this.#listeners.reduce((total, { received }) => total + received.length, 0);
  }

  cutOne(): void {
    this.cuts += 1;
    this.#listeners[this.random.below(this.#listeners.length)]?.cut();
  }

  /** Whether everybody has all of a log that stands still. */
  hasAll(log: readonly StoredCommit[]): boolean {
    const facts = log.flat();
    const rows = new Map(rowsOf(log).all.map(({ id, version }) => [id, version]));
    return (
      this.#listeners.every(({ where, received }) => {
        return received.length === facts.filter((fact) => lets(where, fact)).length;
      }) && this.#watchers.every(({ id, version }) => version === rows.get(id))
    );
  }

  /** What is wrong with what they were told, given how the log is in the end and how far they must be. */
  faults(log: readonly StoredCommit[], until: number): string[] {
    const facts = log.flat();
    const wrong = this.#listeners.map(({ where, received, faults, position }) => {
      const reach = Math.max(position, until);
      const slice = facts.filter((fact) => fact.position <= reach && lets(where, fact));
      return [...faults, ...compare(received, slice, this.#ids)];
    });
    const all = [...wrong, ...this.#watchers.map(({ faults }) => faults)];
    return all.flatMap((each, number) => each.map((what) => `listener ${number}: ${what}`));
  }

  async stop(): Promise<void> {
    // Who is about to come back to a server that is gone says that it could not.
    await Promise.allSettled([...this.#listeners, ...this.#watchers].map((each) => each.stop()));
  }
}

/** One in ten listens to everything, the others to one user or to what is rare. */
function someFilter(number: number, random: Random): EventFilter | undefined {
  if (number % 10 === 0) return undefined;
  if (number % 10 === 1) return { types: ['UserDeactivated', 'UserReactivated'] };
  if (number % 10 === 2) return { aggregateType: 'Order' };
  return { aggregateType: 'User', aggregateId: someResident(random) };
}

const times = <T>(count: number, make: (number: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, number) => make(number));
