import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '../core/logger.js';
import { newcomer } from '../core/turn.js';
import type { RequestFacts } from '../schema/context.js';
import { answerError, answerJson } from './answer.js';
import { readJsonBody, Unreadable } from './body.js';
import { crossOrigin, mayConnect } from './cross-origin.js';
import { enter } from './gate/door.js';
import type { Gate } from './gate/gate.js';
import type { AnswerGraphQL } from './graphql.js';
import { answerMalformed, isForLocalhost, TIMES } from './hardening.js';
import type { Pages } from './pages.js';
import { readHeaders } from './request-headers.js';
import type { Streams } from './sse.js';

/** How long requests under way may take once the server is told to stop. */
const PATIENCE_MILLISECONDS = 5_000;

export interface HttpSettings {
  readonly answerGraphQL: AnswerGraphQL;
  readonly streams: Pick<Streams, 'answer' | 'close'>;
  /** Why the server is not ready for work; empty when it is. */
  readonly faults: () => readonly string[];
  readonly pages: Pages;
  /** Loads the demo history; left out where nobody may look around. */
  readonly demo?: Answer | undefined;
  readonly gate: Gate;
  /** Pages of these origins may use the API, too. */
  readonly origins: readonly string[];
  /** Whether to answer only those who name this machine as such. */
  readonly forLocalhost: boolean;
  readonly log: Logger;
}

export interface HttpServer {
  /** Listens to nothing yet. */
  readonly server: Server;
  /** Takes no more connections and resolves once the requests under way are answered. */
  readonly stop: () => Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** The server's one port: GraphQL, health and pages. */
export function createHttpServer({ log, forLocalhost, ...settings }: HttpSettings): HttpServer {
  const routes = routesOf(settings);
  const open = new OpenResponses();
  const server = createServer(TIMES, (request, response) => {
    open.add(request.socket, response);
    // A connection that is kept alive would bring new work for as long as its client likes.
    if (!server.listening) response.shouldKeepAlive = false;
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    const answer =
      misled(request, forLocalhost) ?? routes.get(path) ?? pageOr404(settings.pages, path);
    Promise.resolve(answer(request, response)).catch((err: unknown) => {
      // The client went away in the middle of what it sent: nobody is left to answer.
      if (request.errored !== null) return;
      log.error({ err, path }, 'request failed');
      if (response.headersSent) response.destroy();
      else answerError(response, 500, 'Something went wrong on the server.');
    });
  });
  server.on('connection', newcomer);
  server.on('clientError', answerMalformed);
  server.on('checkExpectation', (_request, response: ServerResponse) =>
    answerError(response, 417, 'Nothing but 100-continue can be expected.'),
  );
  return {
    server,
    stop: () => {
      settings.streams.close();
      return stop(server, open);
    },
  };
}

/**
 * The responses under way, by their connections: one that waits behind another on its connection is not
 * told when that closes.
 */
class OpenResponses {
  readonly #bySocket = new Map<Socket, Set<ServerResponse>>();

  add(socket: Socket, response: ServerResponse): void {
    const responses = this.#of(socket);
    responses.add(response);
    response.once('close', () => responses.delete(response));
  }

  #of(socket: Socket): Set<ServerResponse> {
    const known = this.#bySocket.get(socket);
    if (known !== undefined) return known;
    const responses = new Set<ServerResponse>();
    this.#bySocket.set(socket, responses);
    socket.once('close', () => this.#bySocket.delete(socket));
    return responses;
  }

  /** No connection is kept for another request. */
  letGo(): void {
    for (const responses of this.#bySocket.values()) {
      for (const response of responses) response.shouldKeepAlive = false;
    }
  }
}

async function stop(server: Server, open: OpenResponses): Promise<void> {
  const impatient = setTimeout(() => server.closeAllConnections(), PATIENCE_MILLISECONDS);
  open.letGo();
  server.close();
  await once(server, 'close');
  clearTimeout(impatient);
}

type Routes = ReadonlyMap<string, Answer>;

function routesOf(settings: Omit<HttpSettings, 'log' | 'forLocalhost'>): Routes {
  const { answerGraphQL, streams, faults, gate, origins, pages, demo } = settings;
  const factsOf = async (request: IncomingMessage): Promise<RequestFacts> => ({
    ...readHeaders(request.headers),
    caller: await enter(gate, request),
  });
  const graphql = readable(async (request, response) => {
    const facts = await factsOf(request);
    await answerGraphQL({ request, facts, body: await readJsonBody(request) }, response);
  });
  const stream = readable((request, response) => {
    // A page anywhere may ask for one without asking first whether it may.
    if (!mayConnect(request.headers, origins)) throw new Unreadable(403, 'Not from this origin.');
    return streams.answer(request, response, factsOf);
  });
  return new Map<string, Answer>([
    ['/graphql', crossOrigin(origins, graphql)],
    ['/graphql/stream', crossOrigin(origins, stream)],
    ...(pages.has('/graphiql/') ? [['/graphiql', toGraphiQL] as const] : []),
    ...(demo === undefined ? [] : [['/demo', readable(demo)] as const]),
    ['/healthz', (_, response) => answerJson(response, 200, { status: 'ok' })],
    ['/readyz', (_, response) => answerReadiness(response, faults())],
  ]);
}

/** Tells a client whose request cannot be read what is wrong with it. */
function readable(answer: Answer): Answer {
  return async (request, response) => {
    try {
      await answer(request, response);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      response.shouldKeepAlive = false;
      answerError(response, error.status, error.message, error.headers);
    }
  };
}

const toGraphiQL: Answer = (_request, response) => {
  response.writeHead(302, { location: '/graphiql/' }).end();
};

function misled(request: IncomingMessage, forLocalhost: boolean): Answer | undefined {
  if (request.headers.host === undefined && request.httpVersion !== '1.0') return nameless;
  return forLocalhost && !isForLocalhost(request) ? misdirected : undefined;
}

const nameless: Answer = (_request, response) =>
  answerError(response, 400, 'The request does not say its host.', { connection: 'close' });

const misdirected: Answer = ({ headers }, response) =>
  answerError(
    response,
    421,
    `This server is for its own machine alone, and is not ${JSON.stringify(headers.host ?? '')}.`,
  );

function pageOr404(pages: Pages, path: string): Answer {
  const page = pages.get(path);
  return ({ method }, response) => {
    if (page === undefined) answerError(response, 404, `There is nothing at ${path}.`);
    else if (method === 'GET') response.writeHead(200, page.headers).end(page.bytes);
    else if (method === 'HEAD') response.writeHead(200, page.headers).end();
    else answerError(response, 405, `${path} can only be read.`, { allow: 'GET, HEAD' });
  };
}

function answerReadiness(response: ServerResponse, faults: readonly string[]): void {
  if (faults.length === 0) answerJson(response, 200, { status: 'ready' });
  else answerJson(response, 503, { status: 'not ready', faults });
}
