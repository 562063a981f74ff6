/** Subscribers to a server: a process of its own, that is sent what each Listening is to come to. */
import { on } from 'node:events';
import type { Heard, Listening } from './listening.js';
import { Subscriber } from './subscriber.js';

/** A server lets so many wait to be let in, and the system has the others try again a second later. */
const BEGIN_AT_ONCE = 100;
/** Who has waited so long was told of an error. */
const PATIENCE_MILLISECONDS = 120_000;

interface Placed {
  readonly after: number;
  readonly subscriber: Subscriber;
}

const all: Placed[] = [];
let bytes = 0;

async function begin({ url, query, afters }: NonNullable<Listening['begin']>): Promise<void> {
  const waiting = [...afters];
  const work = async () => {
    for (let after = waiting.pop(); after !== undefined; after = waiting.pop()) {
      const payload = { query, variables: { after: String(after) } };
      all.push({ after, subscriber: await Subscriber.begin(new URL(url), payload) });
    }
  };
  await Promise.all(Array.from({ length: BEGIN_AT_ONCE }, work));
}

async function listen({ begin: beginning, through }: Listening): Promise<Heard> {
  const from = performance.now();
  const cpu = process.cpuUsage();
  if (beginning !== undefined) await begin(beginning);
  if (through === null) for (const { subscriber } of all) subscriber.deafen();
  else {
    await Promise.all(all.map(({ after, subscriber }) => subscriber.events(through - after)));
  }
  const seconds = (performance.now() - from) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const before = bytes;
  bytes = all.reduce((sum, { subscriber }) => sum + subscriber.bytes, 0);
  return { seconds, bytes: bytes - before, share: (user + system) / 1e6 / seconds };
}

for await (const [listening] of on(process, 'message')) {
  const late = setTimeout(() => process.exit(1), PATIENCE_MILLISECONDS);
  process.send?.(await listen(listening));
  clearTimeout(late);
}
