import type { ServerResponse } from 'node:http';

export function answerJson(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(body));
}

/** Errors outside GraphQL have the shape of those inside it. */
export function answerError(response: ServerResponse, status: number, message: string): void {
  answerJson(response, status, { errors: [{ message }] });
}
