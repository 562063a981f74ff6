import { Arg, Args, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import type { Position } from '../../../core/event.js';
import type { Condition, ReadModel, SortKey } from '../../../core/projection.js';
import type { Revision } from '../../../core/revision.js';
import type { Timestamp } from '../../../core/time.js';
import type { App } from '../../../engine/app.js';
import { replay, resolvePosition } from '../../../engine/replay.js';
import { PageArgs, readPage, type List, type Page } from '../../../schema/connection.js';
import type { Context } from '../../../schema/context.js';
import { folds } from '../../../schema/cost.js';
import { givenMoment } from '../../../schema/moment.js';
import { DateTime, PositionScalar } from '../../../schema/scalars.js';
import { userAggregate } from '../aggregate.js';
import type { UserState } from '../decider.js';
import {
  toUser,
  usersProjection,
  type User,
  type UserField,
  type UserOrderField,
} from '../projection.js';
import { foldCase } from '../text.js';
import { UserFilter, UserOrder } from './inputs.js';
import { UserConnection, UserType } from './types.js';

const CONSISTENT_WITH = {
  nullable: true,
  description:
    "Wait until what is read of the present takes in the log up to this position, such as a command's; an error when that takes too long, and at once for a position beyond the end.",
};

@Resolver()
export class UserQueries {
  @Query(() => UserType, {
    nullable: true,
    description:
      'The user as it is now; with at, atVersion or atPosition (one at most) as it was then. Fetch the past past your cache (Apollo Client: fetchPolicy `no-cache`; urql with Graphcache: a client without it), or ask for `revision` or `asOf`: a user of the past has the id of the present one, and would take its place in a normalised cache. Null before it was created; an error that names the highest for a version or position that does not exist yet.',
    complexity: folds,
  })
  async user(
    @Arg('id', () => ID, { description: 'Which user.' }) id: string,
    @Arg('at', () => DateTime, {
      nullable: true,
      description: 'After all that was recorded up to then.',
    })
    at: Timestamp | null | undefined,
    @Arg('atVersion', () => Int, { nullable: true, description: 'After this many of its events.' })
    version: number | null | undefined,
    @Arg('atPosition', () => PositionScalar, {
      nullable: true,
      description: 'After this event of the log.',
    })
    position: Position | null | undefined,
    @Arg('consistentWith', () => PositionScalar, CONSISTENT_WITH)
    consistent: Position | null | undefined,
    @Ctx() { app }: Context,
  ): Promise<User | null> {
    const moment = givenMoment({ at, version, position });
    // The log itself is never behind.
    if (moment === undefined) await untilConsistent(app, consistent);
    else if (isGiven(consistent)) await resolvePosition(app.store, { position: consistent });
    const revision =
      moment === undefined
        ? await app.projector.model(usersProjection).get(id)
        : await replay(app, userAggregate, id, moment);
    return revision === undefined ? null : toUser(revision);
  }

  @Query(() => UserConnection, { description: 'The users there are now.' })
  async users(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => UserFilter, { nullable: true, description: 'Only these users.' }) where:
      | UserFilter
      | null
      | undefined,
    @Arg('orderBy', () => UserOrder, {
      nullable: true,
      description: 'In the order of their creation when left out.',
    })
    orderBy: UserOrder | null | undefined,
    @Arg('consistentWith', () => PositionScalar, CONSISTENT_WITH)
    consistent: Position | null | undefined,
    @Ctx() { app }: Context,
  ): Promise<Page<User> & { readonly totalCount: Promise<number> }> {
    await untilConsistent(app, consistent);
    const model = app.projector.model(usersProjection);
    const conditions = conditionsOf(where ?? {});
    const rows = await readPage(usersBy(model, conditions, orderBy ?? new UserOrder()), page);
    return {
      ...rows,
      get totalCount() {
        return model.count(conditions);
      },
    };
  }
}

async function untilConsistent(
  { projector }: Pick<App, 'projector'>,
  position: Position | null | undefined,
): Promise<void> {
  if (isGiven(position)) await projector.consistentWith(usersProjection, position);
}

const isGiven = <T>(value: T | null | undefined): value is T =>
  value !== null && value !== undefined;

function conditionsOf({ status, nameContains, email }: UserFilter): Condition<UserField>[] {
  const conditions: Condition<UserField>[] = [];
  if (typeof status === 'string') conditions.push({ field: 'status', is: 'equal', value: status });
  if (typeof nameContains === 'string') {
    conditions.push({ field: 'name', is: 'containing', value: searched(nameContains) });
  }
  if (typeof email === 'string') {
    conditions.push({ field: 'email', is: 'equal', value: searched(email).trim() });
  }
  return conditions;
}

const searched = (text: string): string => foldCase(text.normalize('NFC'));

/** A cursor of one order means nothing in another, so it says which it is of. */
type Place = readonly [order: UserOrderField, ...key: SortKey];

const PLACE = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string()]);

function usersBy(
  model: ReadModel<Revision<UserState>, UserField, UserOrderField>,
  where: readonly Condition<UserField>[],
  { field, direction }: UserOrder,
): List<Revision<UserState>, Place, User> {
  const keyOf = (place: Place | undefined): SortKey | undefined =>
    place === undefined ? undefined : [place[1], place[2]];
  return {
    read: ({ after, before, backwards, limit }) =>
      model.list({
        where,
        orderBy: field,
        descending: direction === 'DESC',
        after: keyOf(after),
        before: keyOf(before),
        backwards,
        limit,
      }),
    placeOf: (row) => [field, usersProjection.sortValue(row, field), row.id],
    show: toUser,
    parsePlace(value) {
      const parsed = PLACE.safeParse(value);
      if (!parsed.success) return undefined;
      const [order, key, id] = parsed.data;
      const ofOrder = order === field && typeof key === (field === 'name' ? 'string' : 'number');
      return ofOrder ? [field, key, id] : undefined;
    },
  };
}
