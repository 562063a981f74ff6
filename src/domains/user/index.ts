import type { Domain } from '../../schema/domain.js';
import { userAggregate } from './aggregate.js';
import { userDemo } from './demo.js';
import { UsersAsOf } from './graphql/as-of.js';
import { UserHistory } from './graphql/history.js';
import { UserMutations } from './graphql/mutations.js';
import { UserSubscriptions } from './graphql/subscriptions.js';
import { UserQueries } from './graphql/queries.js';
import { userQueries } from './node.js';
import { usersProjection } from './projection.js';

export const user: Domain = {
  aggregate: userAggregate,
  projections: [usersProjection],
  resolvers: [UserQueries, UserHistory, UsersAsOf, UserMutations, UserSubscriptions],
  nodeQueries: userQueries,
  demo: userDemo,
};
