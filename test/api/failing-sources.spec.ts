import { once } from 'node:events';
import { GraphQLInt, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { StoreStopped } from '../../src/core/event-store.js';
import { operationsOn, serveOperations } from '../support/operations.js';

const SECRET = 'password=hunter2';
const MASKED = {
  message: 'Something went wrong on the server; its log says what, under this errorId.',
  extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: 'id-1' },
};

/** What GraphQL itself stumbles over when it is thrown. */
class Unspeakable extends Error {
  get path(): never {
    throw new Error(SECRET);
  }
}

async function* breaking() {
  yield { breaks: 1 };
  throw new Error(SECRET);
}

async function* counting() {
  for (let number = 1; number <= 2; number += 1) yield { counts: number };
}

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { one: { type: GraphQLInt } } }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      refused: {
        type: GraphQLInt,
        subscribe: () => {
          throw new Error(SECRET);
        },
      },
      stopped: {
        type: GraphQLInt,
        subscribe: () => {
          throw new StoreStopped('The store is closed.');
        },
      },
      breaks: { type: GraphQLInt, subscribe: breaking },
      spoils: {
        type: GraphQLInt,
        subscribe: counting,
        resolve: () => {
          throw new Unspeakable();
        },
      },
      counts: { type: GraphQLInt, subscribe: counting },
    },
  }),
});

/** A server of these subscriptions, and what it says: in the log, and nothing beside it. */
async function start() {
  const logged: object[] = [];
  const keep = (details: object) => void logged.push(details);
  const log = { info: keep, warn: keep, error: keep };
  const beside = [
    vi.spyOn(console, 'error').mockImplementation((text) => keep({ beside: text })),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      keep({ beside: text });
      return true;
    }),
  ];
  onTestFinished(() => {
    for (const spy of beside) spy.mockRestore();
  });
  return { url: await serveOperations(await operationsOn(schema, log), log), logged };
}

const stream = (url: string, name: string): Promise<Response> =>
  fetch(`${url}?query=${encodeURIComponent(`subscription { ${name} }`)}`);

/** A socket that speaks the protocol by hand. */
async function open(url: string): Promise<WebSocket> {
  const address = `${url.replace('http', 'ws')}/graphql`;
  const socket = new WebSocket(address, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  return socket;
}

/** All that a subscription is answered over a socket, until it has ended. */
function answers(socket: WebSocket, name: string): Promise<unknown[]> {
  const told: unknown[] = [];
  return new Promise((resolve) => {
    socket.on('message', (data: Buffer) => {
      const message: { id: string; type: string } = JSON.parse(String(data));
      if (message.id !== name) return;
      told.push(message);
      if (message.type !== 'next') resolve(told);
    });
    const payload = { query: `subscription { ${name} }` };
    socket.send(JSON.stringify({ id: name, type: 'subscribe', payload }));
  });
}

const next = (id: string, data: object) => ({ id, type: 'next', payload: { data } });
const COUNTED = [
  next('counts', { counts: 1 }),
  next('counts', { counts: 2 }),
  { id: 'counts', type: 'complete' },
];

const event = (name: string, data: string): string => `event: ${name}\ndata: ${data}\n\n`;

describe('over Server-Sent Events, a subscription', () => {
  it('that fails to begin is answered with a mask, and the log has the cause', async () => {
    const { url, logged } = await start();
    const response = await stream(url, 'refused');
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ errors: [MASKED] });
    expect(logged).toMatchObject([{ err: { message: SECRET }, errorId: 'id-1' }]);
  });

  it('that a stopped store refuses may be asked for again later', async () => {
    const { url, logged } = await start();
    const response = await stream(url, 'stopped');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'The store is closed.', extensions: { code: 'STORE_STOPPED' } }],
    });
    expect(logged).toEqual([]);
  });

  it('that fails in the middle ends with a mask after what it had told', async () => {
    const { url, logged } = await start();
    const response = await stream(url, 'breaks');
    expect(response.status).toBe(200);
    const told = event('next', '{"data":{"breaks":1}}');
    const failure = event('next', JSON.stringify({ errors: [MASKED] }));
    expect(await response.text()).toBe(`${told}${failure}${event('complete', '')}`);
    expect(logged).toMatchObject([{ err: { message: SECRET }, errorId: 'id-1' }]);
  });

  it('that cannot show an item ends with a mask', async () => {
    const { url, logged } = await start();
    const response = await stream(url, 'spoils');
    const failure = event('next', JSON.stringify({ errors: [MASKED] }));
    expect(await response.text()).toBe(`${failure}${event('complete', '')}`);
    expect(logged).toMatchObject([{ err: expect.any(Error), errorId: 'id-1' }]);
  });
});

describe('over WebSocket, a subscription', () => {
  it.each([
    ['refused', MASKED],
    ['stopped', { message: 'The store is closed.', extensions: { code: 'STORE_STOPPED' } }],
  ])(
    'that cannot begin is answered why, and gives its place to another: %s',
    async (name, error) => {
      const { url } = await start();
      const socket = await open(url);
      const told = { id: name, type: 'next', payload: { errors: [error] } };
      expect(await answers(socket, name)).toMatchObject([told, { type: 'complete' }]);
      expect(await answers(socket, 'counts')).toEqual(COUNTED);
    },
  );

  it.each([
    ['breaks', [next('breaks', { breaks: 1 })]],
    ['spoils', []],
  ])(
    'that fails in the middle ends with a mask, and gives its place to another: %s',
    async (name, told) => {
      const { url, logged } = await start();
      const socket = await open(url);
      const failure = { id: name, type: 'error', payload: [MASKED] };
      expect(await answers(socket, name)).toEqual([...told, failure]);
      expect(logged).toMatchObject([{ err: expect.any(Error), errorId: 'id-1' }]);
      expect(await answers(socket, 'counts')).toEqual(COUNTED);
    },
  );
});
