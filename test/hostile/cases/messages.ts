import type { Talk } from '../../support/doors.js';
import type { Case } from '../case.js';

const HEAD = { query: '{ head { position } }' };
const subscribe = (payload: unknown, id: unknown = '1') => ({ type: 'subscribe', id, payload });
const EVENTS = subscribe({ query: 'subscription { events { position } }' });

const closed = (id: Case['id'], title: string, send: Talk, close: number): Case => ({
  id,
  door: 'websocket',
  title,
  send,
  answer: { close },
});
const turnedAway = (
  id: Case['id'],
  title: string,
  send: Omit<Talk, 'says'>,
  status: number,
): Case => ({
  id,
  door: 'websocket',
  title,
  send: { ...send, says: [] },
  answer: { failed: `Unexpected server response: ${status}` },
});

/** What may be said over a WebSocket. */
export const MESSAGES: readonly Case[] = [
  closed('H301', 'a message that is no JSON', { says: ['{"type":'] }, 4400),
  closed('H302', 'a message of a type that there is not', { says: [{ type: 'start' }] }, 4400),
  closed('H303', 'a message that is null', { says: ['null'] }, 4400),
  closed('H304', 'a message of bytes', { says: [Uint8Array.from([1, 2, 3])] }, 4400),
  closed('H305', 'a message above 1 MiB', { says: [`"${'x'.repeat(1 << 20)}"`] }, 1009),
  closed(
    'H306',
    'an operation before the beginning',
    { begins: false, says: [subscribe(HEAD)] },
    4401,
  ),
  closed(
    'H307',
    'two beginnings',
    {
      says: [{ type: 'connection_init' }],
    },
    4429,
  ),
  closed('H308', 'one id for two operations', { says: [EVENTS, EVENTS], untilClosed: true }, 4409),
  closed('H309', 'an id that is a number', { says: [subscribe(HEAD, 1)] }, 4400),
  closed('H310', 'an operation without a document', { says: [subscribe({})] }, 4400),
  closed(
    'H311',
    'variables that are a text',
    { says: [subscribe({ ...HEAD, variables: 'x' })] },
    4400,
  ),
  closed('H312', 'a message that only servers send', { says: [{ type: 'connection_ack' }] }, 4400),
  closed('H313', '100 kB of open brackets', { says: ['['.repeat(100_000)] }, 4400),
  closed(
    'H314',
    'a message with the key __proto__',
    { says: ['{"__proto__":{"type":"ping"}}'] },
    4400,
  ),
  turnedAway('H315', 'a page of another site', { origin: 'https://elsewhere.example' }, 403),
  turnedAway('H316', 'a page of no site', { origin: 'null' }, 403),
  turnedAway('H317', 'an origin that is no address', { origin: 'http://[' }, 403),
  turnedAway('H318', 'a path that there is not', { path: '/graphql/stream' }, 404),
  {
    id: 'H319',
    door: 'websocket',
    title: 'a subscription from beyond the end of the log',
    send: {
      says: [
        subscribe({ query: 'subscription { events(after: "9007199254740991") { position } }' }),
      ],
    },
    answer: { type: 'next', payload: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] } },
  },
  {
    id: 'H320',
    door: 'websocket',
    title: 'a subscription to two things at once',
    send: {
      says: [
        subscribe({
          query: 'subscription { events { position } user(id: "ada") { id } }',
        }),
      ],
    },
    answer: { type: 'error', payload: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
  },
];
