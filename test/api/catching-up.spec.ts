import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { GraphQLInt, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { START } from '../../src/core/event.js';
import type { EventStore } from '../../src/core/event-store.js';
import { listen, type Frame } from '../../src/engine/listen.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { METADATA } from '../support/metadata.js';
import { operationsOn, serveOperations } from '../support/operations.js';
import { startProgram } from '../support/process.js';
import { openStore } from '../support/server.js';
import { tempFolder } from '../support/temp-folder.js';

const EVENTS = 30_000;
/** One more says where listening begins. */
const FRAMES = EVENTS + 1;
const COMMIT = 1_000;
/** So small that all of it goes into the buffers of an operating system: nothing else stops the server. */
const QUERY = 'subscription { events(after: "0") { position } }';

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function fill(store: EventStore): Promise<void> {
  const created = { name: 'Ann', email: null, status: 'active' };
  for (let version = 0; version < EVENTS; version += COMMIT) {
    const events = Array.from({ length: COMMIT }, (_, index) =>
      version + index === 0
        ? { id: randomUUID(), type: 'UserCreated', schemaVersion: 2, data: created }
        : { id: randomUUID(), type: 'UserRenamed', schemaVersion: 1, data: { name: `A${index}` } },
    );
    await store.append({
      stream: { type: 'User', id: 'ann' },
      expectedVersion: version,
      events,
      metadata: METADATA,
      claims: [],
      releases: [],
    });
  }
}

/** Someone who listens to the whole log, and reads it as it comes. */
interface Reader {
  readonly hasBegun: Promise<unknown>;
  readonly frames: () => number;
}

async function overWebSocket(url: string): Promise<Reader> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  let frames = 0;
  socket.on('message', () => (frames += 1));
  const hasBegun = once(socket, 'message');
  socket.send(JSON.stringify({ id: 'a', type: 'subscribe', payload: { query: QUERY } }));
  return { hasBegun, frames: () => frames };
}

async function overEvents(url: string): Promise<Reader> {
  const request = get(`${url}/graphql/stream?query=${encodeURIComponent(QUERY)}`);
  onTestFinished(() => void request.destroy());
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (response === undefined) throw new Error('there was no response');
  response.on('error', () => undefined);
  let frames = 0;
  // Who goes away in the middle of it is told so, by both.
  const lines = createInterface({ input: response }).on('error', () => undefined);
  lines.on('line', (line) => {
    if (line === 'event: next') frames += 1;
  });
  return { hasBegun: once(lines, 'line'), frames: () => frames };
}

describe('while a listener catches up with a long log', { timeout: 60_000 }, () => {
  it.each([
    ['WebSocket', overWebSocket],
    ['Server-Sent Events', overEvents],
  ])('others are answered: over %s', async (_, begin) => {
    const DATA_DIR = await tempFolder();
    const store = await openStore(DATA_DIR);
    await fill(store);
    await store.close();
    // In a process of its own, what it sends does not wait for who reads it.
    const { url } = await startProgram({ DATA_DIR });
    const ask = async () => expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await ask();
    const { hasBegun, frames } = await begin(url);
    await hasBegun;
    await ask();
    expect(frames()).toBeLessThan(FRAMES / 3);
    await expect.poll(frames, { timeout: 30_000 }).toBe(FRAMES);
  });
});

/** A log of which every frame is counted that is executed, and how many were when it was over. */
async function startCounting() {
  const store = new MemoryStore();
  await fill(store);
  let executed = 0;
  const listening = new EventEmitter();
  const over = once(listening, 'over').then(() => executed);
  const subscribe = async () => {
    const frames = await listen(store, { where: {}, after: START });
    return {
      next: () => frames.next(),
      return: () => {
        listening.emit('over');
        return frames.return();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  };
  const resolve = ({ position }: Frame) => {
    executed += 1;
    if (executed === FRAMES) listening.emit('over');
    return position;
  };
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { one: { type: GraphQLInt } } }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: { position: { type: GraphQLInt, subscribe, resolve } },
    }),
  });
  const url = await serveOperations(await operationsOn(schema, QUIET), QUIET);
  return { url, over };
}

async function connectTo(url: string, request: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  socket.write(`GET ${request}\r\nHost: localhost\r\n\r\n`);
  await once(socket, 'data');
  return socket;
}

const UPGRADE = [
  '/graphql HTTP/1.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Protocol: graphql-transport-ws',
].join('\r\n');
const TEXT = 1;
const CLOSE = 8;
const NORMAL_CLOSURE = Buffer.from([0x03, 0xe8]);

/** A short frame of WebSocket with a mask of zeros, which leaves the content as it is. */
const frameOf = (opcode: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | content.length, 0, 0, 0, 0]), content]);

async function listenOverSocket(url: string): Promise<Socket> {
  const socket = await connectTo(url, UPGRADE);
  const payload = { query: 'subscription { position }' };
  for (const message of [{ type: 'connection_init' }, { id: 'a', type: 'subscribe', payload }]) {
    socket.write(frameOf(TEXT, Buffer.from(JSON.stringify(message))));
    await once(socket, 'data');
  }
  return socket;
}

const listenToStream = (url: string): Promise<Socket> =>
  connectTo(url, '/?query=subscription%7Bposition%7D HTTP/1.1');

const reset = (socket: Socket) => void socket.resetAndDestroy();
const sayGoodbye = (socket: Socket) => void socket.write(frameOf(CLOSE, NORMAL_CLOSURE));

describe('nothing is executed for a listener', () => {
  it.each([
    ['that said goodbye and holds its connection open', listenOverSocket, sayGoodbye],
    ['whose socket was reset', listenOverSocket, reset],
    ['whose stream was reset', listenToStream, reset],
  ])('%s in the middle of a long log', async (_, begin, leave) => {
    const { url, over } = await startCounting();
    leave(await begin(url));
    expect(await over).toBeLessThan(FRAMES / 3);
  });
});
