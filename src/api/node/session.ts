import { z } from 'zod';
import { StoreStopped } from '../../core/event-store.js';
import { BeyondTheEnd } from '../../core/moment.js';
import { UnknownEvent } from '../../core/schemas.js';
import type { JsonValue } from '../../core/json.js';
import type { Logger } from '../../core/logger.js';
import type { App } from '../../engine/app.js';
import { execute } from '../../engine/execute.js';
import { explain, type Failure, type Outcome } from '../../engine/outcome.js';
import { newContext } from '../../schema/context.js';
import { factOf, type Domain } from '../../schema/domain.js';
import type { InputLine } from './lines.js';
import {
  CRASH,
  MALFORMED_REQUEST,
  messageIdOf,
  readMessage,
  requestBody,
  type CommandFailure,
  type ReplyBody,
  type RequestBody,
} from './messages.js';

/** A message is not one that this protocol has. */
class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** Answers messages one by one; each sees the effect of those before it. */
export class NodeSession {
  #nodeId = 'cqrs';

  constructor(
    private readonly app: App,
    private readonly domains: readonly Domain[],
    private readonly envelope: boolean,
    private readonly log: Logger,
  ) {}

  /** The reply to one line of JSON, as one line of JSON without its newline. */
  async answer(line: InputLine): Promise<string> {
    const message = readMessage('text' in line ? parseJson(line.text) : undefined);
    const body = 'text' in line ? await this.#replyTo(message.body) : malformed(null, line.problem);
    if (!this.envelope) return JSON.stringify(body);
    return JSON.stringify({ src: message.dest ?? this.#nodeId, dest: message.src ?? '', body });
  }

  async #replyTo(body: unknown): Promise<ReplyBody> {
    const in_reply_to = messageIdOf(body);
    try {
      return await this.#dispatch(parseBody(body), in_reply_to);
    } catch (error) {
      if (error instanceof z.ZodError) return malformed(in_reply_to, describeIssues(error));
      if (error instanceof Malformed || error instanceof BeyondTheEnd) {
        return malformed(in_reply_to, error.message);
      }
      this.log.error({ err: error }, 'a message could not be answered');
      const isTold = error instanceof StoreStopped || error instanceof UnknownEvent;
      const text = isTold ? error.message : 'Something went wrong; see the log.';
      return { type: 'error', in_reply_to, code: CRASH, text };
    }
  }

  async #dispatch(body: RequestBody, in_reply_to: number | null): Promise<ReplyBody> {
    switch (body.type) {
      case 'command':
        return this.#command(body.command, in_reply_to);
      case 'query':
        return { type: 'query_result', in_reply_to, data: await this.#query(body.query) };
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
      origin: newContext(this.app).origin,
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

const malformed = (in_reply_to: number | null, text: string): ReplyBody => ({
  type: 'error',
  in_reply_to,
  code: MALFORMED_REQUEST,
  text,
});

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

function describeIssues({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) => `${path.join('.') || 'the message'}: ${message}`)
    .join('; ');
}
