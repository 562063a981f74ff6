import { expect } from 'vitest';
import type { Case } from '../case.js';

const MALFORMED = { type: 'error', code: 12, text: expect.any(String) };
const INVALID = { type: 'command_result', success: false, error: { code: 'VALIDATION_FAILED' } };

const command = (type: string, payload: unknown, more: object = {}) => ({
  type: 'command',
  msg_id: 1,
  command: { type, payload, dryRun: true, ...more },
});
const query = (type: string, params: object) => ({
  type: 'query',
  msg_id: 1,
  query: { type, params },
});

const stdio = (
  id: Case['id'],
  title: string,
  send: string | Uint8Array | object,
  answer: object = MALFORMED,
): Case => ({ id, door: 'stdio', title, send, answer });

/** What may stand in a line. */
export const PIPE: readonly Case[] = [
  stdio('H401', 'a line that is no JSON', '{"type":'),
  stdio('H402', 'a line that is null', 'null'),
  stdio('H403', 'a line that is a list', [command('CreateUser', { id: 'a', name: 'A' })]),
  stdio('H404', 'a line that is not UTF-8', Uint8Array.from([0x7b, 0xff, 0x7d])),
  stdio('H405', 'a line above 1 MiB', `"${'x'.repeat(1 << 20)}"`),
  stdio('H406', '100 kB of open brackets', '['.repeat(100_000)),
  stdio('H407', 'a message of a type that there is not', { type: 'constructor' }),
  stdio('H408', 'a message with the key __proto__', '{"__proto__":{"type":"init"}}'),
  stdio('H409', 'a command that there is not', command('__proto__', {})),
  stdio('H410', 'a query of the name constructor', query('constructor', {})),
  stdio('H411', 'a query of the name __proto__', query('__proto__', {})),
  stdio('H412', 'a payload that is a list', command('CreateUser', [])),
  stdio(
    'H413',
    'a user called __proto__',
    command('CreateUser', { id: '__proto__', name: 'A' }),
    INVALID,
  ),
  stdio('H414', 'NUL in an id', command('CreateUser', { id: 'a\u0000', name: 'A' }), INVALID),
  stdio('H415', 'half a character', command('CreateUser', { id: 'a', name: '\ud800' }), INVALID),
  stdio('H416', 'a name that is an object', command('CreateUser', { id: 'a', name: {} }), INVALID),
  stdio(
    'H417',
    'a name of 100 kB',
    command('CreateUser', { id: 'a', name: 'x'.repeat(100_000) }),
    INVALID,
  ),
  stdio(
    'H418',
    'a composed character in its parts (NFD), which is kept in one (NFC)',
    command('CreateUser', { id: 'a', name: 'e\u0301' }),
    { success: true, events: [{ data: { name: '\u00e9' } }] },
  ),
  stdio(
    'H419',
    'CR, LF and the escapes of terminals, in one line',
    command('CreateUser', { id: 'a', name: 'A\r\n\u001b[2J' }),
    { success: true, events: [{ data: { name: 'A\r\n\u001b[2J' } }] },
  ),
  stdio(
    'H420',
    'a version above 2^53',
    command('RenameUser', { id: 'ada', name: 'B' }, { expectedVersion: 2 ** 53 }),
    {
      success: false,
    },
  ),
  stdio(
    'H421',
    'a version with a fraction',
    command('RenameUser', { id: 'ada', name: 'B' }, { expectedVersion: 1.5 }),
    {
      success: false,
    },
  ),
  stdio(
    'H422',
    'a version that is a text',
    command('RenameUser', { id: 'ada', name: 'B' }, { expectedVersion: '1' }),
  ),
  stdio(
    'H423',
    'a name for a command with a line break',
    command('CreateUser', { id: 'a', name: 'A' }, { commandId: 'a\nb' }),
    INVALID,
  ),
  stdio(
    'H424',
    'a time with no zone',
    query('GetUserAtTime', { userId: 'ada', timestamp: '2026-01-01T00:00:00' }),
  ),
  stdio(
    'H425',
    'the last time of all',
    query('GetUserAtTime', { userId: 'ada', timestamp: '+275760-09-13T00:00:00Z' }),
  ),
  stdio(
    'H426',
    'a version above all',
    query('GetUserAtVersion', { userId: 'ada', version: 2 ** 52 }),
  ),
  stdio('H427', 'a subscription from beyond the end', {
    type: 'subscribe',
    subscription: 's',
    after: 2 ** 52,
  }),
  stdio('H428', 'a subscription by a filter that there is not', {
    type: 'subscribe',
    subscription: 's',
    where: { aggregate: 'User' },
  }),
  stdio('H429', 'a subscription without a name', { type: 'subscribe', subscription: '' }),
  stdio('H430', 'an end of what was never begun', {
    type: 'unsubscribe',
    subscription: '__proto__',
  }),
  stdio('H431', 'a message number that is a fraction', {
    ...command('CreateUser', {}),
    msg_id: 0.5,
  }),
  stdio('H432', 'a user of the name __proto__', query('GetUser', { userId: '__proto__' }), {
    type: 'query_result',
    data: null,
  }),
];
