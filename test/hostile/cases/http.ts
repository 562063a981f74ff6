import { expect } from 'vitest';
import type { HttpMessage } from '../../support/doors.js';
import type { Case } from '../case.js';

const HEAD = { query: '{ head { position } }' };
const ERRORS = { errors: [{ message: expect.any(String) }] };
const MUTATION = encodeURIComponent('mutation { createUser(input: { name: "A" }) { success } }');
const FOREIGN = { host: 'rebound.example' };
const GOOD = `{"query":"{head{position}}"}`;

const http = (id: Case['id'], title: string, send: HttpMessage, status: number): Case => ({
  id,
  door: 'http',
  title,
  send,
  answer: { status, body: ERRORS },
});
const sse = (id: Case['id'], title: string, send: HttpMessage, status: number): Case => ({
  id,
  door: 'sse',
  title,
  send: { path: '/graphql/stream', ...send },
  answer: { status, body: ERRORS },
});
/** Both ask for a request in JSON. */
const both = (
  [one, other]: readonly [Case['id'], Case['id']],
  title: string,
  send: HttpMessage,
  status: number,
): readonly Case[] => [http(one, title, send, status), sse(other, title, send, status)];

/** What requests may look like. */
export const HTTP: readonly Case[] = [
  ...both(
    ['H201', 'H202'],
    'a body above 1 MiB',
    { body: `{"query":"${'#'.repeat(1 << 20)}"}` },
    413,
  ),
  ...both(['H203', 'H204'], 'several requests in one', { body: [HEAD, HEAD] }, 400),
  ...both(['H205', 'H206'], 'a mutation by GET', { path: `/graphql?query=${MUTATION}` }, 405),
  ...both(
    ['H207', 'H208'],
    'a form, as any page can send it',
    { body: `query=${MUTATION}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    415,
  ),
  ...both(
    ['H209', 'H210'],
    'a body that is no text',
    { body: Uint8Array.from([0x7b, 0xff, 0xfe, 0x00]) },
    400,
  ),
  ...both(['H211', 'H212'], 'a body that is null', { body: 'null' }, 400),
  ...both(['H213', 'H214'], 'no body', { body: '' }, 400),
  ...both(['H215', 'H216'], '100 kB of open brackets', { body: '['.repeat(100_000) }, 400),
  ...both(
    ['H217', 'H218'],
    '100 kB of closed brackets',
    {
      body: '['.repeat(50_000) + ']'.repeat(50_000),
    },
    400,
  ),
  ...both(['H219', 'H220'], 'a document that is a list', { body: { query: ['{ head }'] } }, 400),
  ...both(
    ['H221', 'H222'],
    'a body that says it is packed',
    { body: GOOD.slice(1), headers: { 'content-encoding': 'gzip' } },
    400,
  ),
  ...both(
    ['H223', 'H224'],
    'another host, as when a name is bound anew',
    { body: HEAD, headers: FOREIGN },
    421,
  ),
  ...both(
    ['H225', 'H226'],
    'an id with a space',
    { body: HEAD, headers: { 'x-correlation-id': 'a b' } },
    400,
  ),
  ...both(
    ['H227', 'H228'],
    'an id of 201 characters',
    { body: HEAD, headers: { 'idempotency-key': 'k'.repeat(201) } },
    400,
  ),
  ...both(['H229', 'H230'], 'a method that there is not', { method: 'DELETE' }, 405),
  http('H231', 'headers above 16 KiB', { headers: { 'x-much': 'x'.repeat(17_000) } }, 431),
  http('H232', 'a path above 16 KiB', { path: `/${'x'.repeat(17_000)}` }, 431),
  http('H233', 'a way out of the folder of pages', { path: '/assets/../../package.json' }, 404),
  http('H234', 'the same in disguise', { path: '/assets/%2e%2e%2f%2e%2e%2fpackage.json' }, 404),
  http('H235', 'NUL in a path', { path: '/graphiql/%00' }, 404),
  http('H236', 'a page of the name __proto__', { path: '/__proto__' }, 404),
  http('H237', 'a page written to', { method: 'PUT', path: '/graphiql/', body: '<html>' }, 405),
  http('H238', 'no request', { raw: 'nonsense\r\n\r\n' }, 400),
  http('H239', 'a request without a host', { raw: 'GET /graphql HTTP/1.1\r\n\r\n' }, 400),
  http(
    'H240',
    'a body of two lengths',
    {
      raw: `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    },
    400,
  ),
  http(
    'H241',
    'a piece of no length',
    {
      raw: 'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n',
    },
    400,
  ),
  http(
    'H242',
    'TLS where there is none',
    { raw: '\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\r\n\r\n' },
    400,
  ),
  http(
    'H243',
    'a header that is torn in two',
    { raw: 'GET / HTTP/1.1\r\nhost: localhost\r\nx-a\r\n\r\n' },
    400,
  ),
  http(
    'H244',
    'a whole address that is none',
    {
      raw: 'GET http://[/graphql?query=%7Bhead%7D HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
    },
    404,
  ),
  http('H245', 'a search that is not UTF-8', { path: '/graphql?query=%FF%FE' }, 400),
  http('H246', 'an address with two slashes', { path: '//graphql?query=%7B' }, 404),
  sse('H247', 'a position that is none', { body: HEAD, headers: { 'last-event-id': '1e3' } }, 400),
  sse(
    'H248',
    'a position of 10,000 digits',
    {
      body: { query: 'subscription { events { position } }' },
      headers: { 'last-event-id': '9'.repeat(10_000) },
    },
    400,
  ),
  {
    id: 'H249',
    door: 'sse',
    title: 'a position beyond the end of the log',
    send: {
      path: '/graphql/stream',
      body: { query: 'subscription { events(after: "9007199254740991") { position } }' },
    },
    answer: { status: 400, body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] } },
  },
  http(
    'H250',
    'a GET that a page of any site may send',
    {
      path: '/graphql?query=%7Bhead%7Bposition%7D%7D',
      headers: { 'apollo-require-preflight': '' },
    },
    400,
  ),
  {
    id: 'H251',
    door: 'http',
    title: 'a document known by its hash alone, which clients then send whole',
    send: {
      body: { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
    },
    answer: {
      status: 200,
      body: { errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }] },
    },
  },
  http(
    'H252',
    'something expected that there is not',
    {
      raw: `POST /graphql HTTP/1.1\r\nhost: localhost\r\nexpect: a-miracle\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}`,
    },
    417,
  ),
  http(
    'H253',
    'a WebSocket without a key',
    {
      raw: 'GET /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\r\n',
    },
    400,
  ),
  http(
    'H254',
    'a change to another protocol',
    {
      raw: 'GET /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n',
    },
    400,
  ),
  http(
    'H255',
    'a WebSocket where there is none',
    {
      raw: 'GET /nowhere HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    },
    404,
  ),
];
