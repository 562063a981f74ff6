import { setImmediate } from 'node:timers/promises';
import { execute, GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';
import {
  CloseCode,
  makeServer,
  MessageType,
  type ServerOptions,
  type SubscribePayload,
} from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Position } from '../../core/event.js';
import type { Caller } from '../../schema/caller.js';
import { atTime } from '../gate/expiry.js';
import { TooMany } from '../gate/gate.js';
import { CannotAuthenticate, NotAuthenticated } from '../gate/tokens.js';
import { Answers, type Operation, type Operations } from '../operations.js';
import { Peer, TRY_AGAIN_LATER } from './peer.js';
import type { WebSocketSettings } from './serve.js';

const EXPIRED = 'The token has expired';

/** An operation, and what its client calls it. */
interface UnderWay extends Operation {
  readonly id: string;
}

/** The protocol hands on what it was given, and knows less of it. */
const isUnderWay = (args: ExecutionArgs): args is UnderWay => 'id' in args;

/** The operations that come over one socket, by the graphql-transport-ws protocol. */
export class Conversation {
  readonly #peer: Peer;
  readonly #deliveries = new Set<Delivery>();
  readonly #answering = new Set<Promise<unknown>>();
  /** The ids of operations that have not ended, to the last message. */
  readonly #ids = new Map<string, UnderWay>();
  /** Those of them that still take room. */
  readonly #underWay = new Set<UnderWay>();
  readonly #operations: Operations;
  #caller: Caller | undefined;
  #forgetExpiry: () => void = () => undefined;

  constructor(
    socket: WebSocket,
    private readonly address: string,
    private readonly settings: WebSocketSettings,
  ) {
    const { operations, log } = settings;
    this.#operations = operations;
    const { unreadFor } = operations.limits;
    const resumeAfter = () => this.#resumeAfter();
    this.#peer = new Peer({ socket, unreadFor, resumeAfter, log });
    const hasClosed = makeServer(this.#protocol()).opened(this.#peer, undefined);
    socket.once('close', (code, reason) => {
      this.#forgetExpiry();
      // The protocol knows the last subscription of an id alone.
      for (const delivery of this.#deliveries) void delivery.return();
      void hasClosed(code, String(reason));
    });
  }

  /** Takes no more, and resolves when queries and mutations are answered; subscriptions go on. */
  async finish(): Promise<void> {
    this.#peer.ignore();
    await Promise.allSettled(this.#answering);
    // The answers themselves are written after this promise's own turn.
    await setImmediate();
  }

  end(): void {
    this.#peer.dismiss();
  }

  #protocol(): ServerOptions {
    const operations = this.#operations;
    return {
      onConnect: ({ connectionParams }) => this.#letIn(connectionParams),
      onSubscribe: (_, id, payload) => this.#prepare(id, payload),
      execute: (args) => this.#execute(args),
      subscribe: (args) => this.#subscribe(args),
      onError: (_, _id, _payload, errors) => operations.formatAll(errors),
      onNext: (_, _id, _payload, _args, result) =>
        result.errors === undefined ? undefined : operations.format(result),
      onComplete: (_, id) => this.#forget(id),
    };
  }

  /** Closes the socket of one who may not come in, or not any more. */
  async #letIn(params: Readonly<Record<string, unknown>> = {}): Promise<boolean> {
    try {
      const caller = await this.settings.gate.identify(authorizationIn(params), this.address);
      // It may have gone while that was found out, and nobody would stop the timer.
      if (!this.#peer.isOpen) return false;
      this.#caller = caller;
      this.#forgetExpiry = atTime(caller.until, () =>
        this.#peer.close(CloseCode.Forbidden, EXPIRED),
      );
      return true;
    } catch (error) {
      if (error instanceof NotAuthenticated) {
        this.#peer.close(CloseCode.Forbidden, error.message);
      } else if (error instanceof TooMany || error instanceof CannotAuthenticate) {
        this.#peer.close(TRY_AGAIN_LATER, error.message);
      } else throw error;
      return false;
    }
  }

  /** What it lets through is under way until it has ended. */
  async #prepare(
    id: string,
    payload: SubscribePayload,
  ): Promise<UnderWay | readonly GraphQLError[]> {
    const { subscriptions } = this.#operations.limits;
    if (this.#ids.has(id)) {
      // Its client let go of it, but its last message may still come: it would be taken for the new one's.
      this.#peer.close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`);
      return [new GraphQLError('The id is in use.')];
    }
    if (this.#underWay.size >= subscriptions) {
      const message = `One socket may have ${subscriptions} operations under way.`;
      return [new GraphQLError(message, { extensions: { code: 'TOO_MANY_OPERATIONS' } })];
    }
    const caller = this.#caller;
    if (caller === undefined) throw new Error('nobody was let in');
    if (this.#hasExpired()) return [new GraphQLError(EXPIRED)];
    // The place is taken before anything is waited for.
    const prepared = this.#operations.prepare(payload, { caller });
    const operation = 'document' in prepared ? { ...prepared, id } : prepared;
    if ('document' in operation) {
      this.#ids.set(id, operation);
      this.#underWay.add(operation);
    }
    try {
      await this.settings.gate.count(caller, this.address);
      return operation;
    } catch (error) {
      this.#forget(id);
      if (!(error instanceof TooMany)) throw error;
      return [new GraphQLError(error.message, { extensions: { code: 'RATE_LIMITED' } })];
    }
  }

  /** The timer for it may be late. */
  #hasExpired(): boolean {
    const hasExpired = Date.now() >= (this.#caller?.until ?? 0);
    if (hasExpired) this.#peer.close(CloseCode.Forbidden, EXPIRED);
    return hasExpired;
  }

  #forget(id: string): void {
    const operation = this.#ids.get(id);
    if (operation !== undefined) this.#underWay.delete(operation);
    this.#ids.delete(id);
  }

  async #execute(args: ExecutionArgs): Promise<ExecutionResult> {
    const result = Promise.resolve(execute(args));
    this.#answering.add(result);
    try {
      return await result;
    } finally {
      this.#answering.delete(result);
    }
  }

  async #subscribe(args: ExecutionArgs): Promise<Delivery | ExecutionResult> {
    if (!isUnderWay(args)) throw new Error('the operation was not prepared');
    const answers = await this.#operations.subscribe(args);
    if (!(answers instanceof Answers)) return answers;
    const delivery = new Delivery(answers, {
      hasPeer: () => this.#peer.isOpen && !this.#hasExpired(),
      send: (text) => this.#peer.send(nextMessage(args.id, text)),
      onEnd: () => {
        this.#deliveries.delete(delivery);
        this.#underWay.delete(args);
      },
    });
    this.#deliveries.add(delivery);
    return delivery;
  }

  /** From here, none of its subscriptions misses anything. */
  #resumeAfter(): Position | undefined {
    const lasts = Array.from(this.#deliveries, ({ last }) => last).filter(
      (last) => last !== undefined,
    );
    return lasts.toSorted((one, other) => one - other)[0];
  }
}

interface DeliveryParts {
  readonly hasPeer: () => boolean;
  /** Resolves when it was taken. */
  readonly send: (text: string) => Promise<void>;
  readonly onEnd: () => void;
}

/**
 * Sends each answer when the one before was taken. It does so itself, as the protocol would write the
 * same answer anew for everybody; to the protocol it is an iterator of nothing, which ends or fails.
 */
class Delivery implements AsyncIterableIterator<never, undefined> {
  /** The position of the last frame. */
  last: Position | undefined;

  constructor(
    private readonly answers: Answers,
    private readonly parts: DeliveryParts,
  ) {}

  async next(): Promise<IteratorResult<never, undefined>> {
    const { hasPeer, send } = this.parts;
    try {
      // The socket tells that it has closed only when this leaves it a turn.
      while (hasPeer()) {
        const { done, value } = await this.answers.next();
        // What comes after the end of a token is not for its bearer.
        if (done || !hasPeer()) break;
        this.last = value.position;
        await send(value.text);
      }
    } finally {
      // The protocol does not say that it is done with what has failed.
      await this.return();
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<never, undefined>> {
    this.parts.onEnd();
    await this.answers.return();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

const nextMessage = (id: string, payload: string): string =>
  `{"id":${JSON.stringify(id)},"type":"${MessageType.Next}","payload":${payload}}`;

/** Clients write the name as that of a header, or not. */
function authorizationIn(params: Readonly<Record<string, unknown>>): string | undefined {
  const found = Object.entries(params).find(([name]) => name.toLowerCase() === 'authorization');
  return typeof found?.[1] === 'string' ? found[1] : undefined;
}
