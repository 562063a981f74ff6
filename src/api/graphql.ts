import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  ApolloServer,
  HeaderMap,
  type ApolloServerPlugin,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import {
  GraphQLError,
  OperationTypeNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Logger } from '../core/logger.js';
import type { Context, RequestFacts } from '../schema/context.js';
import { answerJson } from './answer.js';
import { tooCostly } from './cost.js';
import type { Documents } from './documents.js';
import { withoutExcess, type FormatError } from './errors.js';
import { AT_MOST } from './measure.js';
import { severalCommands } from './request-headers.js';
import { forbiddenTo } from './rights.js';

/** What all doors execute operations with. */
export interface Execution {
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  readonly context: (facts?: RequestFacts) => Context;
  readonly formatError: FormatError;
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
}

/** A request as it came, with what is known of it. */
export interface GraphQLRequest {
  readonly request: IncomingMessage;
  readonly facts: RequestFacts;
  /** The JSON of a POST. */
  readonly body: unknown;
}

export type AnswerGraphQL = (asked: GraphQLRequest, response: ServerResponse) => Promise<void>;

/** GraphQL over HTTP: queries and mutations, executed by Apollo. */
export async function createGraphQL(execution: Execution, log: Logger): Promise<AnswerGraphQL> {
  const apollo = new ApolloServer<Context>({
    schema: execution.schema,
    introspection: execution.introspection,
    parseOptions: { maxTokens: AT_MOST.tokens },
    formatError: execution.formatError,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // A document that is known by its hash alone would pass by the limits.
    persistedQueries: false,
    logger: loggerFor(log),
    // No answer may be kept for others; to work that out would cost something for each field.
    plugins: [rules, ApolloServerPluginCacheControlDisabled()],
  });
  await apollo.start();
  return async (asked, response) => {
    const { method = 'GET' } = asked.request;
    const meant = meaningOf(asked, execution.documents);
    if (meant instanceof GraphQLError) {
      const error = execution.formatError(meant.toJSON(), meant);
      return answerJson(response, 400, { errors: [error] });
    }
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method, headers: headersOf(asked.request), ...meant },
      context: () => Promise.resolve(execution.context(asked.facts)),
    });
    await send(answer, response);
  };
}

async function send(
  { status = 200, headers, body }: HTTPGraphQLResponse,
  response: ServerResponse,
): Promise<void> {
  headers.set('cache-control', 'no-store');
  // Node would else send it in chunks.
  if (body.kind === 'complete') headers.set('content-length', `${Buffer.byteLength(body.string)}`);
  response.writeHead(status, Object.fromEntries(headers));
  if (body.kind === 'complete') return void response.end(body.string);
  for await (const chunk of body.asyncIterator) response.write(chunk);
  response.end();
}

/** A request with the text of its document, whichever way that was named; or why it has none. */
function meaningOf({ request, body }: GraphQLRequest, documents: Documents) {
  const { url = '/', method } = request;
  const search = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  const isPost = method === 'POST';
  const named = isPost ? (isObject(body) ? body : {}) : membersOfSearch(search);
  const text = documents.textOf(named);
  if (text === undefined) return { search, body };
  if (text instanceof GraphQLError) return text;
  const tooMuch = documents.tooMuchIn(text);
  if (tooMuch !== null) return tooMuch;
  if (text === named['query']) return { search, body };
  return withText(text, search, isPost ? named : undefined);
}
/** The same request, with a text in the place of the name that it was asked by. */
function withText(text: string, search: string, members: Members | undefined) {
  const params = new URLSearchParams(search);
  params.set('query', text);
  params.delete('extensions');
  const body = members && { ...members, query: text, extensions: null };
  return { search: params.toString(), body };
}

type Members = Readonly<Record<string, unknown>>;

const isObject = (body: unknown): body is Members =>
  typeof body === 'object' && body !== null && !Array.isArray(body);

function membersOfSearch(search: string): Members {
  const members = Object.fromEntries(new URLSearchParams(search));
  return { ...members, extensions: parsed(members['extensions']) };
}

function parsed(extensions: string | undefined): unknown {
  if (extensions === undefined) return undefined;
  try {
    return JSON.parse(extensions);
  } catch {
    return undefined;
  }
}

/** What may not be asked here, or not by this caller, or not in one go. One plugin, as each takes time. */
const rules: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    async didResolveOperation({ schema, document, operation, request, contextValue }) {
      if (operation === undefined) return;
      const { caller, commandId } = contextValue;
      const { variables } = request;
      const error =
        misplaced(operation) ??
        (commandId === null ? null : severalCommands(document, operation)) ??
        forbiddenTo(caller, operation.operation) ??
        tooCostly(schema, { document, operation, variables });
      if (error !== null) throw error;
    },
    async willSendResponse({ response: { body } }) {
      if (body.kind === 'single' && body.singleResult.errors !== undefined) {
        body.singleResult.errors = withoutExcess(body.singleResult.errors);
      }
    },
  }),
};

/** Apollo would answer subscriptions 200 with no data and no word of why. */
function misplaced({ operation }: OperationDefinitionNode): GraphQLError | null {
  if (operation !== OperationTypeNode.SUBSCRIPTION) return null;
  return new GraphQLError(
    'Subscriptions are served over WebSocket on this path, by the graphql-transport-ws protocol, and as Server-Sent Events on /graphql/stream.',
    { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } },
  );
}

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
