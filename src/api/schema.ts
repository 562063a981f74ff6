import type { GraphQLSchema } from 'graphql';
import { buildSchema, type NonEmptyArray } from 'type-graphql';
import type { Domain } from '../schema/domain.js';
import { UnrecognisedEvent } from '../schema/event.js';
import { AsOfResolver } from './as-of.js';
import { LogResolver } from './log.js';
import { ProjectionsResolver } from './projections.js';

/** Every subscription has an event source of its own, but buildSchema insists on this. */
const NO_PUB_SUB = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('no subscription uses the pubSub');
  },
};

/** The whole GraphQL schema: the log's own part and that of every domain. */
export function createSchema(domains: readonly Domain[]): Promise<GraphQLSchema> {
  const resolvers: NonEmptyArray<Function> = [
    LogResolver,
    AsOfResolver,
    ProjectionsResolver,
    ...domains.flatMap((domain) => domain.resolvers),
  ];
  return buildSchema({
    resolvers,
    // Nothing returns it by its name; it stands where an event has no type of its own.
    orphanedTypes: [UnrecognisedEvent],
    pubSub: NO_PUB_SUB,
    validate: false,
  });
}
