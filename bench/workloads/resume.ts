import type { Heard } from '../load/listening.js';
import type { Workload } from '../readings.js';
import { checkBytes, describe, FEEDS, QUERY, startSubscribers, type FeedServer } from './feed.js';

const SUBSCRIBERS = 1_000;
const BEHIND = 300;
const EVENTS = 10_000;
const DELIVERIES = SUBSCRIBERS * BEHIND;

const WHAT = 'resume of 1,000, each 300 events behind';

/** Deliveries a second, from the first connection until all have caught up. */
export const resume: Workload = {
  name: 'resume',
  about:
    'There are 10,000 events. 1,000 subscribers connect, a hundred at a time, and go on from 300 events before the end. Deliveries of all together, from the first connection until the last has caught up. A tenth of them does so before, which is not measured. Beside it a bare `ws` that keeps the text of each event and sends the same bytes, to each the next when the system has taken the last.',
  async round(round, progress) {
    const heard = new Map<string, Heard>();
    for (const feed of round % 2 === 0 ? FEEDS.toReversed() : FEEDS) {
      const seen = await measure(feed);
      heard.set(feed.name, seen);
      progress(`${WHAT}, ${feed.name}: ${describe(DELIVERIES, seen)}`);
    }
    checkBytes([...heard.values()]);
    return FEEDS.flatMap(({ name }) => {
      const seconds = heard.get(name)?.seconds ?? Number.NaN;
      return {
        what: WHAT,
        who: name,
        value: DELIVERIES / seconds,
        unit: 'a second',
        errors: 0,
      } as const;
    });
  },
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
