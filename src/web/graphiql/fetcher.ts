import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { Kind, parse, type DocumentNode } from 'graphql';

const endpoint = new URL('/graphql', location.href);
const socket = new URL(endpoint);
socket.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';

const send = createGraphiQLFetcher({ url: endpoint.href, subscriptionUrl: socket.href });

/**
 * GraphiQL notices which operations a text holds only some time after the last keystroke. Run before
 * that, it would give the name and the transport of the text before; so they are read here, anew.
 */
export const fetcher: Fetcher = (params, options) => {
  const documentAST = parsed(params.query);
  if (documentAST === undefined) return send(params, options);
  const names = documentAST.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => operation.name?.value);
  const chosen = names.find((name) => name === params.operationName) ?? names[0];
  return send({ ...params, operationName: chosen ?? null }, { ...options, documentAST });
};

/** Undefined for a text with a mistake in it: the server is the one to name that. */
function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
