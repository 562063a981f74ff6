import { GraphQLError } from 'graphql';

/** The request itself is wrong, in a way that its schema cannot say. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
