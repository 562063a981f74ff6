import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { answerDemo } from '../api/demo.js';
import { Documents } from '../api/documents.js';
import { errorFormatter } from '../api/errors.js';
import { createGraphQL, type Execution } from '../api/graphql.js';
import { createHttpServer } from '../api/http.js';
import { Operations } from '../api/operations.js';
import { loadPages } from '../api/pages.js';
import { createSchema } from '../api/schema.js';
import { Streams } from '../api/sse.js';
import { serveWebSocket } from '../api/websocket/serve.js';
import { BadSetting, type Config } from '../config.js';
import type { Logger } from '../core/logger.js';
import { DOMAINS } from '../domains/index.js';
import { faults } from '../engine/app.js';
import { newContext } from '../schema/context.js';
import type { StoreName } from '../stores/index.js';
import { compose } from './compose.js';
import { beginWithDemo, loadDemo } from './demo.js';
import { anonymityOf, onlyForLocalhost, openGate, readTrusted } from './security.js';

const PAGES = fileURLToPath(new URL('../../dist/web', import.meta.url));

export interface RunningServer {
  readonly url: string;
  /** Who is let in, where nobody is asked who they are. */
  readonly anonymity: string | null;
  /** Finishes what is under way, ends subscriptions and lets go of the store; once. */
  readonly stop: () => Promise<void>;
}

export interface ServeOptions {
  /** Whether an empty log begins with the demo history. */
  readonly demo?: boolean;
}

/** Starts the server; rejects when its port or its store cannot be had. */
export async function serve(
  config: Config<StoreName>,
  log: Logger,
  { demo = false }: ServeOptions = {},
): Promise<RunningServer> {
  const { security } = config;
  const forLocalhost = onlyForLocalhost(config);
  const gate = await openGate(security, log);
  const trusted = await readTrusted(security.trustedDocuments);
  const app = await compose(config, log);
  try {
    if (demo) await beginWithDemo(app, log);
    const schema = await createSchema(DOMAINS);
    const { explorable: introspection, origins } = security;
    const execution: Execution = {
      schema,
      documents: new Documents({ schema, introspection, trusted }),
      context: (facts) => newContext(app, facts),
      formatError: errorFormatter({ log, newId: app.newId, suggests: introspection }),
      introspection,
    };
    const operations = new Operations(execution, config.limits);
    const doors = { gate, origins, forLocalhost, log };
    const http = createHttpServer({
      ...doors,
      answerGraphQL: await createGraphQL(execution, log),
      streams: new Streams(operations),
      faults: () => faults(app),
      pages: introspection ? await loadPages(PAGES) : new Map(),
      demo: introspection ? answerDemo(gate, () => loadDemo(app)) : undefined,
    });
    const closeSockets = serveWebSocket(http.server, { ...doors, operations });
    const url = await listen(http.server, config);
    const stop = async () => {
      try {
        await Promise.all([http.stop(), closeSockets()]);
      } finally {
        await app.close();
      }
    };
    let stopped: Promise<void> | undefined;
    return { url, anonymity: anonymityOf(security), stop: () => (stopped ??= stop()) };
  } catch (cause) {
    await app.close();
    throw cause;
  }
}

async function listen(server: Server, { host, port }: Config<StoreName>): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening').catch((cause: Error) => {
    throw new BadSetting(`Nothing can listen on HOST ${host}, PORT ${port}: ${cause.message}.`);
  });
  // A listening TCP server has an address of this kind.
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${name}:${address.port}`;
}
