import { expect } from 'vitest';
import type { HttpMessage, Talk } from '../support/doors.js';

interface Named {
  /** For ever: a case that is gone leaves its number unused. */
  readonly id: `H${number}`;
  readonly title: string;
  /** What must be in the answer; what else is there does not matter. */
  readonly answer: object;
}

/** Something that nobody means well with, and its right answer. */
export type Case = Named &
  (
    | { readonly door: 'http' | 'sse'; readonly send: HttpMessage }
    | { readonly door: 'websocket'; readonly send: Talk }
    | { readonly door: 'stdio'; readonly send: string | Uint8Array | object }
  );

export interface Request {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

type Ids = readonly [http: Case['id'], websocket: Case['id'], sse: Case['id']];

/** The same request through the three doors of GraphQL. */
export function alike(
  [http, websocket, sse]: Ids,
  title: string,
  send: Request,
  [overHttp, overSocket]: readonly [object, object],
): readonly Case[] {
  const says = [{ id: '1', type: 'subscribe', payload: send }];
  return [
    { id: http, door: 'http', title, send: { body: send }, answer: overHttp },
    { id: websocket, door: 'websocket', title, send: { says }, answer: overSocket },
    {
      id: sse,
      door: 'sse',
      title,
      send: { path: '/graphql/stream', body: send },
      answer: overHttp,
    },
  ];
}

const withCode = (code: string) => ({ message: expect.any(String), extensions: { code } });

/** Refused before anything is carried out. */
export function refused(ids: Ids, title: string, send: Request, code: string): readonly Case[] {
  const errors = expect.arrayContaining([expect.objectContaining(withCode(code))]);
  return alike(ids, title, send, [
    { status: 400, body: { errors } },
    { type: 'error', payload: errors },
  ]);
}

/** Carried out, with these data; or with errors of this code. */
export function answered(
  ids: Ids,
  title: string,
  send: Request,
  answer: { readonly data?: unknown; readonly errors?: unknown },
): readonly Case[] {
  return alike(ids, title, send, [
    { status: 200, body: answer },
    { type: 'next', payload: answer },
  ]);
}

export const failing = (code: string) => ({ errors: [withCode(code)] });
