import { userName, type Shape } from '../logs/commits.js';
import { onLowdb, onPostgres, type Store } from '../logs/stored.js';
import type { Felt, Probing } from '../load/probing.js';
import type { Reading, Workload } from '../readings.js';
import { startAsker, type Running } from '../servers/processes.js';
import { inOrder } from './in-turn.js';
import type { LongWork } from './long-work.js';
import { PLACES, whileOf, type Place } from './places.js';

const SECONDS = 5;
const PER_SECOND = 200;
const USERS = 1_000;

const STORES: Readonly<Record<Place['who'], Store>> = {
  'Hindsight on lowdb': onLowdb,
  'Hindsight on PostgreSQL': onPostgres,
};

export const latency: Workload = {
  name: 'latency',
  about: `How long a query of one user takes, the slowest one in a hundred, while long work runs: ${PER_SECOND} a second come from another process, for ${SECONDS} seconds, whether or not the last was answered, and each is counted from when it should have been sent. There are 1,000,000 events on lowdb, 300,000 on PostgreSQL, of ten to a user. Lists are asked for one after the other, at random places in the log. Export and rebuild are commands beside the server, again and again. A server that starts does not listen before it has the whole log, so nothing can be asked of it.`,
  async round(round, progress) {
    const readings: Reading[] = [];
    for (const { who, shape, works } of inOrder(round, PLACES)) {
      const server = await STORES[who](shape, progress).start();
      try {
        for (const work of inOrder(round, works)) {
          const what = whileOf(work);
          const felt = await feel(server, shape, work);
          progress(`${what}, ${who}: ${describe(felt)}`);
          readings.push(readingOf(what, who, felt));
        }
      } finally {
        await server.stop();
      }
    }
    return readings;
  },
};

async function feel(server: Running, { events, perUser }: Shape, work: LongWork) {
  const probe = startAsker('load/probe.js');
  let isOver = false;
  const working = work.during({ ...server, events }, () => isOver);
  try {
    const users = events / perUser;
    const ids = Array.from({ length: USERS }, (_, index) =>
      userName(Math.floor((index * users) / USERS)),
    );
    const begin: Probing = { url: server.url, ids, perSecond: PER_SECOND, warmUpSeconds: 3 };
    await probe.tell(begin);
    const felt = new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000));
    await Promise.race([felt, working]);
    return await probe.tell<Felt>('end');
  } finally {
    isOver = true;
    await working;
    await probe.stop();
  }
}

const describe = ({ asked, median, p99, most, failures }: Felt): string =>
  `${asked} asked, median ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)}, most ${most.toFixed(1)}${Object.entries(
    failures,
  )
    .map(([reason, times]) => `, ${times} x ${reason}`)
    .join('')}`;

const readingOf = (what: string, who: string, { p99, failures }: Felt): Reading => ({
  what,
  who,
  value: p99,
  unit: 'ms',
  errors: Object.values(failures).reduce((sum, times) => sum + times, 0),
});
