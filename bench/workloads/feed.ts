import type { Heard, Listening } from '../load/listening.js';
import { startAsker, startServer, type Running, type Told } from '../servers/processes.js';
import type { Cell } from './in-turn.js';

/** From here on it is the subscribers that are measured, and not the server. */
const BUSY = 0.95;

export const QUERY = `subscription($after: Position) { events(after: $after) {
  position caughtUp event { id type aggregateId recordedAt }
} }`;

/** A server whose events happen when it is told how many. */
export interface FeedServer {
  readonly name: string;
  start(): Promise<Running & Told>;
}

/** The first is what the other is put beside. */
const FEEDS: readonly FeedServer[] = [
  { name: 'a bare ws', start: () => startServer('servers/broadcast.js') },
  { name: 'Hindsight', start: () => startServer('servers/events.js') },
];

export interface Subscribers {
  listen(order: Listening): Promise<Heard>;
  stop(): Promise<void>;
}

/** Subscribers in a process of their own. */
export function startSubscribers(): Subscribers {
  const asker = startAsker('load/listen.js');
  return { listen: (order) => asker.tell<Heard>(order), stop: () => asker.stop() };
}

/** A cell for each server. What was sent in place of the same bytes is not to be compared. */
export function deliveries(
  what: string,
  count: number,
  hear: (feed: FeedServer) => Promise<Heard>,
): readonly Cell[] {
  const bytes = new Set<number>();
  return FEEDS.map((feed) => ({
    what,
    who: feed.name,
    unit: 'a second',
    async measure() {
      const heard = await hear(feed);
      bytes.add(heard.bytes);
      if (bytes.size > 1) throw new Error(`not the same was sent: ${[...bytes].join(', ')} bytes`);
      const value = count / heard.seconds;
      return { value, told: describe(value, heard) };
    },
  }));
}

const describe = (rate: number, { share }: Heard): string =>
  `${Math.round(rate)} a second; the subscribers took ${Math.round(share * 100)} % of a core${share > BUSY ? ' (too busy: it is they who were measured)' : ''}`;
