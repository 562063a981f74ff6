import type { Heard } from '../load/listening.js';
import type { Workload } from '../readings.js';
import { deliveries, QUERY, startSubscribers, type FeedServer } from './feed.js';
import { inTurn } from './in-turn.js';

const SUBSCRIBERS = 1_000;
const BEHIND = 300;
const EVENTS = 10_000;

const WHAT = 'resume of 1,000, each 300 events behind';

/** Deliveries a second, from the first connection until all have caught up. */
export const resume: Workload = {
  name: 'resume',
  about:
    'There are 10,000 events. 1,000 subscribers connect, a hundred at a time, and go on from 300 events before the end. Deliveries of all together, from the first connection until the last has caught up. A tenth of them does so before, which is not measured. Beside it a bare `ws` that keeps the text of each event and sends the same bytes, to each the next when the system has taken the last.',
  round: (...turn) => inTurn(deliveries(WHAT, SUBSCRIBERS * BEHIND, measure), ...turn),
};

async function measure(feed: FeedServer): Promise<Heard> {
  const server = await feed.start();
  try {
    await server.tell(EVENTS);
    await catchUp(server.url, SUBSCRIBERS / 10);
    return await catchUp(server.url, SUBSCRIBERS);
  } finally {
    await server.stop();
  }
}

async function catchUp(url: string, subscribers: number): Promise<Heard> {
  const listeners = startSubscribers();
  try {
    const afters = Array.from({ length: subscribers }, () => EVENTS - BEHIND);
    return await listeners.listen({ begin: { url, query: QUERY, afters }, through: EVENTS });
  } finally {
    await listeners.stop();
  }
}
