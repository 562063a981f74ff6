import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import { onTestFinished } from 'vitest';
import { Documents } from '../../src/api/documents.js';
import { errorFormatter } from '../../src/api/errors.js';
import { Gate } from '../../src/api/gate/gate.js';
import { Operations } from '../../src/api/operations.js';
import { Streams } from '../../src/api/sse.js';
import { serveWebSocket } from '../../src/api/websocket/serve.js';
import type { Logger } from '../../src/core/logger.js';
import { newContext } from '../../src/schema/context.js';
import { startUsers } from '../engine/users.js';

export const LIMITS = { connections: 1, subscriptions: 1, unreadFor: 30_000 };

/** Operations on a schema of a test's own; errors are numbered id-1. */
export async function operationsOn(schema: GraphQLSchema, log: Logger): Promise<Operations> {
  const { app } = await startUsers();
  onTestFinished(() => app.close());
  const execution = {
    schema,
    documents: new Documents({ schema, introspection: true, trusted: null }),
    context: () => newContext(app),
    formatError: errorFormatter({ log, newId: () => 'id-1', suggests: true }),
    introspection: true,
  };
  return new Operations(execution, LIMITS);
}

/** Where they are served over WebSocket, and as streams on every path. */
export async function serveOperations(operations: Operations, log: Logger): Promise<string> {
  const streams = new Streams(operations);
  const server = createServer((request, response) => {
    streams
      .answer(request, response, async () => ({}))
      .catch((error: unknown) => {
        log.error({ rejected: error }, 'a stream was rejected');
        response.destroy();
      });
  });
  const gate = new Gate({ auth: null, operationsPerMinute: null, log });
  const closeSockets = serveWebSocket(server, {
    operations,
    gate,
    origins: [],
    forLocalhost: true,
    log,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    await closeSockets();
  });
  // A listening TCP server has an address of this kind.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
