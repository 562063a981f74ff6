import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { positionOf, START, type Position } from '../core/event.js';
import type { Timestamp } from '../core/time.js';
import { resolvePosition } from '../engine/replay.js';
import { AsOf } from '../schema/as-of.js';
import { BackwardArgs, readPage, type Page } from '../schema/connection.js';
import { ForAuditors } from '../schema/caller.js';
import type { Context } from '../schema/context.js';
import { badInput } from '../schema/errors.js';
import { EventFilterInput, filterOf, type EventInterface } from '../schema/event.js';
import { PAGE_BY_DEFAULT } from '../schema/cost.js';
import { DateTime, PositionScalar } from '../schema/scalars.js';
import { EventConnection, eventsBy } from './events.js';

@Resolver(() => AsOf)
export class AsOfResolver {
  @Query(() => AsOf, {
    description:
      'Everything as it stood at one moment: every field below it answers from the same position. Now when no moment is given.',
  })
  async asOf(
    @Arg('at', () => DateTime, {
      nullable: true,
      description: 'After all that was recorded up to then; a time to come means now.',
    })
    at: Timestamp | null | undefined,
    @Arg('position', () => PositionScalar, {
      nullable: true,
      description: 'After this event of the log.',
    })
    position: Position | null | undefined,
    @Ctx() { app: { store } }: Context,
  ): Promise<AsOf> {
    const [time, place] = [at ?? null, position ?? null];
    if (time !== null && place !== null) throw badInput('Give at most one of at and position.');
    if (time !== null) return { position: await resolvePosition(store, { at: time }) };
    if (place !== null) return { position: await resolvePosition(store, { position: place }) };
    return { position: (await store.head()).position };
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When that event was recorded: the moment that was used. Null before the first.',
  })
  async at(@Root() { position }: AsOf, @Ctx() { app }: Context): Promise<Timestamp | null> {
    if (position === START) return null;
    const { events } = await app.store.readLog({ after: positionOf(position - 1), limit: 1 });
    return events[0]?.recordedAt ?? null;
  }

  @ForAuditors()
  @FieldResolver(() => EventConnection, {
    description:
      'The log as it was, oldest first; the last page when nothing else is asked for. Needs the role auditor.',
  })
  events(
    @Root() { position }: AsOf,
    @Args(() => BackwardArgs) { last, before = null }: BackwardArgs,
    @Arg('where', () => EventFilterInput, { nullable: true, description: 'Only these events.' })
    where: EventFilterInput | null | undefined,
    @Ctx() { app }: Context,
  ): Promise<Page<EventInterface>> {
    const list = eventsBy(app.store, filterOf(where), position);
    return readPage(list, { last: last ?? PAGE_BY_DEFAULT, before });
  }
}
