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

/**
 * Passes on what the client can act on, and masks the rest: its cause goes to the log alone, under an
 * `errorId` that the client is told. HTTP and WebSocket answer alike.
 */
export function errorFormatter(log: Logger, newId: () => string): FormatError {
  return (formatted, error) => {
    const cause = rootCause(error);
    if (cause instanceof GraphQLError) return formatted;
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

/** The error under GraphQL's wrappers. */
function rootCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined) {
    cause = cause.originalError;
  }
  return cause;
}
