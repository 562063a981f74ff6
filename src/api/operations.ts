import {
  createSourceEventStream,
  execute,
  GraphQLError,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type OperationTypeNode,
} from 'graphql';
import type { Position } from '../core/event.js';
import { isFrame } from '../engine/listen.js';
import type { Context, RequestFacts } from '../schema/context.js';
import type { OperationRequest, Understood } from './documents.js';
import { withoutExcess } from './errors.js';
import type { Execution } from './graphql.js';
import { Question, questionOf } from './question.js';
import { severalCommands } from './request-headers.js';
import { forbiddenTo } from './rights.js';

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
  readonly contextValue: Context;
}

/** A result of a subscription. */
export interface Answer {
  /** Its JSON, as a client may see it. */
  readonly text: string;
  /** Where in the log the listener is with it, if that is what it listens to. */
  readonly position: Position | undefined;
}

/** What of a result is shown. */
type Raw = { readonly [Part in 'data' | 'errors']?: ExecutionResult[Part] | undefined };

/** Carries out operations outside Apollo, by its rules: for WebSocket and Server-Sent Events. */
export class Operations {
  /** Those that somebody asks at present. */
  readonly #questions = new Map<string, Question>();

  constructor(
    private readonly execution: Execution,
    readonly limits: Limits,
  ) {}

  /** The operation of a request, or what is wrong with it. */
  prepare(request: OperationRequest, facts?: RequestFacts): Operation | readonly GraphQLError[] {
    const understood = this.#understand(request);
    if (!('document' in understood)) return understood;
    const { document, operation } = understood;
    const contextValue = this.execution.context(facts);
    const error =
      forbiddenTo(contextValue.caller, operation.operation) ??
      (facts?.commandId ? severalCommands(document, operation) : null);
    if (error !== null) return [error];
    return {
      type: operation.operation,
      schema: this.execution.schema,
      document,
      contextValue,
      operationName: request.operationName ?? null,
      variableValues: request.variables ?? null,
    };
  }

  /** A document can be too much for the parser or the validation, too. */
  #understand(request: OperationRequest): Understood | readonly GraphQLError[] {
    try {
      return this.execution.documents.understand(request);
    } catch (error) {
      const originalError = error instanceof Error ? error : new Error(String(error));
      return [new GraphQLError('The document cannot be read.', { originalError })];
    }
  }

  /** What a subscription answers, item by item; or why there is none. */
  async subscribe(operation: Operation): Promise<Answers | ExecutionResult> {
    // Before there is a source, which would be left open by what goes too deep for this.
    const asked = questionOf(operation);
    const source = await createSourceEventStream(operation);
    if (!(Symbol.asyncIterator in source)) return source;
    const question = this.#questions.get(asked) ?? new Question();
    this.#questions.set(asked, question);
    question.listeners += 1;
    const leave = () => {
      question.listeners -= 1;
      if (question.listeners === 0) this.#questions.delete(asked);
    };
    const answer = (item: unknown) => question.answer(item, () => this.#answer(operation, item));
    return new Answers(source[Symbol.asyncIterator](), answer, leave);
  }

  async #answer(operation: Operation, item: unknown): Promise<string> {
    return JSON.stringify(this.format(await execute({ ...operation, rootValue: item })));
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
    const formatted = errors.map((error) => this.execution.formatError(error.toJSON(), error));
    return [...withoutExcess(formatted)];
  }
}

/** The source lets one item after the other be pulled, so this need not see to it again. */
export class Answers implements AsyncIterableIterator<Answer, undefined> {
  #hasLeft = false;

  constructor(
    private readonly items: AsyncIterator<unknown>,
    private readonly answer: (item: unknown) => Promise<string>,
    private readonly leave: () => void,
  ) {}

  async next(): Promise<IteratorResult<Answer, undefined>> {
    try {
      const { done, value } = await this.items.next();
      if (done) return await this.return();
      const text = await this.answer(value);
      return {
        done: false,
        value: { text, position: isFrame(value) ? value.position : undefined },
      };
    } catch (error) {
      await this.return();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Answer, undefined>> {
    if (!this.#hasLeft) this.leave();
    this.#hasLeft = true;
    await this.items.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
