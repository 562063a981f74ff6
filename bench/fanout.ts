/**
 * Events a second delivered to 1, 100 and 1,000 subscribers over WebSocket, beside a bare `ws`
 * broadcast of the same bytes in the same run, servers in turn. `npm run bench:fanout`
 *
 * Each server is a process of its own; the subscribers are in this one, and count what comes.
 */
import { receive, startServer, stopServer, subscribe } from './listener.js';
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
  const server = await startServer(kind);
  try {
    const sockets = await Promise.all(
      Array.from({ length: subscribers }, () => subscribe(server, QUERY)),
    );
    const done = Promise.all(sockets.map((socket) => receive(socket, events)));
    const from = performance.now();
    server.process.send(events);
    await done;
    const seconds = (performance.now() - from) / 1_000;
    for (const socket of sockets) socket.terminate();
    return (events * subscribers) / seconds;
  } finally {
    await stopServer(server);
  }
}
