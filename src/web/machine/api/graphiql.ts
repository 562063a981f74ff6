import type { TypedDocumentString } from '../../generated/graphql';

/** One operation as it was sent. */
export interface Operation {
  readonly query: string;
  readonly variables: unknown;
}

export function operation<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Operation {
  return { query: String(document), variables };
}

/** Where GraphiQL opens an operation. In the fragment, so that it is in no server's log. */
export function inGraphiQL({ query, variables }: Operation): string {
  const said = new URLSearchParams({ query, variables: JSON.stringify(variables, null, 2) });
  return `graphiql/#${said}`;
}
