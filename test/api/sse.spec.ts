import { once } from 'node:events';
import { get, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { createClient } from 'graphql-sse';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openBrowser } from '../support/browser.js';
import { ask } from '../support/client.js';
import {
  CreateUser,
  DeactivateUser,
  Events,
  GetHead,
  ReactivateUser,
  RenameUser,
} from '../support/documents.js';
import { relayTo } from '../support/relay.js';
import { startServer } from '../support/server.js';
import { clientPorts } from '../support/sockets.js';

const EVENTS =
  'subscription ($after: Position) { events(after: $after) { position event { type } } }';

const streamOf = (url: string, query: string, variables: object = {}): string => {
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  return `${url}/graphql/stream?${search.toString()}`;
};

/** A stream's messages, each as the fields that it has. */
async function* messagesOf(response: IncomingMessage): AsyncGenerator<Record<string, string>> {
  let message: Record<string, string> = {};
  for await (const line of createInterface({ input: response })) {
    const [, name = '', value = ''] = /^(\w*): ?(.*)$/.exec(line) ?? [];
    if (name !== '') message[name] = value;
    else if (line === '' && Object.keys(message).length > 0) {
      yield message;
      message = {};
    }
  }
}

async function open(address: string, headers: Record<string, string> = {}) {
  const request = get(address, { headers });
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (response === undefined) throw new Error('there was no response');
  onTestFinished(() => void request.destroy());
  return { response, messages: messagesOf(response), status: response.statusCode };
}

async function dataOf(messages: AsyncGenerator<Record<string, string>>): Promise<unknown> {
  const { value } = await messages.next();
  return { id: value?.['id'], event: value?.['event'], ...JSON.parse(value?.['data'] ?? '{}') };
}

async function serverWithTwoEvents(settings = {}) {
  const server = await startServer(settings);
  await ask(server.url, CreateUser, { input: { id: 'ada', name: 'Ada' } });
  const input = { id: 'ada', name: 'Countess' };
  await ask(server.url, RenameUser, { input, expectedVersion: 1 });
  return server;
}

const create = (id: string): string =>
  `${id}: createUser(input: { id: "${id}", name: "A" }) { replayed }`;

const frame = (id: string, type: string | null) => ({
  id,
  event: 'next',
  data: { events: { position: id, event: type === null ? null : { type } } },
});

describe('a stream of Server-Sent Events', () => {
  it('tells the log after a position, and then what is appended, with positions as ids', async () => {
    const { url } = await serverWithTwoEvents();
    const { response, messages, status } = await open(streamOf(url, EVENTS, { after: '0' }));
    expect(status).toBe(200);
    expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(await dataOf(messages)).toEqual(frame('0', null));
    expect(await dataOf(messages)).toEqual(frame('1', 'UserCreated'));
    expect(await dataOf(messages)).toEqual(frame('2', 'UserRenamed'));
    await ask(url, CreateUser, { input: { id: 'bob', name: 'line\r\nbreak' } });
    expect(await dataOf(messages)).toEqual(frame('3', 'UserCreated'));
  });

  it('resumes after the last id that a browser says it saw, whatever the document says', async () => {
    const { url } = await serverWithTwoEvents();
    const address = streamOf(url, EVENTS, { after: '0' });
    const { messages } = await open(address, { 'last-event-id': '1' });
    expect(await dataOf(messages)).toEqual(frame('1', null));
    expect(await dataOf(messages)).toEqual(frame('2', 'UserRenamed'));
  });

  it.each(['x', '-1', '01', '1.5', '9007199254740993'])(
    'is refused with the last id %s, and with one beyond the end',
    async (id) => {
      const { url } = await serverWithTwoEvents();
      const wrong = await fetch(streamOf(url, EVENTS), { headers: { 'last-event-id': id } });
      expect(wrong.status).toBe(400);
      const beyond = await fetch(streamOf(url, EVENTS), { headers: { 'last-event-id': '3' } });
      expect(beyond.status).toBe(400);
      expect(await beyond.json()).toMatchObject({
        errors: [{ message: 'There is no position 3 yet; the highest is 2.' }],
      });
    },
  );

  it('answers a query once, and a mutation by POST alone', async () => {
    const { url } = await startServer();
    const query = await fetch(streamOf(url, '{ head { position } }'));
    expect(await query.text()).toBe(
      'event: next\ndata: {"data":{"head":{"position":"0"}}}\n\nevent: complete\ndata: \n\n',
    );
    const mutation = 'mutation { createUser(input: { id: "ada", name: "Ada" }) { success } }';
    expect((await fetch(streamOf(url, mutation))).status).toBe(405);
    expect((await ask(url, GetHead)).head.position).toBe('0');
    const posted = await fetch(`${url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: mutation }),
    });
    expect(await posted.text()).toContain('{"data":{"createUser":{"success":true}}}');
  });

  it('takes Idempotency-Key for one mutation, and refuses it for several', async () => {
    const { url } = await startServer();
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'key-1' };
    const send = async (...ids: readonly string[]) => {
      const body = JSON.stringify({ query: `mutation { ${ids.map(create).join(' ')} }` });
      return fetch(`${url}/graphql/stream`, { method: 'POST', headers, body });
    };
    expect((await send('ada', 'bob')).status).toBe(400);
    expect((await ask(url, GetHead)).head.position).toBe('0');
    expect(await (await send('ada')).text()).toContain('"replayed":false');
    expect(await (await send('ada')).text()).toContain('"replayed":true');
  });

  it.each([
    ['a document that is none', '{', {}, 'GRAPHQL_PARSE_FAILED'],
    ['a field that there is not', 'subscription { nothing }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'several operations',
      'query A { a: __typename } query B { b: __typename }',
      {},
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['a variable of another type', EVENTS, { after: 'x' }, 'BAD_USER_INPUT'],
    ['a position that there is not yet', EVENTS, { after: '3' }, 'BAD_USER_INPUT'],
  ])('is refused for %s, by a code', async (_, query, variables, code) => {
    const { url } = await startServer();
    const response = await fetch(streamOf(url, query, variables));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.any(String), extensions: { code } }],
    });
  });

  it('says by which methods it may be asked for', async () => {
    const { url } = await startServer();
    const mutation = 'mutation { createUser(input: { id: "ada", name: "Ada" }) { success } }';
    const refused = [
      await fetch(streamOf(url, '{ head { position } }'), { method: 'PUT' }),
      await fetch(streamOf(url, mutation)),
    ];
    expect(refused.map(({ status }) => status)).toEqual([405, 405]);
    expect(refused.map(({ headers }) => headers.get('allow'))).toEqual(['GET, POST', 'POST']);
  });

  it('shows that it lives when nothing happens', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { url } = await startServer();
    const request = get(streamOf(url, EVENTS));
    onTestFinished(() => void request.destroy());
    const [response]: IncomingMessage[] = await once(request, 'response');
    if (response === undefined) throw new Error('there was no response');
    const lines = createInterface({ input: response })[Symbol.asyncIterator]();
    const next = async (): Promise<unknown> => (await lines.next()).value;
    while ((await next()) !== '');
    for (let time = 0; time < 3; time += 1) {
      vi.advanceTimersByTime(12_000);
      expect(await next()).toMatch(/^:/);
      expect(await next()).toBe('');
    }
  });

  it('ends at once when the server stops', async () => {
    const server = await serverWithTwoEvents();
    const { messages } = await open(streamOf(server.url, EVENTS));
    expect(await dataOf(messages)).toEqual(frame('2', null));
    await server.stop();
    expect((await messages.next()).done).toBe(true);
  });

  it('is refused where there are as many as there may be', async () => {
    const { url } = await serverWithTwoEvents({ CONNECTIONS: '1' });
    const first = await open(streamOf(url, EVENTS));
    await first.messages.next();
    expect((await open(streamOf(url, EVENTS))).status).toBe(503);
    first.response.destroy();
    const again = async () => (await open(streamOf(url, EVENTS))).status;
    await vi.waitFor(async () => expect(await again()).toBe(200));
  });
});

/** Sends requests for these addresses at once, on one connection that is kept; `told` is all that came. */
function pipeline(url: string, addresses: readonly string[]) {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  onTestFinished(() => void socket.destroy());
  let told = '';
  socket.setEncoding('utf8').on('data', (text: string) => (told += text));
  const requests = addresses.map(
    (address) => `GET ${address.slice(url.length)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  );
  socket.write(requests.join(''));
  return { socket, told: () => told, closed: once(socket, 'close') };
}

const statusesOf = (told: string) =>
  Array.from(told.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => status);

describe('a stream that is asked for behind another request', () => {
  it('is refused, and its connection is closed', async () => {
    const { url } = await serverWithTwoEvents();
    const { told, closed } = pipeline(url, [
      streamOf(url, '{ head { position } }'),
      streamOf(url, EVENTS),
    ]);
    await closed;
    expect(statusesOf(told())).toEqual(['200', '400']);
    expect(told()).toMatch(/Connection: close.*behind an unanswered request/s);
  });

  it('takes no place', async () => {
    const { url } = await serverWithTwoEvents({ CONNECTIONS: '20' });
    const stream = streamOf(url, EVENTS);
    const { told, socket } = pipeline(url, Array<string>(5).fill(stream));
    await expect.poll(told).toContain('"position":"2"');
    const places = (count: number) =>
      Promise.all(Array.from({ length: count }, () => open(stream)));
    expect((await places(19)).map(({ status }) => status)).toEqual(Array(19).fill(200));
    expect((await open(stream)).status).toBe(503);
    socket.destroy();
    await expect.poll(async () => (await open(stream)).status).toBe(200);
    expect((await open(stream)).status).toBe(503);
  });

  it('does not keep the server from stopping', async () => {
    const server = await serverWithTwoEvents();
    const stream = streamOf(server.url, EVENTS);
    const others = [stream, `${server.url}/healthz`].map((behind) =>
      pipeline(server.url, [stream, ...Array<string>(4).fill(behind)]),
    );
    for (const { told } of others) await expect.poll(told).toContain('"position":"2"');
    const began = performance.now();
    await server.stop();
    expect(performance.now() - began).toBeLessThan(4_000);
    await Promise.all(others.map(({ closed }) => closed));
  });
});

describe('a listener', () => {
  it("is served over graphql-sse's own client", async () => {
    const { url } = await serverWithTwoEvents();
    const client = createClient({ url: `${url}/graphql/stream`, retryAttempts: 0 });
    onTestFinished(() => client.dispose());
    const frames = client.iterate({ query: Events.toString(), variables: { after: '1' } });
    expect((await frames.next()).value).toMatchObject({ data: { events: { position: '1' } } });
    expect((await frames.next()).value).toMatchObject({
      data: { events: { position: '2', event: { type: 'UserRenamed' } } },
    });
  });

  it(
    'that does not read is let go of, and another is not delayed',
    { timeout: 60_000 },
    async () => {
      const { url } = await startServer({ UNREAD_FOR: '200' });
      await ask(url, CreateUser, { input: { id: 'ada', name: 'Ada' } });
      const much = Array.from({ length: 45 }, (_, index) => `d${index}: data`).join(' ');
      const query = `subscription { events(after: "0") { event { ${much} } } }`;
      const deaf = httpRequest(streamOf(url, query)).end();
      const [response]: IncomingMessage[] = await once(deaf, 'response');
      response?.pause();
      const port = deaf.socket?.localPort;
      expect(clientPorts()).toContain(port);
      const reader = await open(streamOf(url, EVENTS));
      await reader.messages.next();
      const reason = 'x'.repeat(1_000);
      for (let version = 1; version < 600; version += 2) {
        const input = { id: 'ada', reason };
        await ask(url, DeactivateUser, { input, expectedVersion: version });
        await ask(url, ReactivateUser, { input: { id: 'ada' }, expectedVersion: version + 1 });
        expect(await dataOf(reader.messages)).toMatchObject({ id: String(version + 1) });
        expect(await dataOf(reader.messages)).toMatchObject({ id: String(version + 2) });
      }
      // What is in the sockets' buffers can still be read; then it ends.
      const ended = once(deaf, 'close');
      await vi.waitFor(() => expect(clientPorts()).not.toContain(port), { timeout: 20_000 });
      response?.resume();
      await ended;
    },
  );

  it('in a browser resumes by itself when the connection is cut, with nothing lost', async () => {
    const { url } = await serverWithTwoEvents();
    const relay = await relayTo(url);
    const browser = await openBrowser();
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${relay.url}/healthz`);
    const path = streamOf('', EVENTS, { after: '0' });
    await page.evaluate((address) => {
      const source = new EventSource(address);
      Object.assign(globalThis, { ids: [] });
      source.addEventListener('next', (message) => {
        const { event, position } = JSON.parse(Reflect.get(message, 'data')).data.events;
        if (event !== null) Reflect.get(globalThis, 'ids').push(position);
      });
    }, path);
    const seen = () => page.evaluate((): string[] => Reflect.get(globalThis, 'ids'));
    await vi.waitFor(async () => expect(await seen()).toEqual(['1', '2']), { timeout: 10_000 });
    relay.cut();
    await ask(url, CreateUser, { input: { id: 'bob', name: 'Bob' } });
    await ask(url, CreateUser, { input: { id: 'eve', name: 'Eve' } });
    const all = ['1', '2', '3', '4'];
    await vi.waitFor(async () => expect(await seen()).toEqual(all), { timeout: 20_000 });
  }, 60_000);
});
