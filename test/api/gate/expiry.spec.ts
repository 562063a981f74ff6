import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { atTime } from '../../../src/api/gate/expiry.js';
import { startServer } from '../../support/server.js';
import { bearer, inSeconds, sign, WITH_SECRET } from '../../support/tokens.js';
import { ask } from './three-doors.js';

const EVENTS = 'subscription { events { position } }';
const CREATE = 'mutation { createUser(input: { name: "Ada" }) { success } }';

/** Good for one to two seconds: tokens count whole ones. */
const soonOver = () => sign({ exp: inSeconds(2) });

/** A socket that listens to events, and what it was told. */
async function listen(url: string, token: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  const told: string[] = [];
  const closed = once(socket, 'close').then(([code, reason]: [number, Buffer] | unknown[]) => ({
    code,
    reason: String(reason),
    at: Date.now(),
  }));
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: bearer(token) }));
  await once(socket, 'message');
  socket.on('message', (data: Buffer) => told.push(String(data)));
  const payload = { query: EVENTS };
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload }));
  await once(socket, 'message');
  return { told, closed };
}

it('a socket on which nothing happens is closed when its token expires', async () => {
  const { url } = await startServer(WITH_SECRET);
  const { closed } = await listen(url, await soonOver());
  expect(await closed).toMatchObject({ code: 4403, reason: 'The token has expired' });
});

it('a socket on which much happens is told of nothing that comes after its token', async () => {
  const { url } = await startServer(WITH_SECRET);
  const exp = inSeconds(2);
  const { told, closed } = await listen(url, await sign({ exp }));
  const token = await sign();
  const isOver = closed.then(() => true);
  let ended = false;
  while (!ended) {
    await ask('http', url, { query: CREATE }, token);
    ended = await Promise.race([isOver, Promise.resolve(false)]);
  }
  expect(await closed).toMatchObject({ code: 4403 });
  const heard = told.length;
  expect(heard).toBeGreaterThan(1);
  // Whoever would be told of more is told of this.
  await ask('http', url, { query: CREATE }, token);
  expect(told).toHaveLength(heard);
  expect(Date.now()).toBeGreaterThanOrEqual(exp * 1_000);
});

it('a stream ends with UNAUTHENTICATED when its token expires', async () => {
  const { url } = await startServer(WITH_SECRET);
  const address = `${url}/graphql/stream?query=${encodeURIComponent(EVENTS)}`;
  const request = get(address, { headers: bearer(await soonOver()) });
  const [response]: IncomingMessage[] = await once(request, 'response');
  expect(response?.statusCode).toBe(200);
  let text = '';
  for await (const chunk of response ?? []) text += String(chunk);
  expect(text).toContain('"position":"0"');
  expect(text).toMatch(/"code":"UNAUTHENTICATED"[^\n]*\n\nevent: complete\ndata: \n\n$/);
});

it('a time beyond what a timer can wait for is waited for', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const act = vi.fn<() => void>();
  const forty = 40 * 24 * 3_600_000;
  atTime(Date.now() + forty, act);
  atTime(Date.now() + forty, act)();
  atTime(Number.POSITIVE_INFINITY, act);
  vi.advanceTimersByTime(forty - 1);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledOnce();
});
