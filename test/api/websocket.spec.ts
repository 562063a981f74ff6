import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { ask } from '../support/client.js';
import { ListUsers } from '../support/documents.js';
import { startServer } from '../support/server.js';
import { tempFolder } from '../support/temp-folder.js';

const PROTOCOL = 'graphql-transport-ws';

const open = (url: string, path = '/graphql', options: ClientOptions = {}): WebSocket =>
  new WebSocket(`${url.replace('http', 'ws')}${path}`, PROTOCOL, options);

/** Opens the protocol and answers what comes back for one operation, without its envelope. */
async function firstAnswer(url: string, query: string): Promise<unknown> {
  const socket = open(url);
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }));
  const [message]: Buffer[] = await once(socket, 'message');
  socket.close();
  return JSON.parse(String(message));
}

describe('the WebSocket', () => {
  it('is open to pages of this server and to what is no page', async () => {
    const { url } = await startServer();
    for (const options of [{}, { origin: url }]) {
      const socket = open(url, '/graphql', options);
      await once(socket, 'open');
      expect(socket.protocol).toBe(PROTOCOL);
      socket.close();
    }
  });

  it.each([
    ['a page of another site', '/graphql', { origin: 'https://elsewhere.example' }, 403],
    ['a page without a site', '/graphql', { origin: 'null' }, 403],
    ['another path', '/other', {}, 404],
  ])('is refused to %s', async (_, path, options, status) => {
    const { url } = await startServer();
    const socket = open(url, path, options);
    const [error]: Error[] = await once(socket, 'error');
    expect(error?.message).toBe(`Unexpected server response: ${status}`);
  });

  it('may be torn down in the middle of its opening', async () => {
    const { url } = await startServer();
    const { hostname, port } = new URL(url);
    const upgrade =
      'HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
    for (const path of Array.from({ length: 40 }, (_, index) =>
      index % 2 === 0 ? '/graphql' : '/nowhere',
    )) {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      socket.write(`GET ${path} ${upgrade}`, () => socket.resetAndDestroy());
      await once(socket, 'close');
    }
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('hides the schema in production, as HTTP does', async () => {
    const query = '{ __schema { queryType { name } } }';
    const { url } = await startServer();
    expect(await firstAnswer(url, query)).toMatchObject({ type: 'next' });
    const closed = await startServer({ NODE_ENV: 'production' });
    expect(await firstAnswer(closed.url, query)).toMatchObject({ type: 'error' });
  });

  it.each([
    ['a syntax error', '{', 'GRAPHQL_PARSE_FAILED', 'Syntax Error'],
    ['a field that there is not', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED', 'nothing'],
    [
      'no operation',
      'fragment A on Head { position } query Q { head { ...A } } query R { head { ...A } }',
      'OPERATION_RESOLUTION_FAILURE',
      'which operation',
    ],
    [
      'a variable without a value',
      'query ($id: ID!) { user(id: $id) { id } }',
      'BAD_USER_INPUT',
      '$id',
    ],
  ])('answers %s by its code', async (_, query, code, message) => {
    const { url } = await startServer();
    expect(await firstAnswer(url, query)).toMatchObject({
      type: 'error',
      payload: [{ message: expect.stringContaining(message), extensions: { code } }],
    });
  });

  it('gives errors the form that HTTP gives them', async () => {
    const { url } = await startServer();
    expect(await firstAnswer(url, '{ user(id: "u", atPosition: "9") { id } }')).toMatchObject({
      type: 'next',
      payload: {
        data: { user: null },
        errors: [{ path: ['user'], extensions: { code: 'BAD_USER_INPUT' } }],
      },
    });
  });

  it('does not keep the server from stopping when a refused client holds its half open', async () => {
    const { url, stop } = await startServer();
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    socket.write(
      'GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
    );
    await once(socket, 'data');
    await stop();
    socket.destroy();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('answers every mutation that it carried out before it stops', async () => {
    const dataDir = await tempFolder();
    const { url, stop } = await startServer({ DATA_DIR: dataDir, SUBSCRIPTIONS: '200' });
    const socket = open(url);
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await once(socket, 'message');
    const carriedOut: string[] = [];
    const types = new Set<string>();
    socket.on('message', (data: Buffer) => {
      const { type, payload } = JSON.parse(String(data));
      if (type === 'next') carriedOut.push(payload.data.createUser.user.id);
      types.add(type);
    });
    const query = 'mutation($id: ID) { createUser(input: {id: $id, name: "A"}) { user { id } } }';
    for (let number = 0; number < 200; number += 1) {
      const payload = { query, variables: { id: `user-${number}` } };
      socket.send(JSON.stringify({ type: 'subscribe', id: `${number}`, payload }));
    }
    await once(socket, 'message');
    const closed = once(socket, 'close');
    await stop();
    expect((await closed)[0]).toBe(1001);
    expect(types).toEqual(new Set(['next', 'complete']));

    const again = await startServer({ DATA_DIR: dataDir });
    const { users } = await ask(again.url, ListUsers, { first: 500 });
    expect(users.nodes.map(({ id }) => id)).toEqual(carriedOut);
  });

  it('ends subscriptions when the server stops', async () => {
    const { url, stop } = await startServer();
    const socket = open(url);
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await stop();
    expect((await closed)[0]).toBe(1001);
  });
});
