/** One of the two servers that bench/fanout.ts compares: says its port, then is told how many events. */
import 'reflect-metadata';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { WebSocketServer, type WebSocket } from 'ws';
import { Gate } from '../src/api/gate/gate.js';
import { Operations } from '../src/api/operations.js';
import { Documents } from '../src/api/documents.js';
import { errorFormatter } from '../src/api/errors.js';
import { createSchema } from '../src/api/schema.js';
import { serveWebSocket } from '../src/api/websocket/serve.js';
import { compose } from '../src/cli/compose.js';
import { readConfig } from '../src/config.js';
import { DOMAINS } from '../src/domains/index.js';
import { newContext } from '../src/schema/context.js';
import { STORE_NAMES } from '../src/stores/index.js';
import { NOBODY } from './nobody.js';

const CREATED = { type: 'UserCreated', schemaVersion: 2 };
const data = { name: 'Ada', email: null, status: 'active' };
const [kind] = process.argv.slice(2);
let position = 0;
const server = createServer();
const send = kind === 'bare' ? serveBare() : await serveHindsight();
process.on('message', (events: number) => void send(events));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

/** What a broadcast costs at least: the same bytes to everybody, one event after the other. */
function serveBare() {
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' });
  sockets.on('connection', (socket) => {
    socket.on('message', () => socket.send('{"type":"connection_ack"}'));
  });
  return async (events: number) => {
    for (const end = position + events; position < end;) {
      position += 1;
      const event = {
        id: `e${position}`,
        type: 'UserCreated',
        aggregateId: `user-${position}`,
        recordedAt: new Date(),
      };
      const frame = { events: { position: String(position), caughtUp: true, event } };
      const text = JSON.stringify({ id: '1', type: 'next', payload: { data: frame } });
      await Promise.all(Array.from(sockets.clients, (socket) => sendTo(socket, text)));
    }
  };
}

const sendTo = (socket: WebSocket, text: string): Promise<void> =>
  new Promise((resolve) => socket.send(text, () => resolve()));

async function serveHindsight() {
  const log = pino({ level: 'silent' });
  const config = readConfig({ STORE: 'memory' }, STORE_NAMES);
  const app = await compose(config, log);
  const schema = await createSchema(DOMAINS);
  const execution = {
    schema,
    documents: new Documents({ schema, introspection: false, trusted: null }),
    context: () => newContext(app),
    formatError: errorFormatter({ log, newId: app.newId, suggests: false }),
    introspection: false,
  };
  serveWebSocket(server, {
    operations: new Operations(execution, config.limits),
    gate: new Gate({ auth: null, operationsPerMinute: null, log }),
    origins: [],
    forLocalhost: true,
    log,
  });
  return async (events: number) => {
    for (const end = position + events; position < end;) {
      position += 1;
      const stream = { type: 'User', id: `user-${position}` };
      const event = { ...CREATED, id: `e${position}`, data };
      await app.store.append({
        stream,
        expectedVersion: 0,
        events: [event],
        metadata: NOBODY,
        claims: [],
        releases: [],
      });
      // One after the other, as commands come that wait for the disk.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
}
