import { once } from 'node:events';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { serve } from '../../src/cli/serve.js';
import { ask } from '../support/client.js';
import { GetHead } from '../support/documents.js';
import { configOf, startServer } from '../support/server.js';

const INIT = '{"type":"connection_init"}';
const subscribe = (id: string): string =>
  JSON.stringify({
    id,
    type: 'subscribe',
    payload: { query: 'subscription { events { position } }' },
  });

/** What a socket is closed with once it has sent this. */
async function closedFor(url: string, messages: readonly (string | Buffer)[]): Promise<number> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  const closed = once(socket, 'close');
  for (const message of messages) {
    socket.send(message);
    // Nothing else may be sent before the first introduction is answered.
    if (message === INIT) await Promise.race([once(socket, 'message'), closed]);
  }
  const [code]: number[] = await closed;
  return code ?? 0;
}

it.each([
  [4400, 'what is not JSON', ['no']],
  [4400, 'what is no message of the protocol', ['{"type":"hello"}']],
  [4400, 'a message that is not a text', [INIT, Buffer.from(subscribe('a'))]],
  [4401, 'a subscription before the introduction', [subscribe('a')]],
  [4408, 'no introduction in time', []],
  [4409, 'an id that is in use', [INIT, subscribe('a'), subscribe('a')]],
  [4429, 'a second introduction', [INIT, INIT]],
  [1009, 'a message of more than 1 MiB', [INIT, 'x'.repeat((1 << 20) + 1)]],
])('%d closes a socket for %s', async (code, _, messages) => {
  const { url } = await startServer();
  expect(await closedFor(url, messages)).toBe(code);
});

it('a mutation that is not a text is not carried out', async () => {
  const { url } = await startServer();
  const query = 'mutation { createUser(input: { id: "ada", name: "Ada" }) { success } }';
  const message = Buffer.from(JSON.stringify({ id: 'a', type: 'subscribe', payload: { query } }));
  expect(await closedFor(url, [INIT, message, message])).toBe(4400);
  expect((await ask(url, GetHead)).head.position).toBe('0');
});

it.each([
  ['a result', '{"id":"a","type":"next","payload":{"data":{}}}'],
  ['an error', '{"id":"a","type":"error","payload":[{"message":"no"}]}'],
  ['a welcome', '{"type":"connection_ack"}'],
])(
  '4400 closes a socket for %s, which is for a server to say, and is no error of it',
  async (_, message) => {
    const logged: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
    const { url, stop } = await serve(await configOf({ STORE: 'memory' }), log);
    onTestFinished(stop);
    expect(await closedFor(url, [INIT, message])).toBe(4400);
    expect(logged).toEqual([]);
  },
);
