import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Revision } from '../../../core/revision.js';
import { watch } from '../../../engine/watch.js';
import type { Context } from '../../../schema/context.js';
import { badInput } from '../../../schema/errors.js';
import { userAggregate } from '../aggregate.js';
import type { UserState } from '../decider.js';
import { toUser, type User } from '../projection.js';
import { UserType } from './types.js';

@Resolver()
export class UserSubscriptions {
  @Subscription(() => UserType, {
    name: 'user',
    description:
      'The user now, then again after each change. Changes that come while the client is not ready are one, and the latest comes last. An error when there is no such user.',
    subscribe: async ({ args, context }: { args: { id: string }; context: Context }) => {
      const watching = await watch(context.app, userAggregate, args.id);
      if (watching === undefined) throw badInput(`There is no user ${args.id}.`);
      return watching;
    },
  })
  userChanged(
    @Root() revision: Revision<UserState>,
    @Arg('id', () => ID, { description: 'Which user.' }) _id: string,
  ): User {
    return toUser(revision);
  }
}
