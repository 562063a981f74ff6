import {
  Arg,
  Args,
  Ctx,
  Field,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Position } from '../core/event.js';
import type { Head } from '../core/event-store.js';
import type { Timestamp } from '../core/time.js';
import { listen, type Frame } from '../engine/listen.js';
import { PageArgs, readPage, type Page } from '../schema/connection.js';
import type { Context } from '../schema/context.js';
import { EventFilterInput, EventInterface, filterOf, shown } from '../schema/event.js';
import { DateTime, PositionScalar } from '../schema/scalars.js';
import { EventConnection, eventsBy } from './events.js';

@ObjectType('Head', { description: 'Where the log ends.' })
class HeadType implements Head {
  @Field(() => PositionScalar, { description: 'How many events there are.' })
  position!: Position;

  @Field(() => DateTime, { nullable: true, description: 'When the last was recorded.' })
  recordedAt!: Timestamp | null;
}

@ObjectType({
  description:
    'One message of the events subscription. The first comes at once: event is null, and position says where listening begins.',
})
class EventFrame {
  @Field(() => EventInterface, { nullable: true, description: 'What was appended.' })
  event!: EventInterface | null;

  @Field(() => PositionScalar, { description: 'How far the listener is in the log.' })
  position!: Position;

  @Field(() => Boolean, { description: 'True once everything that was in the log has been sent.' })
  caughtUp!: boolean;
}

const WHERE = { nullable: true, description: 'Only these events.' };

@Resolver()
export class LogResolver {
  @Query(() => EventConnection, { description: 'The log itself, oldest first.' })
  events(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => EventFilterInput, WHERE)
    where: EventFilterInput | null | undefined,
    @Ctx() { app }: Context,
  ): Promise<Page<EventInterface>> {
    return readPage(eventsBy(app.store, filterOf(where)), page);
  }

  @Query(() => HeadType, { description: 'Where the log ends.' })
  head(@Ctx() { app }: Context): Promise<Head> {
    return app.store.head();
  }

  @Subscription(() => EventFrame, {
    name: 'events',
    description: 'What is appended from now on.',
    subscribe: ({
      args,
      context,
    }: {
      args: { where?: EventFilterInput | null };
      context: Context;
    }) => listen(context.app.store, filterOf(args.where)),
  })
  eventsAppended(
    @Root() frame: Frame,
    @Arg('where', () => EventFilterInput, WHERE) _where?: EventFilterInput | null,
  ): EventFrame {
    return { ...frame, event: frame.event === null ? null : shown(frame.event) };
  }
}
