import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { errorFormatter } from '../api/errors.js';
import { createGraphQL, type Execution } from '../api/graphql.js';
import { createHttpServer } from '../api/http.js';
import { createSchema } from '../api/schema.js';
import { serveWebSocket } from '../api/websocket.js';
import type { Config } from '../config.js';
import type { Logger } from '../core/logger.js';
import { DOMAINS } from '../domains/index.js';
import { faults } from '../engine/app.js';
import { newContext } from '../schema/context.js';
import type { StoreName } from '../stores/index.js';
import { compose } from './compose.js';

const PAGES = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** How long requests under way may take once the server is told to stop. */
const PATIENCE_MILLISECONDS = 8_000;
/** How often connections that have become idle are closed meanwhile; Node would keep them for seconds. */
const SWEEP_MILLISECONDS = 50;

export interface RunningServer {
  readonly url: string;
  /** Finishes what is under way, ends subscriptions and lets go of the store; once. */
  readonly stop: () => Promise<void>;
}

/** Starts the server; rejects when its port or its store cannot be had. */
export async function serve(config: Config<StoreName>, log: Logger): Promise<RunningServer> {
  const app = await compose(config, log);
  try {
    const execution: Execution = {
      schema: await createSchema(DOMAINS),
      context: () => newContext(app),
      formatError: errorFormatter(log, app.newId),
      introspection: !config.production,
    };
    const answerGraphQL = await createGraphQL(execution, log);
    const server = createHttpServer({
      answerGraphQL,
      faults: () => faults(app),
      pagesDir: PAGES,
      log,
    });
    const closeSockets = serveWebSocket(server, execution);
    const url = await listen(server, config);
    const stop = async () => {
      const closed = closeServer(server);
      await closeSockets();
      await closed;
      await app.close();
    };
    let stopped: Promise<void> | undefined;
    return { url, stop: () => (stopped ??= stop()) };
  } catch (cause) {
    await app.close();
    throw cause;
  }
}

async function listen(server: Server, { host, port }: Config<StoreName>): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  // A listening TCP server has an address of this kind.
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${name}:${address.port}`;
}

async function closeServer(server: Server): Promise<void> {
  const impatient = setTimeout(() => server.closeAllConnections(), PATIENCE_MILLISECONDS);
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MILLISECONDS);
  server.close();
  await once(server, 'close');
  clearInterval(sweep);
  clearTimeout(impatient);
}
