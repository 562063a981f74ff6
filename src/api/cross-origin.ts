import type { IncomingHttpHeaders } from 'node:http';
import cors from 'cors';
import type { Answer } from './http.js';

const OPTIONS = {
  methods: ['GET', 'POST'],
  allowedHeaders: [
    'authorization',
    'content-type',
    'idempotency-key',
    'last-event-id',
    'traceparent',
    'x-causation-id',
    'x-correlation-id',
  ],
  exposedHeaders: ['retry-after'],
  maxAge: 600,
};

/** Lets pages of these origins read the answers; browsers keep them from all others. */
export function crossOrigin(origins: readonly string[], answer: Answer): Answer {
  if (origins.length === 0) return answer;
  const allow = cors({ ...OPTIONS, origin: [...origins] });
  return (request, response) =>
    new Promise((resolve, reject) => {
      response.once('close', resolve);
      allow(request, response, () => {
        Promise.resolve(answer(request, response)).then(resolve, reject);
      });
    });
}

/** Whether a socket or a stream is for a page of this host or of these origins, or for no page. */
export function mayConnect(
  { origin, host }: IncomingHttpHeaders,
  origins: readonly string[],
): boolean {
  if (origin === undefined || origins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
