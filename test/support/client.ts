import { createClient } from 'graphql-ws';
import { expect, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { TypedDocumentString } from '../generated/graphql.js';

type Variables = Record<string, unknown>;

export interface GraphQLAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

export interface Response<Data> {
  readonly status: number;
  readonly answer: GraphQLAnswer<Data>;
}

/** Posts a document, typed or not, with headers of its own, and answers all that came back. */
export async function send<Data, Vars extends Variables>(
  url: string,
  document: TypedDocumentString<Data, Vars> | string,
  variables?: Vars,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  return { status: response.status, answer: (await response.json()) as GraphQLAnswer<Data> };
}

/** Posts a document, typed or not, and answers its data and errors. */
export async function post<Data, Vars extends Variables>(
  url: string,
  document: TypedDocumentString<Data, Vars> | string,
  variables?: Vars,
): Promise<GraphQLAnswer<Data>> {
  return (await send(url, document, variables)).answer;
}

/** Posts a document that must succeed, and answers its data. */
export async function ask<Data, Vars extends Variables>(
  url: string,
  document: TypedDocumentString<Data, Vars>,
  variables?: Vars,
  headers?: Readonly<Record<string, string>>,
): Promise<Data> {
  const { data, errors } = (await send(url, document, variables, headers)).answer;
  expect(errors).toBeUndefined();
  if (data === undefined || data === null) throw new Error('an answer without data or errors');
  return data;
}

/** Subscribes with graphql-ws's own client, which is closed when the test ends. */
export function listen<Data, Vars extends Variables>(
  url: string,
  document: TypedDocumentString<Data, Vars>,
  variables?: Vars,
): AsyncIterableIterator<Data> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  onTestFinished(() => client.dispose());
  const results = client.iterate<Data>({ query: document.toString(), variables: { ...variables } });
  return {
    async next() {
      const { done, value } = await results.next();
      if (done) return { done: true, value: undefined };
      if (value.errors !== undefined) throw new Error(JSON.stringify(value.errors));
      if (value.data === undefined || value.data === null) throw new Error('a frame without data');
      return { done: false, value: value.data };
    },
    async return() {
      await results.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
