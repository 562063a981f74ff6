/**
 * Asks for a user so many times a second, whether or not the last was answered: a process of its own. What
 * waits behind a server that is held is counted with all that it waited.
 */
import { on } from 'node:events';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { bodyOf, failureIn } from './operations.js';
import type { Felt, ProbeBegin, Probing } from './probing.js';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const times: number[] = [];
const failures: Record<string, number> = {};
/** What was due before that is not counted, however late it was answered. */
let countedFrom = Infinity;
const underWay = new Set<Promise<void>>();
const over = new AbortController();

async function ask(url: string, id: string): Promise<string | null> {
  const headers = { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      text(response)
        .then((body) => failureIn('user', response.statusCode ?? 0, body))
        .then(resolve, reject);
    });
    sent.on('error', reject).end(bodyOf('user', { id }));
  });
}

async function probe(url: string, id: string, due: number): Promise<void> {
  const failure = await ask(url, id).catch((error: Error) => error.message);
  if (due < countedFrom) return;
  if (failure !== null) failures[failure] = (failures[failure] ?? 0) + 1;
  else times.push(performance.now() - due);
}

async function go({ url, ids, perSecond }: ProbeBegin): Promise<void> {
  const from = performance.now();
  for (let count = 1; !over.signal.aborted; count += 1) {
    const due = from + (count * 1_000) / perSecond;
    const left = due - performance.now();
    if (left > 0) await sleep(left);
    const asked = probe(url, ids[count % ids.length] ?? '', due);
    underWay.add(asked);
    void asked.then(() => underWay.delete(asked));
  }
}

async function begin(order: ProbeBegin): Promise<void> {
  void go(order);
  await sleep(order.warmUpSeconds * 1_000);
  countedFrom = performance.now();
}

async function end(): Promise<Felt> {
  over.abort();
  await Promise.all(underWay);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return { asked: sorted.length, median: at(0.5), p99: at(0.99), most: at(1), failures };
}

for await (const [order] of on(process, 'message') as AsyncIterable<[Probing]>) {
  process.send?.(order === 'end' ? await end() : ((await begin(order)) ?? 'begun'));
}
