import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import {
  execute,
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type ExecutionArgs,
} from 'graphql';
import type { ServerOptions, SubscribePayload } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { BODY_BYTES_AT_MOST } from './body.js';
import type { Execution } from './graphql.js';

/** How long queries and mutations under way may take once the server is told to stop. */
const PATIENCE_MILLISECONDS = 5_000;
/** How long a client may take to say goodbye. */
const GOODBYE_MILLISECONDS = 1_000;

/** Answers what is under way, then ends every socket; resolves when all are gone. */
export type CloseSockets = () => Promise<void>;

/** GraphQL over WebSocket on `/graphql`, with the limits and masks that HTTP has. */
export function serveWebSocket(server: Server, execution: Execution): CloseSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: BODY_BYTES_AT_MOST });
  server.on('upgrade', (request, socket: Duplex, head) => {
    // Node hands the socket over without its own listener, and an error unheard ends the process.
    socket.on('error', () => socket.destroy());
    const [path] = (request.url ?? '').split('?', 1);
    if (!server.listening) refuse(socket, '503 Service Unavailable');
    else if (path !== '/graphql') refuse(socket, '404 Not Found');
    else if (!fromHere(request)) refuse(socket, '403 Forbidden');
    else
      sockets.handleUpgrade(request, socket, head, (client) =>
        sockets.emit('connection', client, request),
      );
  });
  const operations = new Operations(execution);
  // In its other mode graphql-ws tells clients of internal errors in the reason of a close.
  const protocol = useServer({ ...operations.options, isProd: true }, sockets);
  return async () => {
    await Promise.race([operations.finish(), delay(PATIENCE_MILLISECONDS, null, { ref: false })]);
    const impatient = setTimeout(() => {
      for (const client of sockets.clients) client.terminate();
    }, GOODBYE_MILLISECONDS);
    await protocol.dispose();
    clearTimeout(impatient);
  };
}

/** The operations that come over WebSocket, and those of them that are under way. */
class Operations {
  readonly #underWay = new Set<Promise<unknown>>();
  #finishing = false;

  constructor(private readonly execution: Execution) {}

  get options(): ServerOptions<undefined, Extra> {
    const format = (error: GraphQLError) => this.execution.formatError(error.toJSON(), error);
    return {
      onSubscribe: (_context, _id, payload) => this.#prepare(payload),
      execute: (args) => this.#execute(args),
      onError: (_context, _id, _payload, errors) => errors.map(format),
      onNext: (_context, _id, _payload, _args, { data, errors }) =>
        errors === undefined ? undefined : { data: data ?? null, errors: errors.map(format) },
    };
  }

  /** Takes no more, and resolves once queries and mutations are answered; subscriptions go on. */
  async finish(): Promise<void> {
    this.#finishing = true;
    await Promise.allSettled(this.#underWay);
    // The answers themselves are written after this promise's own turn.
    await delay(0);
  }

  #prepare({ query, operationName, variables }: SubscribePayload) {
    if (this.#finishing) return [new GraphQLError('The server is stopping.')];
    const { schema, context, introspection } = this.execution;
    const rules = introspection
      ? specifiedRules
      : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    try {
      const document = parse(query);
      const errors = validate(schema, document, rules);
      if (errors.length > 0) return errors;
      const contextValue = context();
      return { schema, document, contextValue, operationName, variableValues: variables };
    } catch (error) {
      // Left to graphql-ws, a syntax error would end the whole socket.
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  }

  async #execute(args: ExecutionArgs) {
    const result = Promise.resolve(execute(args));
    this.#underWay.add(result);
    try {
      return await result;
    } finally {
      this.#underWay.delete(result);
    }
  }
}

/** A page of another site may open a socket to here; the browser only tells where it is from. */
function fromHere({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

/** Closed at once: a client that keeps its half open would keep the server from stopping. */
function refuse(socket: Duplex, status: string): void {
  const answer = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  socket.end(answer, () => socket.destroy());
}
