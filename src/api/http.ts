import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import sirv from 'sirv';
import type { Logger } from '../core/logger.js';
import { readJsonBody, Unreadable } from './body.js';
import type { AnswerGraphQL } from './graphql.js';

export interface HttpSettings {
  readonly answerGraphQL: AnswerGraphQL;
  /** Why the server is not ready for work; empty when it is. */
  readonly faults: () => readonly string[];
  /** The folder of the bundled pages. */
  readonly pagesDir: string;
  readonly log: Logger;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** The server's one port: GraphQL, health and pages. Listens to nothing yet. */
export function createHttpServer(settings: HttpSettings): Server {
  const { log } = settings;
  const routes = routesOf(settings);
  const pages = existsSync(settings.pagesDir) ? sirv(settings.pagesDir, { etag: true }) : noPages;
  return createServer((request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    const answer = routes.get(path);
    if (answer === undefined) {
      pages(request, response, () => answerError(response, 404, `There is nothing at ${path}.`));
      return;
    }
    Promise.resolve(answer(request, response)).catch((err: unknown) => {
      // The client went away in the middle of what it sent: nobody is left to answer.
      if (request.errored !== null) return;
      log.error({ err, path }, 'request failed');
      if (response.headersSent) response.destroy();
      else answerError(response, 500, 'Something went wrong on the server.');
    });
  });
}

/** Before the pages are built, as when one part of the server is tested alone. */
const noPages = (_request: unknown, _response: unknown, next: () => void): void => next();

function routesOf({ answerGraphQL, faults }: HttpSettings): ReadonlyMap<string, Answer> {
  const graphql: Answer = async (request, response) => {
    try {
      await answerGraphQL(request, response, await readJsonBody(request));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      response.setHeader('connection', 'close');
      answerError(response, error.status, error.message);
    }
  };
  return new Map<string, Answer>([
    ['/graphql', graphql],
    ['/', toGraphiQL],
    ['/graphiql', toGraphiQL],
    ['/healthz', (_, response) => answerJson(response, 200, { status: 'ok' })],
    ['/readyz', (_, response) => answerReadiness(response, faults())],
  ]);
}

const toGraphiQL: Answer = (_request, response) => {
  response.writeHead(302, { location: '/graphiql/' }).end();
};

function answerReadiness(response: ServerResponse, faults: readonly string[]): void {
  if (faults.length === 0) answerJson(response, 200, { status: 'ready' });
  else answerJson(response, 503, { status: 'not ready', faults });
}

/** Errors outside GraphQL have the shape of those inside it. */
function answerError(response: ServerResponse, status: number, message: string): void {
  answerJson(response, status, { errors: [{ message }] });
}

function answerJson(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(body));
}
