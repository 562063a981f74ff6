import type { Heard } from '../load/listening.js';
import type { Reading, Workload } from '../readings.js';
import { checkBytes, describe, FEEDS, QUERY, startSubscribers, type FeedServer } from './feed.js';

/** How many subscribers there are, and how many events are measured. */
const CELLS = [
  { subscribers: 1, events: 15_000 },
  { subscribers: 100, events: 1_500 },
  { subscribers: 1_000, events: 240 },
] as const;

type Cell = (typeof CELLS)[number];

export const whatOf = (subscribers: number): string =>
  `fan-out to ${subscribers === 1 ? 'one' : subscribers.toLocaleString('en')}`;

/** Deliveries a second, until the slowest has had the last. */
export const fanOut: Workload = {
  name: 'fan-out',
  about:
    'Events that happen one after the other, each in a turn of its own, and are delivered over WebSocket to all subscribers, who are in a process of their own and look at nothing but where a message ends. Deliveries of all together, from the first event until the slowest has the last. A third as many events before that are not measured. Beside it a bare `ws`, which makes each text once, sends the same bytes to everybody, and lets the next event happen when the system has taken them.',
  async round(round, progress) {
    const readings: Reading[] = [];
    for (const cell of CELLS) {
      const heard = new Map<string, Heard>();
      for (const feed of round % 2 === 0 ? FEEDS.toReversed() : FEEDS) {
        const seen = await measure(feed, cell);
        heard.set(feed.name, seen);
        const what = `${whatOf(cell.subscribers)}, ${feed.name}`;
        progress(`${what}: ${describe(cell.events * cell.subscribers, seen)}`);
      }
      checkBytes([...heard.values()]);
      readings.push(...FEEDS.flatMap(({ name }) => readingOf(cell, name, heard.get(name))));
    }
    return readings;
  },
};

function readingOf(
  { subscribers, events }: Cell,
  who: string,
  heard: Heard | undefined,
): readonly Reading[] {
  if (heard === undefined) return [];
  const value = (events * subscribers) / heard.seconds;
  return [{ what: whatOf(subscribers), who, value, unit: 'a second', errors: 0 }];
}

async function measure(feed: FeedServer, { subscribers, events }: Cell): Promise<Heard> {
  const [server, listeners] = [await feed.start(), startSubscribers()];
  try {
    const afters = Array.from({ length: subscribers }, () => 0);
    await listeners.listen({ begin: { url: server.url, query: QUERY, afters }, through: 0 });
    const hear = async (more: number, through: number) => {
      const [heard] = await Promise.all([listeners.listen({ through }), server.tell(more)]);
      return heard;
    };
    const before = events / 3;
    await hear(before, before);
    return await hear(events, before + events);
  } finally {
    await listeners.stop();
    await server.stop();
  }
}
