/**
 * Events a second delivered to 1, 100 and 1,000 subscribers over WebSocket, beside a bare `ws`
 * broadcast of the same bytes in the same run, servers in turn. `npm run bench:fanout`
 *
 * Each server is a process of its own; the subscribers are in this one, and count what comes.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { median } from './median.js';

const SUBSCRIBERS = [1, 100, 1_000];
const ROUNDS = 3;
/** Deliveries in a round, shared among the subscribers. */
const DELIVERIES = 60_000;
const QUERY =
  'subscription { events { position caughtUp event { id type aggregateId recordedAt } } }';

type Kind = 'hindsight' | 'bare';

for (const subscribers of SUBSCRIBERS) {
  const rates: Record<Kind, number[]> = { hindsight: [], bare: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of ['hindsight', 'bare'] as const) {
      rates[kind].push(await measure(kind, subscribers));
      process.stderr.write(`${subscribers} subscribers, round ${round + 1}, ${kind}\r`);
    }
  }
  const [ours, bare] = [median(rates.hindsight), median(rates.bare)];
  process.stdout.write(
    `${subscribers} subscribers: ${ours.toFixed(0)} events/s, bare ws ${bare.toFixed(0)}, ratio ${(ours / bare).toFixed(2)}\n`,
  );
}

/** Deliveries a second, from the first event to the last one that the slowest subscriber got. */
async function measure(kind: Kind, subscribers: number): Promise<number> {
  const events = Math.max(20, Math.round(DELIVERIES / subscribers));
  const server = fork(fileURLToPath(new URL('fanout-server.ts', import.meta.url)), [kind], {
    execArgv: ['--import', 'tsx'],
  });
  try {
    const [port]: number[] = await once(server, 'message');
    const sockets = await Promise.all(
      Array.from({ length: subscribers }, () => subscribe(Number(port))),
    );
    const done = Promise.all(sockets.map((socket) => receive(socket, events)));
    const from = performance.now();
    server.send(events);
    await done;
    const seconds = (performance.now() - from) / 1_000;
    for (const socket of sockets) socket.terminate();
    return (events * subscribers) / seconds;
  } finally {
    await end(server);
  }
}

async function subscribe(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY } }));
  // The first frame says that listening has begun.
  await once(socket, 'message');
  return socket;
}

function receive(socket: WebSocket, events: number): Promise<void> {
  return new Promise((resolve) => {
    let left = events;
    socket.on('message', () => {
      left -= 1;
      if (left === 0) resolve();
    });
  });
}

async function end(server: ChildProcess): Promise<void> {
  const exited = once(server, 'exit');
  server.kill('SIGKILL');
  await exited;
}
