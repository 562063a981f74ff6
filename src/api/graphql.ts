import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, OperationTypeNode, type GraphQLSchema } from 'graphql';
import type { Logger } from '../core/logger.js';
import type { Context, RequestFacts } from '../schema/context.js';
import { TOKENS_AT_MOST } from './documents.js';
import type { FormatError } from './errors.js';
import { oneCommandOnly, readHeaders } from './request-headers.js';

/** What HTTP and WebSocket execute operations with. */
export interface Execution {
  readonly schema: GraphQLSchema;
  readonly context: (facts?: RequestFacts) => Context;
  readonly formatError: FormatError;
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
}

export type AnswerGraphQL = (
  request: IncomingMessage,
  response: ServerResponse,
  body: unknown,
) => Promise<void>;

/** GraphQL over HTTP: queries and mutations, executed by Apollo. */
export async function createGraphQL(execution: Execution, log: Logger): Promise<AnswerGraphQL> {
  const apollo = new ApolloServer<Context>({
    schema: execution.schema,
    introspection: execution.introspection,
    parseOptions: { maxTokens: TOKENS_AT_MOST },
    formatError: execution.formatError,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: loggerFor(log),
    plugins: [refuseSubscriptions, oneCommandOnly],
  });
  await apollo.start();
  return async (request, response, body) => {
    const facts = readHeaders(request.headers);
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers: headersOf(request),
        search: new URL(request.url ?? '/', 'http://localhost').search,
        body,
      },
      context: () => Promise.resolve(execution.context(facts)),
    });
    response.writeHead(answer.status ?? 200, Object.fromEntries(answer.headers));
    if (answer.body.kind === 'chunked') {
      for await (const chunk of answer.body.asyncIterator) response.write(chunk);
      response.end();
    } else {
      response.end(answer.body.string);
    }
  };
}

/** Apollo would answer them 200 with no data and no word of why. */
const refuseSubscriptions: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    async didResolveOperation({ operation }) {
      if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return;
      throw new GraphQLError(
        'Subscriptions are served over WebSocket on this path, by the graphql-transport-ws protocol, and as Server-Sent Events on /graphql/stream.',
        { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } },
      );
    },
  }),
};

function headersOf({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}

const loggerFor = (log: Logger) => ({
  debug: () => undefined,
  info: (message: unknown) => log.info({}, String(message)),
  warn: (message: unknown) => log.warn({}, String(message)),
  error: (message: unknown) => log.error({}, String(message)),
});
