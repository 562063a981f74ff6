/**
 * One server of the run without skips, as a process of its own: a store, its writers, and a reader that
 * tails the log. What it is to do is its argument; it is led by messages, and ends with who leads it.
 */
import { once } from 'node:events';
import postgres from 'postgres';
import { START } from '../../../src/core/event.js';
import { StoreRefused, type EventStore } from '../../../src/core/event-store.js';
import { NO_VOCABULARY } from '../../../src/core/vocabulary.js';
import { Cursor } from '../../../src/engine/feed.js';
import { openPostgres, type OpenPostgres } from '../../../src/stores/postgres/open.js';
import { randomOf } from '../../soak/random.js';
import type { Fact } from './facts.js';
import type { Goal, Report, SoakPlan, Written } from './soak-messages.js';
import { SoakWriter, Writings } from './soak-writer.js';

process.once('disconnect', () => process.exit(1));

const plan: SoakPlan = JSON.parse(process.argv[2] ?? '');
const told = once(process, 'message') as Promise<[Goal]>;
const say = (message: Written | Report): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });

/** What a reader saw, from the beginning until the last event of the run. */
async function tail(store: EventStore, goal: Promise<number>): Promise<Fact[]> {
  const seen: Fact[] = [];
  const cursor = new Cursor(store, START);
  let end = Number.POSITIVE_INFINITY;
  void goal.then((position) => {
    end = position;
    return seen.length >= end ? cursor.return() : undefined;
  });
  for await (const { events } of cursor) {
    seen.push(...events.map(({ position, id }) => ({ position, id })));
    if (seen.length >= end) break;
  }
  return seen;
}

/** Connections are killed while it opens, too: then it is started again, as whoever runs it would. */
async function open(triesLeft = 20): Promise<OpenPostgres> {
  try {
    return await openPostgres({ url: plan.url, migrate: true, vocabulary: NO_VOCABULARY });
  } catch (error) {
    if (triesLeft === 0 || !(error instanceof StoreRefused)) throw error;
    return open(triesLeft - 1);
  }
}

const { url, server, seed } = plan;
const { store } = await open();
const random = randomOf(seed);
const writings = new Writings();
// Under the servers' name, so that these connections are killed, too.
const sides = Array.from({ length: plan.writers }, () =>
  postgres(url, {
    max: 1,
    // A connection that is killed while it asks for types would end the process.
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: 'hindsight' },
  }),
);
const writers = sides.map(
  (side) => new SoakWriter({ store, side, server, random: random.fork(), writings }),
);
const goal = told.then(([{ position }]) => position);
const reading = tail(store, goal);
await Promise.all(writers.map((writer) => writer.write(plan.events)));
await say({ kind: 'written', tally: writings.tally });
const seen = await reading;
const { acknowledged, rolledBack } = writings;
await say({ kind: 'report', seen, acknowledged, rolledBack });
await Promise.all([store.close(), ...sides.map((side) => side.end({ timeout: 1 }))]);
process.exit(0);
