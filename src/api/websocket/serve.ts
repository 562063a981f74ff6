import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { Logger } from '../../core/logger.js';
import { BODY_BYTES_AT_MOST } from '../body.js';
import type { Operations } from '../operations.js';
import { Conversation } from './conversation.js';

/** How long queries and mutations under way may take once the server is told to stop. */
const PATIENCE_MILLISECONDS = 5_000;

/** Answers what is under way, then ends every socket; resolves when all are gone. */
export type CloseSockets = () => Promise<void>;

/** GraphQL over WebSocket on `/graphql`, with the limits and masks that HTTP has. */
export function serveWebSocket(server: Server, operations: Operations, log: Logger): CloseSockets {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: BODY_BYTES_AT_MOST,
    // Ours are written where it is seen whether they are taken.
    autoPong: false,
    handleProtocols,
  });
  const conversations = new Set<Conversation>();
  server.on('upgrade', (request, socket: Duplex, head) => {
    // Node hands the socket over without its own listener, and an error unheard ends the process.
    socket.on('error', () => socket.destroy());
    const hasRoom = server.listening && sockets.clients.size < operations.limits.connections;
    const refusal = reasonToRefuse(request, hasRoom);
    if (refusal !== undefined) return refuse(socket, refusal);
    sockets.handleUpgrade(request, socket, head, (client) => {
      const conversation = new Conversation(client, operations, log);
      conversations.add(conversation);
      client.once('close', () => conversations.delete(conversation));
    });
  });
  return async () => {
    const finished = Array.from(conversations, (conversation) => conversation.finish());
    await Promise.race([Promise.all(finished), delay(PATIENCE_MILLISECONDS, null, { ref: false })]);
    for (const conversation of conversations) conversation.end();
    await new Promise((resolve) => {
      sockets.close(resolve);
    });
  };
}

function reasonToRefuse(request: IncomingMessage, hasRoom: boolean): string | undefined {
  const [path] = (request.url ?? '').split('?', 1);
  if (path !== '/graphql') return '404 Not Found';
  if (!fromHere(request)) return '403 Forbidden';
  return hasRoom ? undefined : '503 Service Unavailable';
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
