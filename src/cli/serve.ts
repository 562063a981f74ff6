import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
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

const PAGES = fileURLToPath(new URL('../../dist/web', import.meta.url));

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
      context: (facts) => newContext(app, facts),
      formatError: errorFormatter(log, app.newId),
      introspection: !config.production,
    };
    const operations = new Operations(execution, config.limits);
    const answerGraphQL = await createGraphQL(execution, log);
    const pages = await loadPages(PAGES);
    const http = createHttpServer({
      answerGraphQL,
      streams: new Streams(operations),
      faults: () => faults(app),
      pages,
      log,
    });
    const closeSockets = serveWebSocket(http.server, operations, log);
    const url = await listen(http.server, config);
    const stop = async () => {
      try {
        await Promise.all([http.stop(), closeSockets()]);
      } finally {
        await app.close();
      }
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
  await once(server, 'listening').catch((cause: Error) => {
    throw new BadSetting(`Nothing can listen on HOST ${host}, PORT ${port}: ${cause.message}.`);
  });
  // A listening TCP server has an address of this kind.
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${name}:${address.port}`;
}
