import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { OutcomeUnknown, StoreStopped, StoreUnavailable } from '../core/event-store.js';
import type { Logger } from '../core/logger.js';
import { BeyondTheEnd } from '../core/moment.js';
import { UnknownEvent } from '../core/schemas.js';
import { ProjectionBehind } from '../engine/projector.js';

/** Turns an error, and GraphQL's own form of it, into what a client may see. */
export type FormatError = (
  formatted: GraphQLFormattedError,
  error: unknown,
) => GraphQLFormattedError;

export interface FormatterParts {
  readonly log: Logger;
  readonly newId: () => string;
  /** Whether a client with a slip of the pen may be told what there is. */
  readonly suggests: boolean;
}

/** How many errors an answer tells. */
const ERRORS_AT_MOST = 100;
/** What is longer holds what the client sent, and would be a hundred times that in all. */
const CHARACTERS_AT_MOST = 1_000;

/** The first errors, and how many more there are. */
export function withoutExcess(
  errors: readonly GraphQLFormattedError[],
): readonly GraphQLFormattedError[] {
  const more = errors.length - ERRORS_AT_MOST;
  if (more <= 0) return errors;
  const extensions = { code: 'TOO_MANY_ERRORS' };
  return [...errors.slice(0, ERRORS_AT_MOST), { message: `And ${more} more.`, extensions }];
}

/**
 * Passes on what the client can act on, and masks the rest: its cause goes to the log alone, under an
 * `errorId` that the client is told. HTTP and WebSocket answer alike.
 */
export function errorFormatter({ log, newId, suggests }: FormatterParts): FormatError {
  return (formatted, error) => {
    const cause = rootCause(error);
    if (cause instanceof GraphQLError) return shown(formatted, suggests);
    if (cause instanceof BeyondTheEnd) return answer(formatted, cause, 'BAD_USER_INPUT');
    if (cause instanceof UnknownEvent) return answer(formatted, cause, 'UNKNOWN_EVENT');
    if (cause instanceof ProjectionBehind) {
      return answer(formatted, cause, 'PROJECTION_BEHIND', { position: String(cause.reached) });
    }
    if (cause instanceof StoreStopped) return answer(formatted, cause, 'STORE_STOPPED');
    if (cause instanceof StoreUnavailable) return answer(formatted, cause, 'STORE_UNAVAILABLE');
    if (cause instanceof OutcomeUnknown) return answer(formatted, cause, 'OUTCOME_UNKNOWN');
    const errorId = newId();
    log.error({ err: cause, errorId, path: formatted.path }, 'unexpected error');
    return {
      ...formatted,
      message: 'Something went wrong on the server; its log says what, under this errorId.',
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
    };
  };
}

function answer(
  formatted: GraphQLFormattedError,
  { message }: Error,
  code: string,
  more: Readonly<Record<string, string>> = {},
) {
  return { ...formatted, message, extensions: { code, ...more } };
}

/** What HTTP is to answer it with is not for clients. */
function shown(formatted: GraphQLFormattedError, suggests: boolean): GraphQLFormattedError {
  const { extensions, ...rest } = formatted;
  const message = shortened(suggests ? rest.message : withoutSuggestion(rest.message));
  if (extensions === undefined) return { ...rest, message };
  const { http: _, ...others } = extensions;
  return { ...rest, message, extensions: others };
}

/** The last one: what the client sent may say the same, and many times. */
function withoutSuggestion(message: string): string {
  const at = message.endsWith('?') ? message.lastIndexOf(' Did you mean ') : -1;
  return at < 0 ? message : message.slice(0, at);
}

const shortened = (message: string): string =>
  message.length > CHARACTERS_AT_MOST ? `${message.slice(0, CHARACTERS_AT_MOST)}…` : message;

/** The error under GraphQL's wrappers. */
function rootCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined) {
    cause = cause.originalError;
  }
  return cause;
}
