import type { IncomingMessage, ServerResponse } from 'node:http';
import { execute, OperationTypeNode, type GraphQLError } from 'graphql';
import { z } from 'zod';
import type { Position } from '../core/event.js';
import type { RequestFacts } from '../schema/context.js';
import { parsePosition } from '../schema/scalars.js';
import { answerJson } from './answer.js';
import { readJsonBody, Unreadable } from './body.js';
import type { OperationRequest } from './documents.js';
import { Answers, type Operation, type Operations } from './operations.js';
import { atTime, TOKEN_EXPIRED } from './gate/expiry.js';

/** How often a stream on which nothing happens shows that it lives, in milliseconds. */
const ALIVE_EVERY = 12_000;

/** How a stream that cannot begin is answered, by the code of the error; with 400 for any other. */
const STATUSES: ReadonlyMap<string, number> = new Map([
  ['INTERNAL_SERVER_ERROR', 500],
  ['STORE_STOPPED', 503],
  ['STORE_UNAVAILABLE', 503],
  ['PROJECTION_BEHIND', 503],
  ['FORBIDDEN', 403],
]);

/** What documents are named by is for those who know such documents. */
const REQUEST = z.looseObject({
  query: z.string('must be a text').optional(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown(), 'must be an object').nullish(),
});

/**
 * GraphQL over Server-Sent Events in distinct connections: one operation for each request, by GET or
 * POST (github.com/graphql/graphql-over-http, rfcs/GraphQLOverSSE.md). Frames of the log carry their
 * position as `id`, so that an EventSource resumes by itself: it sends the last one with a new request.
 */
export class Streams {
  readonly #open = new Set<ServerResponse>();
  #closing = false;

  constructor(private readonly operations: Operations) {}

  /** Answers a request on the path of streams. Rejects with {@link Unreadable}. */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    /** Looked up when there is room for the stream. */
    factsOf: (request: IncomingMessage) => Promise<RequestFacts>,
  ): Promise<void> {
    if (this.#closing) throw new Unreadable(503, 'The server is stopping.');
    if (response.socket === null) {
      // It would hold its place unseen until what stands before it is over, which a stream never is.
      throw new Unreadable(400, 'A stream must not be asked for behind an unanswered request.');
    }
    const facts = { ...(await factsOf(request)), ...resumption(request) };
    const asked = await readRequest(request);
    const operation = this.operations.prepare(asked, facts);
    if (!('document' in operation)) return this.#refuse(response, operation);
    if (operation.type === OperationTypeNode.SUBSCRIPTION) {
      const answers = await this.operations.subscribe(operation);
      const { until } = operation.contextValue.caller;
      if (answers instanceof Answers) return this.#stream(response, answers, until);
      return this.#refuse(response, answers.errors ?? []);
    }
    if (operation.type === OperationTypeNode.MUTATION && request.method === 'GET') {
      throw new Unreadable(405, 'A mutation must be sent by POST.', { allow: 'POST' });
    }
    return this.#answerOnce(response, operation);
  }

  /** Ends every stream at once; listeners come back with the position that they know. */
  close(): void {
    this.#closing = true;
    for (const response of this.#open) {
      // What a reader has left unread would keep its stream open.
      if (response.writableNeedDrain) response.destroy();
      else response.end();
    }
  }

  #refuse(response: ServerResponse, errors: readonly GraphQLError[]): void {
    const formatted = this.operations.formatAll(errors);
    const codes = formatted.map(({ extensions }) => String(extensions?.['code']));
    const statuses = codes.map((code) => STATUSES.get(code) ?? 400);
    answerJson(response, Math.max(...statuses), { errors: formatted });
  }

  async #answerOnce(response: ServerResponse, operation: Operation): Promise<void> {
    const result = this.operations.format(await execute(operation));
    begin(response);
    response.write(message('next', JSON.stringify(result)));
    response.end(message('complete'));
  }

  /** Pulls an answer when the one before it has gone, so that a slow reader costs one of them. */
  async #stream(response: ServerResponse, answers: Answers, until: number): Promise<void> {
    if (this.#closing || this.#open.size >= this.operations.limits.connections) {
      await answers.return();
      throw new Unreadable(503, 'There is no room for a stream now; come back later.');
    }
    this.#open.add(response);
    response.once('close', () => void answers.return());
    // Whoever goes away in the middle of a write, or before the last one, is no error.
    response.on('error', () => undefined);
    const alive = setInterval(() => {
      if (!response.writableNeedDrain) response.write(':\n\n');
    }, ALIVE_EVERY);
    const end = () =>
      response.end(message('next', JSON.stringify(TOKEN_EXPIRED)) + message('complete'));
    const leave = atTime(until, () => {
      end();
      void answers.return();
    });
    try {
      begin(response);
      for await (const { text, position } of answers) {
        if (response.destroyed || response.writableEnded) return;
        if (Date.now() >= until) return void end();
        const isTaken = response.write(message('next', text, position));
        if (!isTaken) await drained(response, this.operations.limits.unreadFor);
      }
      if (!response.writableEnded) response.end(message('complete'));
    } catch (error) {
      response.write(message('next', JSON.stringify(this.operations.failure(error))));
      response.end(message('complete'));
    } finally {
      clearInterval(alive);
      leave();
      this.#open.delete(response);
      await answers.return();
    }
  }
}

/** Resolves when there is room for more, or nobody to read it: a reader may be too slow, too. */
function drained(response: ServerResponse, unreadFor: number): Promise<void> {
  return new Promise((resolve) => {
    const tooSlow = setTimeout(() => response.destroy(), unreadFor);
    const go = () => {
      clearTimeout(tooSlow);
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

function begin(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // A proxy that gathers what it passes on would hold events back.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
}

/** JSON has no line breaks of its own, so a message is one line of data. */
function message(event: 'next' | 'complete', json = '', position?: Position): string {
  const name = position === undefined ? '' : `id: ${position}\n`;
  return `${name}event: ${event}\ndata: ${json}\n\n`;
}

async function readRequest(request: IncomingMessage): Promise<OperationRequest> {
  const given = request.method === 'GET' ? fromUrl(request) : await readJsonBody(request);
  if (given === undefined) {
    throw new Unreadable(405, 'A stream is asked for by GET or POST.', { allow: 'GET, POST' });
  }
  const parsed = REQUEST.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Unreadable(400, `${issue?.path.join('.') || 'The request'}: ${issue?.message}.`);
}

function fromUrl({ url = '/' }: IncomingMessage): unknown {
  const { searchParams } = new URL(url, 'http://localhost');
  const variables = searchParams.get('variables');
  return {
    query: searchParams.get('query') ?? undefined,
    documentId: searchParams.get('documentId') ?? undefined,
    extensions: parseJson(searchParams.get('extensions') ?? 'null'),
    operationName: searchParams.get('operationName'),
    variables: variables === null ? null : parseJson(variables),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A browser that reconnects says which id it saw last. */
function resumption({ headers }: IncomingMessage): RequestFacts {
  const id = headers['last-event-id'];
  if (id === undefined || id === '') return {};
  const resumeAfter = parsePosition(String(id));
  if (resumeAfter === undefined) {
    throw new Unreadable(400, 'Last-Event-ID must be a position of the log, as it was sent.');
  }
  return { resumeAfter };
}
