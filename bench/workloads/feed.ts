import type { Heard, Listening } from '../load/listening.js';
import { startAsker, startServer, type Running, type Told } from '../servers/processes.js';

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
export const FEEDS: readonly FeedServer[] = [
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

export const describe = (deliveries: number, { seconds, share }: Heard): string =>
  `${Math.round(deliveries / seconds)} a second; the subscribers took ${Math.round(share * 100)} % of a core${share > BUSY ? ' (too busy: it is they who were measured)' : ''}`;

/** What was sent in place of the same bytes is not to be compared. */
export function checkBytes(all: readonly Heard[]): void {
  if (new Set(all.map(({ bytes }) => bytes)).size > 1) {
    throw new Error(`not the same was sent: ${all.map(({ bytes }) => bytes).join(', ')} bytes`);
  }
}
