import type { TypedDocumentString } from '../generated/graphql.js';

export interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** Asks a server, however it is reached. Rejects while nobody answers, with {@link AnswerError} for errors. */
export type Ask = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
) => Promise<Data>;

/** Someone answered, but not what was asked for. */
export class AnswerError extends Error {}

/** Asks over HTTP. test/support/client.ts needs vitest, the long runs are without. */
export async function askAt<Data, Variables>(
  url: string,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  return dataOf((await response.json()) as Answer<Data>);
}

/** The data of an answer, which must have no errors. */
export function dataOf<Data>({ data, errors }: Answer<Data>): Data {
  if (errors === undefined && data !== undefined && data !== null) return data;
  throw new AnswerError(`an answer without data: ${JSON.stringify(errors)}`);
}
