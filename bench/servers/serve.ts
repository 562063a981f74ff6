import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { buildSchema } from 'graphql';

/** The product's own, so that the answers of all have the same shapes. */
export const SCHEMA = new URL('../../../../schema.graphql', import.meta.url);

/** What answers the fields of Query and Mutation, by their names. */
export type Root = Readonly<Record<string, (args: never) => unknown>>;

/** Apollo behind a bare node:http, by the product's schema; tells its port. */
export async function serve(rootValue: Root): Promise<void> {
  const apollo = new ApolloServer({
    schema: buildSchema(readFileSync(SCHEMA, 'utf8')),
    rootValue,
    introspection: false,
    parseOptions: { maxTokens: 10_000 },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
  });
  await apollo.start();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const {
      status = 200,
      headers,
      body,
    } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers: headersOf(request),
        search: '',
        body: JSON.parse(await text(request)),
      },
      context: async () => ({}),
    });
    const bytes = Buffer.from(body.kind === 'complete' ? body.string : '');
    headers.set('content-length', `${bytes.length}`);
    response.writeHead(status, Object.fromEntries(headers)).end(bytes);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => response.destroy(error));
  });
  await listen(server);
}

/** Listens on a free port of this machine, and tells which. */
export async function listen(server: Server): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has an address of this kind.
  const { port } = server.address() as AddressInfo;
  process.send?.({ port });
}

function headersOf({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) map.set(name, String(value));
  return map;
}
