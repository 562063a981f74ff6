/** Hindsight's own feed: its WebSocket, gate and subscriptions over a log in memory that it appends to. */
import 'reflect-metadata';
import { pino } from 'pino';
import { Documents } from '../../src/api/documents.js';
import { errorFormatter } from '../../src/api/errors.js';
import { Gate } from '../../src/api/gate/gate.js';
import { Operations } from '../../src/api/operations.js';
import { createSchema } from '../../src/api/schema.js';
import { serveWebSocket } from '../../src/api/websocket/serve.js';
import { compose } from '../../src/cli/compose.js';
import { readConfig } from '../../src/config.js';
import { DOMAINS } from '../../src/domains/index.js';
import { newContext } from '../../src/schema/context.js';
import { STORE_NAMES } from '../../src/stores/index.js';
import { NOBODY } from '../nobody.js';
import { server, serveFeed } from './feed.js';

const CREATED = { type: 'UserCreated', schemaVersion: 2 };
const data = { name: 'Ada', email: null, status: 'active' };

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

await serveFeed(async (position) => {
  await app.store.append({
    stream: { type: 'User', id: `user-${position}` },
    expectedVersion: 0,
    events: [{ ...CREATED, id: `e${position}`, data }],
    metadata: NOBODY,
    claims: [],
    releases: [],
  });
});
