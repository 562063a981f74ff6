import type { TypedDocumentString } from '../../generated/graphql';
import { Failure, failureOf } from './failure';
import { delay } from './latest';
import { authorization, signOut, token } from './session';

const endpoint = new URL('graphql', document.baseURI);

const TRIED_AGAIN_AFTER = 2_000;

/** Sends a query or a mutation. Rejects with {@link Failure}. */
export async function ask<Result, Variables>(
  operation: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  return askText<Result>(operation.toString(), variables);
}

/** The same for a document that was made from the schema. The caller knows what it asks for. */
export async function askText<Result>(query: string, variables: unknown): Promise<Result> {
  const shown = token.peek();
  const response = await post(endpoint, { query, variables });
  const { data, errors } = await read<Result>(response);
  if (errors === undefined && data !== undefined) return data;
  const failure = failureOf(errors ?? [], response.status);
  if (failure.kind === 'unauthenticated') signOut(shown, failure.message);
  throw failure;
}

/** Asks until there is an answer, or nobody wants it any more. Rejects when the server refuses. */
export async function patiently<Result>(
  question: () => Promise<Result>,
  isOver: () => boolean = () => false,
): Promise<Result> {
  for (;;) {
    try {
      return await question();
    } catch (error) {
      const isPassing =
        error instanceof Failure && (error.kind === 'unanswered' || error.kind === 'later');
      if (!isPassing || isOver()) throw error;
    }
    await delay(TRIED_AGAIN_AFTER);
  }
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
    const answer: Answer<Result> = await response.json();
    return answer;
  } catch {
    // A proxy's page, or an answer that was cut.
    throw new Failure(`The server's answer cannot be read (${response.status}).`, 'unanswered');
  }
}
