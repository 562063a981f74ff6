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
import { ForAuditors } from '../schema/caller.js';
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
    'One message of the events subscription. The first comes at once: event is null, and position says where listening begins. Later ones without an event say how far the listener is: where all that was in the log has been sent, and every few seconds where many events do not match.',
})
class EventFrame {
  @Field(() => EventInterface, { nullable: true, description: 'What was appended.' })
  event!: EventInterface | null;

  @Field(() => PositionScalar, {
    description: 'How far the listener is in the log. Resume with after: this.',
  })
  position!: Position;

  @Field(() => Boolean, { description: 'True once everything that was in the log has been sent.' })
  caughtUp!: boolean;
}

/** The arguments of the events subscription, as GraphQL hands them to `subscribe`. */
interface EventsArgs {
  readonly after?: Position | null;
  readonly where?: EventFilterInput | null;
}

const WHERE = { nullable: true, description: 'Only these events.' };

@Resolver()
export class LogResolver {
  @ForAuditors()
  @Query(() => EventConnection, {
    description: 'The log itself, oldest first. Needs the role auditor.',
  })
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

  @ForAuditors()
  @Subscription(() => EventFrame, {
    name: 'events',
    description:
      'Without after: what is appended from now on. With it: everything after that position, then what is appended, each event once, in order, with no gap. Needs the role auditor.',
    subscribe: ({ args, context }: { args: EventsArgs; context: Context }) =>
      listen(context.app.tail, {
        where: filterOf(args.where),
        after: context.resumeAfter ?? args.after ?? undefined,
      }),
  })
  eventsAppended(
    @Root() frame: Frame,
    @Arg('after', () => PositionScalar, {
      nullable: true,
      description:
        'Resume from here: the position of the last frame that you have dealt with. An error for one beyond the end of the log.',
    })
    _after?: Position | null,
    @Arg('where', () => EventFilterInput, WHERE) _where?: EventFilterInput | null,
  ): EventFrame {
    return { ...frame, event: frame.event === null ? null : shown(frame.event) };
  }
}
