import { once } from 'node:events';
import { queryObjects } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Pull } from '../../src/engine/pull.js';
import { ask, listen } from '../support/client.js';
import { CreateUser, Events, RenameUser, WatchUser } from '../support/documents.js';
import { startServer } from '../support/server.js';
import { clientPorts } from '../support/sockets.js';

const SOCKETS = 50;
const EACH = 20;

const SUBSCRIPTIONS = [
  { query: Events.toString(), variables: {} },
  { query: Events.toString(), variables: { after: '0', where: { aggregateId: 'nobody' } } },
  { query: WatchUser.toString(), variables: { id: 'ann' } },
];

/** How a socket's subscriptions are dropped, of which half are answered and half are not yet. */
const DROPS = ['completed', 'closed', 'torn', 'completed, then closed'] as const;

async function connect(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  return socket;
}

/** Resolves when so many different subscriptions have been answered. */
function answered(socket: WebSocket, count: number): Promise<void> {
  const ids = new Set<string>();
  return new Promise((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      const { type, id }: { type: string; id: string } = JSON.parse(String(data));
      if (type === 'error') reject(new Error(String(data)));
      if (type === 'next') ids.add(id);
      if (ids.size === count) resolve();
    });
  });
}

async function openAndDrop(url: string, how: (typeof DROPS)[number], waits: boolean) {
  const socket = await connect(url);
  const all = answered(socket, EACH);
  const send = (message: object) => socket.send(JSON.stringify(message));
  for (let id = 0; id < EACH; id += 1) {
    const payload = SUBSCRIPTIONS[id % SUBSCRIPTIONS.length];
    send({ type: 'subscribe', id: `${id}`, payload });
  }
  if (waits) await all;
  else all.catch(() => undefined);
  if (how.startsWith('completed')) {
    for (let id = 0; id < EACH; id += 1) send({ type: 'complete', id: `${id}` });
  }
  if (how === 'torn') socket.terminate();
  else if (how !== 'completed') socket.close();
  if (how !== 'completed') await once(socket, 'close');
  return socket;
}

/** What the process holds: iterators over the log, each of which is a listener to it, and sockets. */
const held = () => ({
  iterators: queryObjects(Pull, { format: 'count' }),
  sockets: queryObjects(WebSocket, { format: 'count' }),
});

/** Open handles and timers by their kind. */
function resources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Opens sockets with subscriptions and drops them; what still is open is closed in the end. */
async function openAndDropAll(url: string, count: number, iterators: number): Promise<void> {
  const sockets = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      openAndDrop(url, DROPS[index % DROPS.length] ?? 'closed', index % 8 < 4),
    ),
  );
  const open = sockets.filter(({ readyState }) => readyState === WebSocket.OPEN);
  expect(open).toHaveLength(Math.ceil(count / DROPS.length));
  // Those whose subscriptions were completed hold nothing though they stay open.
  await expect.poll(() => held().iterators, { timeout: 10_000 }).toBe(iterators);
  for (const socket of open) {
    socket.terminate();
    await once(socket, 'close');
  }
}

describe('1,000 subscriptions that were opened and dropped', () => {
  it('leave nothing behind', { timeout: 60_000 }, async () => {
    const { url } = await startServer();
    await ask(url, CreateUser, { input: { id: 'ann', name: 'Ann' } });
    const staying = listen(url, Events);
    await staying.next();
    const { iterators } = held();
    expect(iterators).toBeGreaterThan(0);
    // What is made once and stays is there before, such as all the connections to a database.
    await openAndDropAll(url, DROPS.length * 2, iterators);
    // Those of the one that stays and of `ask`.
    await expect.poll(() => clientPorts().length, { timeout: 5_000 }).toBeLessThanOrEqual(2);
    const before = held();
    const handles = resources();

    await openAndDropAll(url, SOCKETS, iterators);
    await expect.poll(held, { timeout: 10_000 }).toEqual(before);
    for (const [kind, most] of Object.entries(handles)) {
      await expect
        .poll(() => resources()[kind] ?? 0, { timeout: 10_000 })
        .toBeLessThanOrEqual(most);
    }
    expect(Object.keys(handles)).toEqual(expect.arrayContaining(Object.keys(resources())));

    await ask(url, RenameUser, { input: { id: 'ann', name: 'Anna' }, expectedVersion: 1 });
    expect((await staying.next()).value).toMatchObject({ events: { position: '2' } });
  });
});
