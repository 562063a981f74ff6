import type { TypedDocumentString } from '../generated/graphql.js';

export interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** Asks over HTTP; rejects while nobody answers. test/support/client.ts needs vitest, the long run is without. */
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
  const { data, errors } = (await response.json()) as Answer<Data>;
  if (errors !== undefined || data === undefined || data === null) {
    throw new Error(`an answer without data: ${JSON.stringify(errors)}`);
  }
  return data;
}
