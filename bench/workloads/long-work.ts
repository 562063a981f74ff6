import { setTimeout as sleep } from 'node:timers/promises';
import { timeAt } from '../logs/commits.js';
import { runHindsight, type Running } from '../servers/processes.js';
import { QUERY, startSubscribers } from './feed.js';

/** A server at work on a log. */
export interface Served extends Running {
  readonly events: number;
}

/** What a server does meanwhile, again and again until it is over. */
export interface LongWork {
  readonly name: string;
  during(server: Served, isOver: () => boolean): Promise<void>;
}

const LISTENERS = 100;

type Ask = (server: Served) => object;

/** One who asks the next question when the last was answered. */
const asking = (name: string, query: string, variables: Ask): LongWork => ({
  name,
  async during(server, isOver) {
    while (!isOver()) {
      const response = await fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: variables(server) }),
      });
      const answer = await response.text();
      if (!response.ok || answer.includes('"errors"')) throw new Error(`${name}: ${answer}`);
    }
  },
});

const command = (name: string): LongWork => ({
  name,
  async during({ settings }, isOver) {
    while (!isOver()) await runHindsight([name], settings);
  },
});

const somewhere = ({ events }: Served): number => 1 + Math.floor(Math.random() * (events - 1));

export const nothing: LongWork = {
  name: 'nothing else',
  async during(_, isOver) {
    while (!isOver()) await sleep(100);
  },
};

export const asOf = asking(
  'asOf of 500 users',
  'query($at: DateTime!) { asOf(at: $at) { users(first: 500) { nodes { userId name version } } } }',
  (server) => ({ at: timeAt(somewhere(server) - 1) }),
);

export const pages = asking(
  'pages of 500 events',
  'query($after: String!) { events(first: 500, after: $after) { nodes { id type position data } } }',
  (server) => ({ after: Buffer.from(`${somewhere(server)}`).toString('base64url') }),
);

export const rareEvents = asking(
  'events of which none match',
  '{ events(first: 500, where: { types: ["UserDeactivated"] }) { nodes { id } } }',
  () => ({}),
);

export const rareNames = asking(
  'names of which none match',
  '{ users(first: 500, where: { nameContains: "nobody" }) { nodes { id } totalCount } }',
  () => ({}),
);

export const catchUp: LongWork = {
  name: `catch-up of ${LISTENERS} subscribers`,
  async during({ url }, isOver) {
    const listeners = startSubscribers();
    try {
      const afters = Array.from({ length: LISTENERS }, () => 0);
      await listeners.listen({ begin: { url, query: QUERY, afters }, through: 0 });
      while (!isOver()) await sleep(100);
    } finally {
      await listeners.stop();
    }
  },
};

export const exporting = command('export');
export const rebuilding = command('rebuild');
