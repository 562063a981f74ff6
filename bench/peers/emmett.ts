/** What the two peers on Emmett have in common: its command handler, as its guide shows it. */
import { CommandHandler, isExpectedVersionConflictError } from '@event-driven-io/emmett';
import { evolve, Stale, type User, type UserEvent } from './users.js';

/** The stream of a user; what stands before the dash is its type. */
export const streamOf = (id: string): string => `user-${id}`;

const present = (user: User | null): User => {
  if (user === null) throw new Error('a command led to no user');
  return user;
};

/** Reads the stream, folds it, and appends behind the version that the caller named. */
export const handle = CommandHandler<User | null, UserEvent>({
  evolve,
  initialState: () => null,
  mapToStreamId: streamOf,
});

export const stateOf = (result: { readonly newState: User | null }): User =>
  present(result.newState);

export function staleOr(error: unknown): never {
  throw isExpectedVersionConflictError(error) ? new Stale() : error;
}
