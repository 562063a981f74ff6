import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

export function answerJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: OutgoingHttpHeaders = {},
): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      ...headers,
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
      'x-content-type-options': 'nosniff',
    })
    .end(text);
}

/** What clients are told in a word where they can do something about it. */
const CODES: ReadonlyMap<number, string> = new Map([
  [401, 'UNAUTHENTICATED'],
  [429, 'RATE_LIMITED'],
]);

/** Errors outside GraphQL have the shape of those inside it. */
export function answerError(
  response: ServerResponse,
  status: number,
  message: string,
  headers: OutgoingHttpHeaders = {},
): void {
  const code = CODES.get(status);
  const error = code === undefined ? { message } : { message, extensions: { code } };
  answerJson(response, status, { errors: [error] }, headers);
}
