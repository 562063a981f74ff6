import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { startServer } from '../support/server.js';

const INIT = '{"type":"connection_init"}';
const subscribe = (id: string): string =>
  JSON.stringify({
    id,
    type: 'subscribe',
    payload: { query: 'subscription { events { position } }' },
  });

/** What a socket is closed with once it has sent this. */
async function closedFor(url: string, messages: readonly string[]): Promise<number> {
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
  [4401, 'a subscription before the introduction', [subscribe('a')]],
  [4408, 'no introduction in time', []],
  [4409, 'an id that is in use', [INIT, subscribe('a'), subscribe('a')]],
  [4429, 'a second introduction', [INIT, INIT]],
  [1009, 'a message of more than 1 MiB', [INIT, 'x'.repeat((1 << 20) + 1)]],
])('%d closes a socket for %s', async (code, _, messages) => {
  const { url } = await startServer();
  expect(await closedFor(url, messages)).toBe(code);
});
