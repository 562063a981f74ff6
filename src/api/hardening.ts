import type { IncomingMessage, ServerOptions } from 'node:http';
import type { Duplex } from 'node:stream';

/** How long a client may take, in milliseconds, and how much it may say before its request. */
export const TIMES = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
  // Longer than proxies keep connections, so that none sends a request into the moment of closing.
  keepAliveTimeout: 75_000,
  maxHeaderSize: 16 << 10,
  // Node would answer by itself, and not as all errors are answered.
  requireHostHeader: false,
} as const satisfies ServerOptions;

const LOCALHOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Whether a client says that it means this machine. A page that has its own name lead here for a moment
 * (DNS rebinding) would else be let in as a page of this server.
 */
export const isForLocalhost = ({ headers }: IncomingMessage): boolean =>
  LOCALHOST.test(headers.host ?? '');

/** Whether an address is of this machine alone, as HOST names it. */
export const isLoopback = (host: string): boolean =>
  LOCALHOST.test(host.includes(':') ? `[${host}]` : host);

const REASONS: Readonly<Record<string, readonly [status: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    `The headers must have at most ${TIMES.maxHeaderSize} bytes.`,
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive.'],
};
const MALFORMED = ['400 Bad Request', 'That is no HTTP request.'] as const;

/** Answers what could not be read as a request, in the form of all errors. */
export function answerMalformed(error: Error, socket: Duplex): void {
  const code = 'code' in error ? String(error.code) : '';
  // Behind a request it would be taken for a part of its answer.
  const isFirst = 'bytesWritten' in socket && socket.bytesWritten === 0;
  if (!isFirst || !socket.writable || code === 'ECONNRESET') return void socket.destroy();
  const [status, message] = REASONS[code] ?? MALFORMED;
  hangUp(socket, status, message);
}

/** Closed at once: a client that keeps its half open would keep the server from stopping. */
export function hangUp(socket: Duplex, status: string, message: string): void {
  const body = JSON.stringify({ errors: [{ message }] });
  const headers = [
    `HTTP/1.1 ${status}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${headers.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
