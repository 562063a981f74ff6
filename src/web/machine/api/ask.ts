import type { TypedDocumentString } from '../../generated/graphql';
import { Failure, failureOf } from './failure';
import { authorization, signOut } from './session';

const endpoint = new URL('graphql', document.baseURI);

/** Sends a query or a mutation. Rejects with {@link Failure}. */
export async function ask<Result, Variables>(
  operation: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  return askText<Result>(String(operation), variables);
}

/** The same for a document that was made from the schema. The caller knows what it asks for. */
export async function askText<Result>(query: string, variables: unknown): Promise<Result> {
  const answer = await post(endpoint, { query, variables });
  const { data, errors } = await read<Result>(answer);
  if (errors === undefined && data !== undefined) return data;
  const failure = failureOf(errors ?? []);
  if (failure.kind === 'unauthenticated' || answer.status === 401) signOut();
  throw failure;
}

/** Sends JSON to a path of this server, with the token. Rejects with {@link Failure}. */
export async function post(path: string | URL, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...authorization() };
  try {
    return await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  } catch {
    throw new Failure('The server does not answer.', 'unanswered');
  }
}

interface Answer<Result> {
  readonly data?: Result;
  readonly errors?: Parameters<typeof failureOf>[0];
}

async function read<Result>(response: Response): Promise<Answer<Result>> {
  try {
    return await response.json();
  } catch {
    // A proxy's page, or an answer that was cut.
    throw new Failure(`The server's answer cannot be read (${response.status}).`, 'unanswered');
  }
}
