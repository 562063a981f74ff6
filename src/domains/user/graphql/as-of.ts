import { Arg, Args, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { Position, RecordedEvent } from '../../../core/event.js';
import type { App } from '../../../engine/app.js';
import { readSteps } from '../../../engine/history.js';
import type { Past } from '../../../engine/replay.js';
import { readLog } from '../../../engine/read-log.js';
import { AsOf, folding } from '../../../schema/as-of.js';
import {
  ForwardArgs,
  parsePositionPlace,
  readPage,
  type List,
  type Page,
} from '../../../schema/connection.js';
import type { Context } from '../../../schema/context.js';
import { folds, foldsEach } from '../../../schema/cost.js';
import { userAggregate } from '../aggregate.js';
import { toUserRevision, UserRevision, UserRevisionConnection } from './types.js';

@Resolver(() => AsOf)
export class UsersAsOf {
  @FieldResolver(() => UserRevision, {
    nullable: true,
    description: 'The user as it stood; null when there was none.',
    complexity: folds,
  })
  user(
    @Root() { position }: AsOf,
    @Arg('id', () => ID, { description: 'Which user.' }) id: string,
    @Ctx() { app }: Context,
  ): Promise<UserRevision | null> {
    return userAsOf(app, id, position);
  }

  @FieldResolver(() => UserRevisionConnection, {
    description: 'The users that there were, in the order of their creation.',
    complexity: foldsEach,
  })
  users(
    @Root() { position }: AsOf,
    @Args(() => ForwardArgs) page: ForwardArgs,
    @Ctx() { app }: Context,
  ): Promise<Page<Promise<UserRevision | null>>> {
    return readPage(usersAsOf(app, position), page);
  }
}

async function userAsOf(past: Past, id: string, position: Position): Promise<UserRevision | null> {
  const version = await past.store.versionAt({ type: userAggregate.type, id }, position);
  const range = { from: version, through: version, horizon: version };
  const [step] = await readSteps(past, userAggregate, id, range);
  return step === undefined ? null : toUserRevision(step);
}

/** Users are found by their first events, and only those on the page are folded. */
function usersAsOf(
  app: App,
  through: Position,
): List<RecordedEvent, Position, Promise<UserRevision | null>> {
  const where = { aggregateType: userAggregate.type, version: 1 };
  return {
    read: (range) => readLog(app.store, where, { ...range, through }),
    placeOf: (first) => first.position,
    show: (first) => folding(() => userAsOf(app, first.aggregateId, through)),
    parsePlace: parsePositionPlace,
  };
}
