/**
 * Asks a server as fast as it answers, over so many connections: a process of its own, that is sent an
 * Order, sends what it has Seen, and ends. autocannon, and not an agent of node:http, which would be
 * slower than what it measures.
 */
import autocannon from 'autocannon';
import { doAsTold } from '../cells/told.js';
import { failureIn } from './operations.js';
import type { Order, Seen, Stored, StoredUser } from './order.js';
import { turnsOf } from './turns.js';
import { checkKeeping, createUsers } from './users.js';

/** So many connections keep a server busy. */
const MANY = 64;
/** After the many are gone. */
const SETTLING_SECONDS = 0.5;

/** Counts what comes between two moments. */
class Window {
  #well = 0;
  #failures: Record<string, number> = {};
  #from = performance.now();
  #cpu = process.cpuUsage();

  /** Forgets what was before. */
  open(): void {
    this.#well = 0;
    this.#failures = {};
    this.#from = performance.now();
    this.#cpu = process.cpuUsage();
  }

  count(failure: string | null): void {
    if (failure === null) this.#well += 1;
    else this.#failures[failure] = (this.#failures[failure] ?? 0) + 1;
  }

  close(): Seen {
    const seconds = (performance.now() - this.#from) / 1_000;
    const { user, system } = process.cpuUsage(this.#cpu);
    return {
      rate: this.#well / seconds,
      failures: this.#failures,
      share: (user + system) / 1e6 / seconds,
    };
  }
}

async function measure(order: Order): Promise<Seen> {
  const { url, connections, warmUpSeconds, measuredSeconds } = order;
  const prefix = `u${process.pid}-${Date.now().toString(36)}`;
  if (order.keeps) await checkKeeping(url, prefix);
  const window = new Window();
  // What few connections ask for would not make a server fast, and they wait for each of its steps.
  if (connections < MANY) {
    const warming = await ask({ ...order, connections: MANY }, `${prefix}-w`, window);
    await after(2 * warmUpSeconds);
    warming.stop();
  }
  const asking = await ask(order, prefix, window);
  await after(connections < MANY ? SETTLING_SECONDS : warmUpSeconds);
  window.open();
  await after(measuredSeconds);
  const seen = window.close();
  asking.stop();
  return seen;
}

/** Asks by all connections until it is stopped. */
async function ask(order: Order, prefix: string, window: Window): Promise<autocannon.Instance> {
  const { url, operation, connections } = order;
  const none: Stored = { users: [], between: [0, 0] };
  const stored = order.stored ?? (operation === 'create' ? none : await createUsers(url, prefix));
  let connected = 0;
  const load = autocannon(
    {
      url,
      connections,
      // It is stopped, not timed: it would wait for the end of one of its own seconds.
      duration: 3_600,
      setupClient(client) {
        const number = connected++;
        const own = { ...stored, users: sharedOut(stored.users, number, order) };
        const turns = turnsOf(operation, `${prefix}-${number}`, own);
        client.setRequests([
          {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            setupRequest: (request) => ({ ...request, body: turns.next() }),
            onResponse(status, body) {
              const failure = failureIn(operation, status, body);
              turns.answered(failure === null);
              window.count(failure);
            },
          },
        ]);
      },
    },
    () => undefined,
  );
  load.on('reqError', (error) => window.count(error.message));
  return load;
}

/** Two connections that rename one user would meet stale versions; whoever asks may ask for the same. */
const sharedOut = (
  users: readonly StoredUser[],
  number: number,
  { operation, connections }: Order,
) => (operation === 'rename' ? users.filter((_, index) => index % connections === number) : users);

const after = (seconds: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, seconds * 1_000));

await doAsTold('load/load.js', measure);
