import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { Logger } from '../../core/logger.js';
import { BODY_BYTES_AT_MOST } from '../body.js';
import { mayConnect } from '../cross-origin.js';
import { addressOf } from '../gate/door.js';
import type { Gate } from '../gate/gate.js';
import { hangUp, isForLocalhost } from '../hardening.js';
import type { Operations } from '../operations.js';
import { Conversation } from './conversation.js';

/** How long queries and mutations under way may take once the server is told to stop. */
const PATIENCE_MILLISECONDS = 5_000;

/** Answers what is under way, then ends every socket; resolves when all are gone. */
export type CloseSockets = () => Promise<void>;

export interface WebSocketSettings {
  readonly operations: Operations;
  readonly gate: Gate;
  /** Pages of these origins may connect, too. */
  readonly origins: readonly string[];
  /** Whether to let in only those who name this machine as such. */
  readonly forLocalhost: boolean;
  readonly log: Logger;
}

/** GraphQL over WebSocket on `/graphql`, with the limits and masks that HTTP has. */
export function serveWebSocket(server: Server, settings: WebSocketSettings): CloseSockets {
  const { operations } = settings;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: BODY_BYTES_AT_MOST,
    // Ours are written where it is seen whether they are taken.
    autoPong: false,
    handleProtocols,
  });
  // ws itself would answer with a page.
  sockets.on('wsClientError', (_error, socket) =>
    hangUp(socket, '400 Bad Request', 'That is no opening of a WebSocket.'),
  );
  const conversations = new Set<Conversation>();
  server.on('upgrade', (request, socket: Duplex, head) => {
    // Node hands the socket over without its own listener, and an error unheard ends the process.
    socket.on('error', () => socket.destroy());
    const hasRoom = server.listening && sockets.clients.size < operations.limits.connections;
    const refusal = reasonToRefuse(request, hasRoom, settings);
    if (refusal !== undefined) return hangUp(socket, ...refusal);
    sockets.handleUpgrade(request, socket, head, (client) => {
      const conversation = new Conversation(client, addressOf(request), settings);
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

type Refusal = readonly [status: string, message: string];

const MISLED = 'This server is for its own machine alone.';

function reasonToRefuse(
  request: IncomingMessage,
  hasRoom: boolean,
  { origins, forLocalhost }: WebSocketSettings,
): Refusal | undefined {
  const [path] = (request.url ?? '').split('?', 1);
  if (path !== '/graphql') return ['404 Not Found', 'There is no WebSocket at this path.'];
  if (forLocalhost && !isForLocalhost(request)) return ['421 Misdirected Request', MISLED];
  // A page of another site may open a socket to here; the browser only tells where it is from.
  if (!mayConnect(request.headers, origins))
    return ['403 Forbidden', 'Pages of this origin may not connect.'];
  return hasRoom
    ? undefined
    : ['503 Service Unavailable', 'There is no room now; come back later.'];
}
