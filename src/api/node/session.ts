import type { JsonValue } from '../../core/json.js';
import type { Logger } from '../../core/logger.js';
import type { App } from '../../engine/app.js';
import { execute } from '../../engine/execute.js';
import { explain, type Failure, type Outcome } from '../../engine/outcome.js';
import { newContext } from '../../schema/context.js';
import { factOf, type Domain } from '../../schema/domain.js';
import { errorBody, Malformed } from './errors.js';
import type { InputLine } from './lines.js';
import {
  CRASH,
  messageIdOf,
  readMessage,
  requestBody,
  type CommandFailure,
  type Message,
  type ReplyBody,
  type RequestBody,
  type SubscriptionBody,
} from './messages.js';
import { Subscriptions, type Send } from './subscriptions.js';

export interface SessionOptions {
  /** Whether lines are wrapped as `{src, dest, body}`. */
  readonly envelope: boolean;
  readonly log: Logger;
  /** Writes a line after those before it; resolves when the output has taken it. */
  readonly write: (line: string) => Promise<void>;
}

/** Answers messages one by one, each of which sees the effect of those before it. */
export class NodeSession {
  #nodeId = 'cqrs';
  readonly #subscriptions: Subscriptions;

  constructor(
    private readonly app: App,
    private readonly domains: readonly Domain[],
    private readonly options: SessionOptions,
  ) {
    this.#subscriptions = new Subscriptions(app, options.log);
  }

  /** Answers one line of JSON with one line of JSON, and resolves when that is written. */
  async take(line: InputLine): Promise<void> {
    const message = readMessage('text' in line ? parseJson(line.text) : undefined);
    const send = (body: ReplyBody | SubscriptionBody) =>
      this.options.write(JSON.stringify(this.#addressed(message, body)));
    const reply =
      'text' in line
        ? await this.#replyTo(message.body, send)
        : errorBody(new Malformed(line.problem), null);
    await send(reply);
    // Only now: the frames of a subscription come after the reply that says it is there.
    this.#subscriptions.start();
  }

  /** There are no more messages: resolves when each subscription was told what is in the log. */
  finish(): Promise<void> {
    return this.#subscriptions.finish();
  }

  /** Ends the subscriptions at once. */
  close(): void {
    this.#subscriptions.close();
  }

  #addressed({ src, dest }: Message, body: ReplyBody | SubscriptionBody) {
    return this.options.envelope ? { src: dest ?? this.#nodeId, dest: src ?? '', body } : body;
  }

  async #replyTo(body: unknown, send: Send): Promise<ReplyBody> {
    const in_reply_to = messageIdOf(body);
    try {
      return await this.#dispatch(parseBody(body), in_reply_to, send);
    } catch (error) {
      const reply = errorBody(error, in_reply_to);
      if (reply.code === CRASH) {
        this.options.log.error({ err: error }, 'a message could not be answered');
      }
      return reply;
    }
  }

  async #dispatch(body: RequestBody, in_reply_to: number | null, send: Send): Promise<ReplyBody> {
    switch (body.type) {
      case 'command':
        return this.#command(body.command, in_reply_to);
      case 'query':
        return { type: 'query_result', in_reply_to, data: await this.#query(body.query) };
      case 'subscribe':
        await this.#subscriptions.open(body, send);
        return { type: 'subscribe_ok', in_reply_to, subscription: body.subscription };
      case 'unsubscribe':
        this.#subscriptions.end(body.subscription);
        return { type: 'unsubscribe_ok', in_reply_to, subscription: body.subscription };
      case 'init':
        this.#nodeId = body.node_id ?? this.#nodeId;
        return { type: 'init_ok', in_reply_to };
      default:
        return body satisfies never;
    }
  }

  async #command(
    {
      type,
      payload,
      expectedVersion,
      commandId,
      dryRun,
    }: Extract<RequestBody, { type: 'command' }>['command'],
    in_reply_to: number | null,
  ): Promise<ReplyBody> {
    const aggregate = this.domains
      .map((domain) => domain.aggregate)
      .find(({ commandTypes }) => commandTypes.includes(type));
    if (aggregate === undefined) throw new Malformed(`There is no command ${type}.`);
    const version = expectedVersion ?? (aggregate.creating.includes(type) ? 0 : undefined);
    if (version === undefined) throw new Malformed(`${type} must say its expectedVersion.`);
    const outcome = await execute(this.app, aggregate, {
      type,
      payload,
      expectedVersion: version,
      commandId: commandId ?? null,
      dryRun,
      origin: newContext(this.app).origin(),
    });
    return { type: 'command_result', in_reply_to, ...resultOf(outcome, dryRun) };
  }

  #query({ type, params }: Extract<RequestBody, { type: 'query' }>['query']): Promise<JsonValue> {
    for (const { nodeQueries } of this.domains) {
      const query = Object.hasOwn(nodeQueries, type) ? nodeQueries[type] : undefined;
      if (query !== undefined) return query(this.app, params);
    }
    throw new Malformed(`There is no query ${type}.`);
  }
}

function resultOf(outcome: Outcome<unknown>, dryRun: boolean) {
  const asked = dryRun ? { dryRun } : {};
  if (outcome.kind !== 'accepted') {
    return { success: false, events: [], error: failureOf(outcome), ...asked };
  }
  const events = outcome.events.map((event) =>
    dryRun ? factOf(event) : { eventType: event.type, aggregateId: event.aggregateId },
  );
  return { success: true, events, ...(outcome.replayed ? { replayed: true } : {}), ...asked };
}

function failureOf(failure: Failure): CommandFailure {
  const explained = explain(failure);
  switch (failure.kind) {
    case 'conflict': {
      const { expectedVersion, actualVersion } = failure;
      return { ...explained, expectedVersion, actualVersion, missed: failure.missed.map(factOf) };
    }
    case 'invalid':
      return { ...explained, issues: failure.issues };
    case 'refused':
      return explained;
    default:
      return failure satisfies never;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function parseBody(body: unknown): RequestBody {
  if (body === undefined) throw new Malformed('The line is not JSON.');
  return requestBody.parse(body);
}
