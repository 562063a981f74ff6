import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Position } from '../core/event.js';
import type { Timestamp } from '../core/time.js';
import { activityOf, type Activity } from '../engine/activity.js';
import type { Context } from '../schema/context.js';
import { BUCKETS_AT_MOST, countsEach } from '../schema/cost.js';
import { badInput } from '../schema/errors.js';
import { DateTime, PositionScalar } from '../schema/scalars.js';

@ObjectType('Activity', { description: 'How much happened in a span of time.' })
class ActivityType implements Activity {
  @Field(() => DateTime, { description: 'Where it begins.' })
  from!: Timestamp;

  @Field(() => DateTime, { description: 'Where it ends; the next one begins there.' })
  to!: Timestamp;

  @Field(() => Int, {
    description:
      'How many events were recorded after `from`, up to `to`. The first span has those at `from`, too.',
  })
  events!: number;

  @Field(() => PositionScalar, {
    description: 'The last of the log at the end of the span: what `asOf(at: to)` answers from.',
  })
  position!: Position;
}

@Resolver()
export class ActivityResolver {
  @Query(() => [ActivityType], {
    description:
      'How many events were recorded, in equal spans of time, each event in one of them. Empty for an empty log, and where no time lies between from and to.',
    complexity: countsEach,
  })
  activity(
    @Arg('from', () => DateTime, {
      nullable: true,
      description: 'From then on; from the first event on when left out.',
    })
    from: Timestamp | null | undefined,
    @Arg('to', () => DateTime, {
      nullable: true,
      description: 'Up to then; up to the last event when left out.',
    })
    to: Timestamp | null | undefined,
    @Arg('buckets', () => Int, {
      defaultValue: 100,
      description: `How many spans, from 1 to ${BUCKETS_AT_MOST}.`,
    })
    buckets: number,
    @Ctx() { app }: Context,
  ): Promise<readonly Activity[]> {
    if (buckets < 1 || buckets > BUCKETS_AT_MOST) {
      throw badInput(`buckets must be from 1 to ${BUCKETS_AT_MOST}.`);
    }
    const asked = { from: from ?? undefined, to: to ?? undefined, buckets };
    if (asked.from !== undefined && asked.to !== undefined && asked.from > asked.to) {
      throw badInput('from must not be later than to.');
    }
    return activityOf(app.store, asked);
  }
}
