import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { execute, GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { ServerOptions, SubscribePayload } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { BODY_BYTES_AT_MOST } from './body.js';
import { isFrame } from '../engine/listen.js';
import { Answers, type Operations } from './operations.js';

/** How long queries and mutations under way may take once the server is told to stop. */
const PATIENCE_MILLISECONDS = 5_000;
/** How long a client may take to say goodbye. */
const GOODBYE_MILLISECONDS = 1_000;

/** A peer that has not answered a ping when the next one is due is ended. */
const PING_EVERY = 30_000;
/** The code of RFC 6455's registry for a server that cannot go on with a client now. */
const TRY_AGAIN_LATER = 1013;

/** Answers what is under way, then ends every socket; resolves when all are gone. */
export type CloseSockets = () => Promise<void>;

/** GraphQL over WebSocket on `/graphql`, with the limits and masks that HTTP has. */
export function serveWebSocket(server: Server, operations: Operations): CloseSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: BODY_BYTES_AT_MOST });
  server.on('upgrade', (request, socket: Duplex, head) => {
    // Node hands the socket over without its own listener, and an error unheard ends the process.
    socket.on('error', () => socket.destroy());
    const [path] = (request.url ?? '').split('?', 1);
    if (!server.listening) refuse(socket, '503 Service Unavailable');
    else if (path !== '/graphql') refuse(socket, '404 Not Found');
    else if (!fromHere(request)) refuse(socket, '403 Forbidden');
    else if (sockets.clients.size >= operations.limits.connections)
      refuse(socket, '503 Service Unavailable');
    else
      sockets.handleUpgrade(request, socket, head, (client) =>
        sockets.emit('connection', client, request),
      );
  });
  const conversations = new Conversations(operations);
  // In its other mode graphql-ws tells clients of internal errors in the reason of a close.
  const protocol = useServer({ ...conversations.options, isProd: true }, sockets, PING_EVERY);
  return async () => {
    await Promise.race([
      conversations.finish(),
      delay(PATIENCE_MILLISECONDS, null, { ref: false }),
    ]);
    const impatient = setTimeout(() => {
      for (const client of sockets.clients) client.terminate();
    }, GOODBYE_MILLISECONDS);
    await protocol.dispose();
    clearTimeout(impatient);
  };
}

/** The operations that come over WebSocket, and those of them that are under way. */
class Conversations {
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #sockets = new WeakMap<ExecutionArgs, WebSocket>();
  readonly #open = new WeakMap<WebSocket, Set<Results>>();
  #finishing = false;

  constructor(private readonly operations: Operations) {}

  get options(): ServerOptions<undefined, Extra> {
    const { operations } = this;
    return {
      onSubscribe: ({ subscriptions, extra }, _id, payload) =>
        this.#prepare(payload, Object.keys(subscriptions).length, extra.socket),
      execute: (args) => this.#execute(args),
      subscribe: async (args) => {
        const answers = await operations.subscribe(args);
        return answers instanceof Answers ? this.#admit(args, answers) : answers;
      },
      onError: (_context, _id, _payload, errors) => operations.formatAll(errors),
      onNext: (_context, _id, _payload, _args, result) =>
        result.errors === undefined ? undefined : operations.format(result),
    };
  }

  /** Takes no more, and resolves once queries and mutations are answered; subscriptions go on. */
  async finish(): Promise<void> {
    this.#finishing = true;
    await Promise.allSettled(this.#underWay);
    // The answers themselves are written after this promise's own turn.
    await delay(0);
  }

  /**
   * Lets a subscription begin, if its socket has not as many as it may. graphql-ws knows the last of an
   * id alone, so what a socket has is known here, and let go of when it closes.
   */
  async #admit(args: ExecutionArgs, answers: Answers): Promise<Results | ExecutionResult> {
    const { subscriptions, unreadFor } = this.operations.limits;
    const socket = this.#sockets.get(args);
    const open = socket && this.#openOn(socket);
    if (open === undefined || socket?.readyState !== socket?.OPEN || open.size >= subscriptions) {
      await answers.return();
      return { errors: [tooMany(subscriptions)] };
    }
    const results = new Results(answers, unreadFor, {
      onTooSlow: (last) => end(socket, last),
      onEnd: () => open.delete(results),
    });
    open.add(results);
    return results;
  }

  #openOn(socket: WebSocket): Set<Results> {
    const known = this.#open.get(socket);
    if (known !== undefined) return known;
    const open = new Set<Results>();
    this.#open.set(socket, open);
    socket.once('close', () => {
      for (const results of open) void results.return();
    });
    return open;
  }

  #prepare(payload: SubscribePayload, underWay: number, socket: WebSocket) {
    if (this.#finishing) return [new GraphQLError('The server is stopping.')];
    const { subscriptions } = this.operations.limits;
    if (underWay > subscriptions) {
      return [tooMany(subscriptions)];
    }
    const operation = this.operations.prepare(payload);
    if ('document' in operation) this.#sockets.set(operation, socket);
    return operation;
  }

  async #execute(args: ExecutionArgs) {
    const result = Promise.resolve(execute(args));
    this.#underWay.add(result);
    try {
      return await result;
    } finally {
      this.#underWay.delete(result);
    }
  }
}

/**
 * The answers without what they were made of. graphql-ws pulls one when the socket has taken the one
 * before; when that takes too long, it is told with the position of the one that waits.
 */
class Results implements AsyncIterableIterator<ExecutionResult, undefined> {
  #waiting: NodeJS.Timeout | undefined;

  constructor(
    private readonly answers: Answers,
    private readonly unreadFor: number,
    private readonly told: {
      readonly onTooSlow: (last: number | null) => void;
      readonly onEnd: () => void;
    },
  ) {}

  async next(): Promise<IteratorResult<ExecutionResult, undefined>> {
    clearTimeout(this.#waiting);
    const next = await this.answers.next();
    if (next.done) this.told.onEnd();
    if (next.done) return next;
    const { item, result } = next.value;
    // The close comes behind this one: who reads of it has had this one, too.
    const last = isFrame(item) ? item.position : null;
    this.#waiting = setTimeout(() => this.told.onTooSlow(last), this.unreadFor);
    return { done: false, value: result };
  }

  async return(): Promise<IteratorResult<ExecutionResult, undefined>> {
    clearTimeout(this.#waiting);
    this.told.onEnd();
    await this.answers.return();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

const tooMany = (most: number): GraphQLError =>
  new GraphQLError(`One socket may have ${most} operations under way.`);

/** Ends a socket whose peer does not read, which may not hear of why. */
function end(socket: WebSocket | undefined, last: number | null): void {
  const where = last === null ? '' : `; resume after ${last}`;
  socket?.close(TRY_AGAIN_LATER, `What was sent was not read in time${where}`);
  setTimeout(() => socket?.terminate(), GOODBYE_MILLISECONDS).unref();
}

/** A page of another site may open a socket to here; the browser only tells where it is from. */
function fromHere({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

/** Closed at once: a client that keeps its half open would keep the server from stopping. */
function refuse(socket: Duplex, status: string): void {
  const answer = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  socket.end(answer, () => socket.destroy());
}
