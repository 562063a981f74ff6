import type { GraphQLSchema } from 'graphql';
import { buildSchema, type NonEmptyArray } from 'type-graphql';
import { LogResolver } from './log.js';

/** The classes that resolve a domain's root fields. */
export type Resolvers = readonly Function[];

/** Every subscription has an event source of its own, but buildSchema insists on this. */
const NO_PUB_SUB = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('no subscription uses the pubSub');
  },
};

/** The whole GraphQL schema: the log's own part and that of every domain. */
export function createSchema(resolvers: Resolvers): Promise<GraphQLSchema> {
  const all: NonEmptyArray<Function> = [LogResolver, ...resolvers];
  return buildSchema({ resolvers: all, pubSub: NO_PUB_SUB, validate: false });
}
