import { subscribe as tap } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { GOODBYE_MILLISECONDS, PING_EVERY } from '../../src/api/websocket/peer.js';
import { ask, listen } from '../support/client.js';
import { CreateUser, DeactivateUser, Events, GetHead, RenameUser } from '../support/documents.js';
import type { Settings } from '../../src/config.js';
import type { RunningServer } from '../../src/cli/serve.js';
import { startServer } from '../support/server.js';
import { tempFolder } from '../support/temp-folder.js';

const UNREAD_FOR = 200;
/** Together they are several times what the buffers of an operating system hold. */
const EVENTS = 300;
const PINGS = 60;

const MUCH = Array.from({ length: 400 }, (_, index) => `d${index}: data`).join(' ');
const HEAVY = `subscription { events { position event { ${MUCH} } } }`;

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

const HEAVY_FROM_THE_START = HEAVY.replace('events', 'events(after: "0")');
const OTHER = 'subscription { events(where: { aggregateId: "nobody" }) { position } }';
const HUGE = Array.from({ length: 3_000 }, (_, index) => `d${index}: data`).join(' ');
const REASONS = `subscription { events(after: "0", where: { types: ["UserDeactivated"] }) { event { ${HUGE} } } }`;
const HEAD = '{ head { position } }';

/** Frames this large come of documents alone that a server trusts. */
const TRUSTED = [HEAVY, HEAVY_FROM_THE_START, OTHER, REASONS, HEAD];
const COMMON = [CreateUser, DeactivateUser, RenameUser, Events, GetHead];

async function start(settings: Settings = {}): Promise<RunningServer> {
  const file = join(await tempFolder(), 'documents.json');
  const texts = [...TRUSTED, ...COMMON].map(String);
  await writeFile(file, JSON.stringify(Object.fromEntries(texts.entries())));
  return startServer({ STORE: 'memory', TRUSTED_DOCUMENTS: file, ...settings });
}

/** A socket that speaks the protocol by hand. */
async function open(url: string, options: ClientOptions = {}): Promise<WebSocket> {
  const address = `${url.replace('http', 'ws')}/graphql`;
  const socket = new WebSocket(address, 'graphql-transport-ws', options);
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  // Whoever is ended in the middle of a write is told so.
  socket.on('error', () => undefined);
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  return socket;
}

const subscribe = (socket: WebSocket, query: string, id = 'a'): void =>
  socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query } }));

const hasRoom = (url: string): Promise<boolean> =>
  open(url).then(
    async (socket) => {
      socket.close();
      await once(socket, 'close');
      return true;
    },
    () => false,
  );

/** How many writes of this process, in which both ends are, wait for the operating system. */
const pendingWrites = (): number =>
  process.getActiveResourcesInfo().filter((name) => name.endsWith('WriteWrap')).length;

/** Resolves when the server neither sends to the socket nor reads from it while it answers others. */
async function standstill(url: string, socket: Pick<WebSocket, 'bufferedAmount'>): Promise<void> {
  const ends = socket.bufferedAmount > 0 ? 2 : 1;
  let { bufferedAmount } = socket;
  for (let answers = 0; answers < 100; answers += 1) {
    await ask(url, GetHead);
    if (socket.bufferedAmount !== bufferedAmount || pendingWrites() !== ends) answers = 0;
    ({ bufferedAmount } = socket);
  }
}

interface Deaf {
  readonly socket: WebSocket;
  /** Where the frames were that it has received. */
  readonly positions: readonly number[];
}

/** Something that takes nothing from here but what it is sent. */
const SILENT = { bufferedAmount: 0 };

/**
 * A socket that does not read what is more than fits; another one is told everything in time. It may
 * have other subscriptions, which have begun before.
 */
async function openDeaf(url: string, others: readonly string[] = []): Promise<Deaf> {
  await ask(url, CreateUser, { input: { id: 'ada', name: 'Ada' } });
  const reader = listen(url, Events);
  await reader.next();
  const socket = await open(url);
  const positions: number[] = [];
  socket.on('message', (data: Buffer) => {
    const { id, payload } = JSON.parse(String(data));
    if (id === 'a') positions.push(Number(payload.data.events.position));
  });
  subscribe(socket, HEAVY);
  await once(socket, 'message');
  for (const [index, other] of others.entries()) {
    subscribe(socket, other, `other ${index}`);
    await once(socket, 'message');
  }
  socket.pause();
  for (const version of range(1, EVENTS)) {
    const input = { id: 'ada', name: `${'x'.repeat(190)} ${version}` };
    await ask(url, RenameUser, { input, expectedVersion: version });
    const { value } = await reader.next();
    expect(value?.events.position).toBe(String(version + 1));
  }
  await standstill(url, socket);
  return { socket, positions };
}

const ping = (number: number): string =>
  JSON.stringify({ type: 'ping', payload: { number, filler: 'x'.repeat(900_000) } });

afterEach(() => {
  vi.useRealTimers();
});

describe('a socket that does not read what it is sent', { timeout: 60_000 }, () => {
  it('is told when it is ended from where nothing is missed, and others are not delayed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { url } = await start({ UNREAD_FOR: `${UNREAD_FOR}` });
    const { socket, positions } = await openDeaf(url);
    const closed = once(socket, 'close');
    vi.advanceTimersByTime(UNREAD_FOR);
    socket.resume();
    const [code, reason]: unknown[] = await closed;
    expect(code).toBe(1013);
    const [, after] = /resume after (\d+)$/.exec(String(reason)) ?? [];
    expect(positions).toEqual(range(1, Number(after)));
    expect(Number(after)).toBeLessThan(EVENTS);
  });

  it('is told of the earliest place where one of its subscriptions is', async () => {
    // With a clock that stands, a subscription that nothing matches is not told how far it is.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const { url } = await start({ UNREAD_FOR: `${UNREAD_FOR}` });
    const { socket, positions } = await openDeaf(url, [OTHER]);
    const closed = once(socket, 'close');
    vi.advanceTimersByTime(UNREAD_FOR);
    socket.resume();
    const [code, reason]: unknown[] = await closed;
    expect(code).toBe(1013);
    expect(String(reason)).toMatch(/resume after 1$/);
    expect(positions.length).toBeGreaterThan(1);
  });

  it('is not ended while it takes something now and then', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { url } = await start({ UNREAD_FOR: `${UNREAD_FOR}` });
    for (const number of range(1, 20)) {
      const id = `user-${number}`;
      await ask(url, CreateUser, { input: { id, name: 'Ann' } });
      const input = { id, reason: 'x'.repeat(1_000) };
      await ask(url, DeactivateUser, { input, expectedVersion: 1 });
    }
    const socket = await open(url);
    socket.pause();
    // A frame is more than there is room for when another was taken, so that something always waits.
    for (const number of range(1, 6)) subscribe(socket, REASONS, `${number}`);
    await standstill(url, socket);
    // Both ends are in this process: what is sent now is sent to this socket, when it took the last.
    const sent = vi.spyOn(WebSocket.prototype, 'send');
    onTestFinished(() => sent.mockRestore());
    for (const _ of range(1, 3)) {
      vi.advanceTimersByTime(UNREAD_FOR - 1);
      const before = sent.mock.calls.length;
      await new Promise<void>((resolve, reject) => {
        socket.once('close', reject);
        socket.on('message', function look() {
          if (sent.mock.calls.length === before) return;
          socket.off('message', look).pause();
          resolve();
        });
        socket.resume();
      });
      await standstill(url, socket);
    }
    expect(socket.readyState).toBe(WebSocket.OPEN);
    const closed = once(socket, 'close');
    vi.advanceTimersByTime(UNREAD_FOR);
    socket.resume();
    expect((await closed)[0]).toBe(1013);
  });

  it('is let go of when it does not read of its end either', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const settings = { UNREAD_FOR: `${UNREAD_FOR}`, CONNECTIONS: '2' };
    const { url } = await start(settings);
    await openDeaf(url);
    vi.advanceTimersByTime(UNREAD_FOR - 1);
    vi.advanceTimersByTime(GOODBYE_MILLISECONDS);
    expect(await hasRoom(url)).toBe(false);
    vi.advanceTimersByTime(GOODBYE_MILLISECONDS);
    await expect.poll(() => hasRoom(url)).toBe(true);
  });

  it.each([
    ['messages', PINGS, (socket: WebSocket, number: number) => socket.send(ping(number))],
    ['frames', 100_000, (socket: WebSocket) => socket.ping('x'.repeat(125))],
  ])(
    'is not read from either, and is ended, when it sends %s to answer',
    async (_, count, send) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const settings = { UNREAD_FOR: `${UNREAD_FOR}`, CONNECTIONS: '1' };
      const { url } = await start(settings);
      const socket = await open(url);
      socket.pause();
      for (const number of range(1, count)) send(socket, number);
      await standstill(url, socket);
      expect(await hasRoom(url)).toBe(false);
      vi.advanceTimersByTime(UNREAD_FOR);
      vi.advanceTimersByTime(GOODBYE_MILLISECONDS);
      await expect.poll(() => hasRoom(url)).toBe(true);
    },
  );

  it('has every answer in order when it reads after all', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { url } = await start({ UNREAD_FOR: `${UNREAD_FOR}` });
    const socket = await open(url);
    socket.pause();
    for (const number of range(1, PINGS)) socket.send(ping(number));
    await standstill(url, socket);
    vi.advanceTimersByTime(UNREAD_FOR - 1);
    const numbers: number[] = [];
    const answered = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        numbers.push(JSON.parse(String(data)).payload.number);
        if (numbers.length === PINGS) resolve();
      });
    });
    socket.resume();
    await answered;
    expect(numbers).toEqual(range(1, PINGS));
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  it('is not ended for pings that stand behind it, and misses nothing', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { url } = await start({ UNREAD_FOR: '3600000' });
    const { socket, positions } = await openDeaf(url);
    for (const _ of range(1, 3)) vi.advanceTimersByTime(PING_EVERY);
    const hasAll = new Promise<void>((resolve) => {
      socket.on('message', () => {
        if (positions.length === EVENTS + 1) resolve();
      });
    });
    socket.resume();
    await hasAll;
    expect(positions).toEqual(range(1, EVENTS + 1));
    const pinged = once(socket, 'ping');
    vi.advanceTimersByTime(PING_EVERY);
    await pinged;
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });
});

/** A stream that is not read, over a log that does not fit; and its response where it is served. */
async function startDeafStream() {
  const server = await start({ UNREAD_FOR: '3600000' });
  await ask(server.url, CreateUser, { input: { id: 'ada', name: 'Ada' } });
  for (const version of range(1, EVENTS)) {
    const input = { id: 'ada', name: `${'x'.repeat(190)} ${version}` };
    await ask(server.url, RenameUser, { input, expectedVersion: version });
  }
  const served: ServerResponse[] = [];
  tap('http.server.request.start', (message) => {
    const { request, response } = message as {
      readonly request: IncomingMessage;
      readonly response: ServerResponse;
    };
    if (request.url === '/graphql/stream') served.push(response);
  });
  const headers = { 'content-type': 'application/json' };
  const deaf = httpRequest(`${server.url}/graphql/stream`, { method: 'POST', headers });
  onTestFinished(() => void deaf.destroy());
  deaf.on('error', () => undefined);
  deaf.end(JSON.stringify({ query: HEAVY_FROM_THE_START }));
  const [response]: IncomingMessage[] = await once(deaf, 'response');
  response?.on('error', () => undefined).pause();
  await standstill(server.url, SILENT);
  const [full] = served;
  if (full === undefined) throw new Error('there was no stream');
  expect(full.writableNeedDrain).toBe(true);
  return { server, full };
}

describe('a stream that is not read', { timeout: 60_000 }, () => {
  it('is not written to in order to show that it lives', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { full } = await startDeafStream();
    const { writableLength } = full;
    vi.advanceTimersByTime(60_000);
    expect(full.writableLength).toBe(writableLength);
  });

  it('does not keep the server from stopping', async () => {
    const { server } = await startDeafStream();
    const began = performance.now();
    await server.stop();
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe('a ping', () => {
  it('that is not answered before the next one ends the socket', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { url } = await start();
    const socket = await open(url, { autoPong: false });
    const pinged = once(socket, 'ping');
    vi.advanceTimersByTime(PING_EVERY);
    await pinged;
    const closed = once(socket, 'close');
    vi.advanceTimersByTime(PING_EVERY);
    const [code]: unknown[] = await closed;
    expect(code).toBe(1006);
  });

  it('that is answered keeps the socket open', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { url } = await start();
    const socket = await open(url);
    for (const _ of range(1, 4)) {
      const pinged = once(socket, 'ping');
      vi.advanceTimersByTime(PING_EVERY);
      await pinged;
      // What is sent after the pong is answered after it was read.
      const completed = new Promise<void>((resolve) => {
        socket.on('message', (data: Buffer) => {
          if (JSON.parse(String(data)).type === 'complete') resolve();
        });
      });
      subscribe(socket, HEAD);
      await completed;
    }
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });
});
