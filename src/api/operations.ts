import {
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
  type OperationTypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { isFrame } from '../engine/listen.js';
import type { RequestFacts } from '../schema/context.js';
import { CHARACTERS_KEPT, Documents, type OperationRequest } from './documents.js';
import type { Execution } from './graphql.js';
import { severalCommands } from './request-headers.js';

/** How many different questions have their answers shared, and how many answers each. */
const QUESTIONS_AT_MOST = 500;
const ANSWERS_AT_MOST = 64;

/** What listeners may take of a server. */
export interface Limits {
  /** How many sockets may be open, and how many streams. */
  readonly connections: number;
  /** How many operations one socket may have under way. */
  readonly subscriptions: number;
  /** How long a listener may leave unread what it was sent, in milliseconds. */
  readonly unreadFor: number;
}

/** An operation that may be carried out. */
export interface Operation extends ExecutionArgs {
  readonly type: OperationTypeNode;
}

/** A result of a subscription, and what it was made of. */
export interface Answer {
  readonly item: unknown;
  readonly result: ExecutionResult;
}

/** What of a result is shown. */
type Raw = { readonly [Part in 'data' | 'errors']?: ExecutionResult[Part] | undefined };

/** Carries out operations outside Apollo, by its rules: for WebSocket and Server-Sent Events. */
export class Operations {
  readonly #documents: Documents;
  readonly #shared = new LRUCache<string, SharedAnswers>({ max: QUESTIONS_AT_MOST });

  constructor(
    private readonly execution: Execution,
    readonly limits: Limits,
  ) {
    this.#documents = new Documents(execution.schema, execution.introspection);
  }

  /** The operation of a request, or what is wrong with it. */
  prepare(request: OperationRequest, facts?: RequestFacts): Operation | readonly GraphQLError[] {
    const understood = this.#documents.understand(request);
    if (!('document' in understood)) return understood;
    const { document, operation } = understood;
    const error = facts?.commandId ? severalCommands(document, operation) : null;
    if (error !== null) return [error];
    return {
      type: operation.operation,
      schema: this.execution.schema,
      document,
      contextValue: this.execution.context(facts),
      operationName: request.operationName ?? null,
      variableValues: request.variables ?? null,
    };
  }

  /** What a subscription answers, item by item; or why there is none. */
  async subscribe(operation: ExecutionArgs): Promise<Answers | ExecutionResult> {
    const source = await createSourceEventStream(operation);
    if (!(Symbol.asyncIterator in source)) return source;
    const { document, operationName, variableValues } = operation;
    const asked = JSON.stringify([document.loc?.source.body, operationName, variableValues]);
    const shared = this.#shared.get(asked) ?? new LRUCache({ max: ANSWERS_AT_MOST });
    if (asked.length <= CHARACTERS_KEPT) this.#shared.set(asked, shared);
    const answer = (item: unknown) =>
      share(shared, item, async () => execute({ ...operation, rootValue: item }));
    return new Answers(source[Symbol.asyncIterator](), answer);
  }

  /** A result as a client may see it. */
  format({ data, errors }: Raw): FormattedExecutionResult {
    return {
      ...(data !== undefined && { data }),
      ...(errors !== undefined && { errors: this.formatAll(errors) }),
    };
  }

  /** What a client sees of a source that failed in the middle. */
  failure(error: unknown): FormattedExecutionResult {
    return { errors: [this.execution.formatError({ message: 'Unexpected error.' }, error)] };
  }

  formatAll(errors: readonly GraphQLError[]): GraphQLFormattedError[] {
    return errors.map((error) => this.execution.formatError(error.toJSON(), error));
  }
}

/** The answers that frames of the log had for those who ask the same; all have the same rights. */
type SharedAnswers = LRUCache<string, Promise<ExecutionResult>>;

function share(
  answers: SharedAnswers,
  item: unknown,
  work: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  if (!isFrame(item)) return work();
  const key = `${item.position}${item.caughtUp ? ' caught up' : ''}${item.event === null ? ' only' : ''}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = work();
  answers.set(key, answer);
  return answer;
}

/** The source lets one item after the other be pulled, so this need not see to it again. */
export class Answers implements AsyncIterableIterator<Answer, undefined> {
  constructor(
    private readonly items: AsyncIterator<unknown>,
    private readonly answer: (item: unknown) => Promise<ExecutionResult>,
  ) {}

  async next(): Promise<IteratorResult<Answer, undefined>> {
    const { done, value } = await this.items.next();
    if (done) return { done: true, value: undefined };
    try {
      return { done: false, value: { item: value, result: await this.answer(value) } };
    } catch (error) {
      await this.return();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Answer, undefined>> {
    await this.items.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
