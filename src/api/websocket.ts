import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
  type GraphQLError,
} from 'graphql';
import type { ServerOptions } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Execution } from './graphql.js';

const MESSAGE_BYTES_AT_MOST = 1 << 20;
/** How long a client may take to say goodbye. */
const GOODBYE_MILLISECONDS = 1_000;

/** Ends every socket; resolves when all are gone. */
export type CloseSockets = () => Promise<void>;

/** GraphQL over WebSocket on `/graphql`, with the limits and masks that HTTP has. */
export function serveWebSocket(server: Server, execution: Execution): CloseSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_AT_MOST });
  server.on('upgrade', (request, socket: Duplex, head) => {
    // Node hands the socket over without its own listener, and an error unheard ends the process.
    socket.on('error', () => socket.destroy());
    const [path] = (request.url ?? '').split('?', 1);
    if (path !== '/graphql') refuse(socket, '404 Not Found');
    else if (!fromHere(request)) refuse(socket, '403 Forbidden');
    else
      sockets.handleUpgrade(request, socket, head, (client) =>
        sockets.emit('connection', client, request),
      );
  });
  const protocol = useServer(optionsOf(execution), sockets);
  return async () => {
    const impatient = setTimeout(() => {
      for (const client of sockets.clients) client.terminate();
    }, GOODBYE_MILLISECONDS);
    await protocol.dispose();
    clearTimeout(impatient);
  };
}

function optionsOf(execution: Execution): ServerOptions<undefined, Extra> {
  const { schema, context, formatError, introspection } = execution;
  const rules = introspection
    ? specifiedRules
    : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const format = (error: GraphQLError) => formatError(error.toJSON(), error);
  return {
    schema,
    context,
    validate: (of, document) => validate(of, document, rules),
    onError: (_context, _id, _payload, errors) => errors.map(format),
    onNext: (_context, _id, _payload, _args, { data, errors }) =>
      errors === undefined ? undefined : { data: data ?? null, errors: errors.map(format) },
  };
}

/** A page of another site may open a socket to here; the browser only tells where it is from. */
function fromHere({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
