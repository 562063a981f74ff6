import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { answerMalformed, TIMES } from '../../src/api/hardening.js';

/** What a server answers on a connection that sends this and no more. */
async function answerTo(text: string, options: object = {}): Promise<string> {
  const server = createServer({ ...TIMES, ...options }, () => undefined);
  server.on('clientError', answerMalformed);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  socket.setEncoding('utf8').on('data', (more: string) => (answer += more));
  await once(socket, 'close');
  return answer;
}

const inJson = (status: string, message: string) => {
  const body = JSON.stringify({ errors: [{ message }] });
  return `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
};

it('who says too slowly what is wanted is told so, and let go of', async () => {
  const late = inJson('408 Request Timeout', 'The request took too long to arrive.');
  const soon = { headersTimeout: 50, requestTimeout: 100, connectionsCheckingInterval: 10 };
  expect(await answerTo('GET /graphql HTTP/1.1\r\nhost: loc', soon)).toBe(late);
  const begun = 'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{';
  expect(await answerTo(begun, soon)).toBe(late);
});

it('what is no request, or has too much before it, is told in JSON', async () => {
  expect(await answerTo('nonsense\r\n\r\n')).toBe(
    inJson('400 Bad Request', 'That is no HTTP request.'),
  );
  expect(await answerTo(`GET / HTTP/1.1\r\nx: ${'x'.repeat(TIMES.maxHeaderSize)}\r\n\r\n`)).toBe(
    inJson(
      '431 Request Header Fields Too Large',
      `The headers must have at most ${TIMES.maxHeaderSize} bytes.`,
    ),
  );
});

it('clients have seconds for what they say, not minutes', () => {
  expect(TIMES.headersTimeout).toBeLessThanOrEqual(15_000);
  expect(TIMES.requestTimeout).toBeLessThanOrEqual(60_000);
});
