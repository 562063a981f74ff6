import type { GraphQLSchema } from 'graphql';
import { buildSchema, type NonEmptyArray, type ResolverData } from 'type-graphql';
import { forbidden, type Role } from '../schema/caller.js';
import type { Context } from '../schema/context.js';
import type { Domain } from '../schema/domain.js';
import { UnrecognisedEvent } from '../schema/event.js';
import { ActivityResolver } from './activity.js';
import { AsOfResolver } from './as-of.js';
import { LogResolver } from './log.js';
import { ProjectionsResolver } from './projections.js';
import { ViewerResolver } from './viewer.js';

/** Every subscription has an event source of its own, but buildSchema insists on this. */
const NO_PUB_SUB = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('no subscription uses the pubSub');
  },
};

/** Fields that need a role say so themselves. No function with a prototype: that would be a class. */
const mayRead = ({ context: { caller } }: ResolverData<Context>, roles: Role[]): boolean => {
  const missing = roles.find((role) => !caller.roles.has(role));
  if (missing !== undefined) throw forbidden(missing);
  return true;
};

/** The whole GraphQL schema: the log's own part and that of every domain. */
export function createSchema(domains: readonly Domain[]): Promise<GraphQLSchema> {
  const resolvers: NonEmptyArray<Function> = [
    LogResolver,
    AsOfResolver,
    ActivityResolver,
    ProjectionsResolver,
    ViewerResolver,
    ...domains.flatMap((domain) => domain.resolvers),
  ];
  return buildSchema({
    resolvers,
    // Nothing returns it by its name; it stands where an event has no type of its own.
    orphanedTypes: [UnrecognisedEvent],
    pubSub: NO_PUB_SUB,
    validate: false,
    authChecker: mayRead,
  });
}
