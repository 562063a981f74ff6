import { once } from 'node:events';
import { queryObjects } from 'node:v8';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Pull } from '../../src/engine/pull.js';
import { ask, send } from '../support/client.js';
import { CreateUser, GetUser } from '../support/documents.js';
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
const HEAD = '{ head { position } }';

/** Iterators over the log, each of which is a listener to it. */
const iterators = (): number => queryObjects(Pull, { format: 'count' });

// The first of all, so that no iterators of servers that have stopped are counted.
it('an id that is used again before its operation has ended closes the socket, and leaves nothing behind', async () => {
  const { url } = await startServer({ SUBSCRIPTIONS: '3' });
  // A projection has one, too, from when it leads.
  const { createUser } = await ask(url, CreateUser, { input: { id: 'eve', name: 'Eve' } });
  await ask(url, GetUser, { id: 'eve', consistentWith: createUser.position });
  const before = iterators();
  const socket = await open(url);
  const closed = once(socket, 'close');
  const subscription = JSON.stringify({ id: 'a', type: 'subscribe', payload: { query: HEARD } });
  for (let pair = 0; pair < 50; pair += 1) {
    socket.send(subscription);
    socket.send('{"type":"complete","id":"a"}');
  }
  expect((await closed)[0]).toBe(4409);
  await expect.poll(iterators, { timeout: 10_000 }).toBe(before);
});

it('an id may be used again when its operation has ended', async () => {
  const { url } = await startServer();
  const socket = await open(url);
  const told: string[] = [];
  socket.on('message', (data: Buffer) => {
    const { id, type, payload } = JSON.parse(String(data));
    told.push(`${type} ${id} ${payload?.data?.events?.position ?? ''}`.trim());
  });
  const begin = (id: string, query: string) =>
    socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query } }));
  for (let time = 1; time <= 3; time += 1) {
    begin('a', HEARD);
    await expect.poll(() => told.filter((each) => each === 'next a 0')).toHaveLength(time);
    socket.send('{"type":"complete","id":"a"}');
    // A round trip, in which the one before ends.
    begin(`query ${time}`, '{ head { position } }');
    await expect.poll(() => told).toContain(`complete query ${time}`);
  }
  begin('a', HEARD);
  await expect.poll(() => told.at(-1)).toBe('next a 0');
  await ask(url, CreateUser, { input: { id: 'ada', name: 'Ada' } });
  await expect.poll(() => told.at(-1)).toBe('next a 1');
  expect(told.filter((each) => each === 'next a 1')).toHaveLength(1);
  expect(told).not.toContain('complete a');
});

it('one socket may have so many operations under way, and goes on with those it has', async () => {
  const { url } = await startServer({ SUBSCRIPTIONS: '2' });
  const socket = await open(url);
  expect(await subscribe(socket, 'a', HEARD)).toMatchObject({ id: 'a', type: 'next' });
  expect(await subscribe(socket, 'b', HEARD)).toMatchObject({ id: 'b', type: 'next' });
  expect(await subscribe(socket, 'c', HEARD)).toMatchObject({
    id: 'c',
    type: 'error',
    payload: [
      {
        message: 'One socket may have 2 operations under way.',
        extensions: { code: 'TOO_MANY_OPERATIONS' },
      },
    ],
  });
  const next = once(socket, 'message');
  await ask(url, CreateUser, { input: { id: 'ada', name: 'Ada' } });
  expect(String(await next)).toContain('"position":"1"');
});

it('operations that have ended make room for others', async () => {
  const { url } = await startServer({ SUBSCRIPTIONS: '1' });
  const socket = await open(url);
  const told: string[] = [];
  const heard = (message: string): Promise<void> =>
    new Promise((resolve) => {
      socket.on('message', () => told.at(-1) === message && resolve());
    });
  socket.on('message', (data: Buffer) => {
    const { id, type }: { id: string; type: string } = JSON.parse(String(data));
    told.push(`${type} ${id}`);
  });
  const steps = [
    ['a', HEAD, 'complete a'],
    ['b', HEAD, 'complete b'],
    ['c', '{ nothing }', 'error c'],
    ['d', HEARD, 'next d'],
    ['e', HEAD, 'error e'],
  ] as const;
  for (const [id, query, last] of steps) {
    const hasEnded = heard(last);
    socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query } }));
    await hasEnded;
  }
  socket.send('{"type":"complete","id":"d"}');
  expect(await subscribe(socket, 'f', HEAD)).toMatchObject({ id: 'f', type: 'next' });
  expect(told.join()).toMatch(
    /^next a,complete a,next b,complete b,error c,next d,error e,next f\b/,
  );
});

it('a server may have so many sockets', async () => {
  const { url } = await startServer({ CONNECTIONS: '1' });
  const first = await open(url);
  await expect(open(url)).rejects.toThrow('503');
  first.close();
  await once(first, 'close');
  await vi.waitFor(async () => expect((await open(url)).readyState).toBe(WebSocket.OPEN));
});

/** A document of so many tokens, most of them types of events. */
function ofTokens(count: number): string {
  const types = Array<string>(count - 23).fill('"T"');
  return `{ head { position } events(where: { types: [${types.join(' ')}] }) { nodes { id } } }`;
}

it('a document may have 10,000 tokens, whichever way it comes', async () => {
  const { url } = await startServer();
  const socket = await open(url);
  const headers = { 'content-type': 'application/json' };
  const stream = (query: string) =>
    fetch(`${url}/graphql/stream`, { method: 'POST', headers, body: JSON.stringify({ query }) });

  const tooMuch = ofTokens(10_001);
  const refusal = {
    message: 'Syntax Error: Document contains more that 10000 tokens. Parsing aborted.',
    extensions: { code: 'GRAPHQL_PARSE_FAILED' },
  };
  const overHttp = await send(url, tooMuch);
  expect(overHttp).toMatchObject({ status: 400, answer: { errors: [refusal] } });
  const streamed = await stream(tooMuch);
  expect(streamed.status).toBe(400);
  expect(await streamed.json()).toMatchObject({ errors: [refusal] });
  const error = await subscribe(socket, 'a', tooMuch);
  expect(error).toMatchObject({ id: 'a', type: 'error', payload: [refusal] });

  const data = { head: { position: '0' }, events: { nodes: [] } };
  const most = ofTokens(10_000);
  expect(await send(url, most)).toMatchObject({ status: 200, answer: { data } });
  expect(await (await stream(most)).text()).toContain('"nodes":[]');
  expect(await subscribe(socket, 'a', most)).toMatchObject({ type: 'next', payload: { data } });
});
