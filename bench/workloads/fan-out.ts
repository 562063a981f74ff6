import type { Heard } from '../load/listening.js';
import type { Reading, Workload } from '../readings.js';
import { deliveries, QUERY, startSubscribers, type FeedServer } from './feed.js';
import { inTurn } from './in-turn.js';

/** How many subscribers there are, and how many events are measured. */
const CELLS = [
  { subscribers: 1, events: 15_000 },
  { subscribers: 100, events: 1_500 },
  { subscribers: 1_000, events: 240 },
] as const;

type Cell = (typeof CELLS)[number];

const whatOf = (subscribers: number): string =>
  `fan-out to ${subscribers === 1 ? 'one' : subscribers.toLocaleString('en')}`;

/** Deliveries a second, until the slowest has had the last. */
export const fanOut: Workload = {
  name: 'fan-out',
  about:
    'Events that happen one after the other, each in a turn of its own, and are delivered over WebSocket to all subscribers, who are in a process of their own and look at nothing but where a message ends. Deliveries of all together, from the first event until the slowest has the last. A third as many events before that are not measured. Nothing is flushed to a disk: the log is one in memory. Beside it a bare `ws`, which makes each text once and sends the same bytes to everybody.',
  async round(...turn) {
    const readings: Reading[] = [];
    for (const cell of CELLS) {
      const count = cell.events * cell.subscribers;
      const cells = deliveries(whatOf(cell.subscribers), count, (feed) => measure(feed, cell));
      readings.push(...(await inTurn(cells, ...turn)));
    }
    return readings;
  },
};

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
