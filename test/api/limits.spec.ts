import { once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { ask, listen } from '../support/client.js';
import { CreateUser, Events, RenameUser } from '../support/documents.js';
import { startServer } from '../support/server.js';

/** A socket that speaks the protocol by hand. */
async function open(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  return socket;
}

async function subscribe(socket: WebSocket, id: string, query: string): Promise<unknown> {
  socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query } }));
  const [data]: Buffer[] = await once(socket, 'message');
  return JSON.parse(data?.toString() ?? '');
}

const HEARD = 'subscription { events { position } }';
const hasRoom = (url: string): Promise<boolean> =>
  open(url).then(
    (socket) => {
      socket.terminate();
      return true;
    },
    () => false,
  );

it('one socket may have so many operations under way, and goes on with those it has', async () => {
  const { url } = await startServer({ SUBSCRIPTIONS: '2' });
  const socket = await open(url);
  expect(await subscribe(socket, 'a', HEARD)).toMatchObject({ id: 'a', type: 'next' });
  expect(await subscribe(socket, 'b', HEARD)).toMatchObject({ id: 'b', type: 'next' });
  expect(await subscribe(socket, 'c', HEARD)).toMatchObject({
    id: 'c',
    type: 'error',
    payload: [{ message: 'One socket may have 2 operations under way.' }],
  });
  const next = once(socket, 'message');
  await ask(url, CreateUser, { input: { id: 'ada', name: 'Ada' } });
  expect(String(await next)).toContain('"position":"1"');
});

it('a server may have so many sockets', async () => {
  const { url } = await startServer({ CONNECTIONS: '1' });
  const first = await open(url);
  await expect(open(url)).rejects.toThrow('503');
  first.close();
  await once(first, 'close');
  await vi.waitFor(async () => expect((await open(url)).readyState).toBe(WebSocket.OPEN));
});

it(
  'a socket whose peer does not read is let go of, and others are not delayed',
  { timeout: 60_000 },
  async () => {
    const { url } = await startServer({ UNREAD_FOR: '200', CONNECTIONS: '2' });
    await ask(url, CreateUser, { input: { id: 'ada', name: 'Ada' } });
    const much = Array.from({ length: 400 }, (_, index) => `d${index}: data`).join(' ');
    const deaf = await open(url);
    await subscribe(deaf, 'a', `subscription { events { event { ${much} } } }`);
    deaf.pause();
    const reader = listen(url, Events);
    await reader.next();
    const closed = once(deaf, 'close');
    for (let version = 1; !(await hasRoom(url)); version += 1) {
      const input = { id: 'ada', name: `${'x'.repeat(190)} ${version}` };
      await ask(url, RenameUser, { input, expectedVersion: version });
      const { value } = await reader.next();
      expect(value?.events.position).toBe(String(version + 1));
    }
    deaf.resume();
    const [code]: number[] = await closed;
    expect([1006, 1013]).toContain(code);
  },
);
