import { Field, ID, InputType, Int, InterfaceType } from 'type-graphql';
import type { EventFilter, Position, RecordedEvent } from '../core/event.js';
import type { JsonObject } from '../core/json.js';
import type { Timestamp } from '../core/time.js';
import { DateTime, JSONObject, PositionScalar } from './scalars.js';

@InterfaceType('Event', {
  description: 'A fact: something that happened to one aggregate. Events never change.',
  resolveType: (event: RecordedEvent) => event.type,
})
export abstract class EventInterface {
  @Field(() => ID, { description: 'Unique among all events.' })
  id!: string;

  @Field(() => String, { description: 'What happened: the name of its GraphQL type.' })
  type!: string;

  @Field(() => String, { description: 'The kind of aggregate that it happened to.' })
  aggregateType!: string;

  @Field(() => ID, { description: 'The aggregate that it happened to.' })
  aggregateId!: string;

  @Field(() => Int, { description: 'Its place among the events of its aggregate, from 1.' })
  version!: number;

  @Field(() => PositionScalar, { description: 'Its place in the whole log.' })
  position!: Position;

  @Field(() => DateTime, { description: 'When it was recorded; never decreases along positions.' })
  recordedAt!: Timestamp;

  @Field(() => String, { nullable: true, description: 'Who asked for it, if that is known.' })
  actor!: string | null;

  @Field(() => ID, { description: 'Shared by all events that one request led to.' })
  correlationId!: string;

  @Field(() => ID, { nullable: true, description: 'The event or message that led to it, if any.' })
  causationId!: string | null;

  @Field(() => JSONObject, { description: 'What it says, as it is stored.' })
  data!: JsonObject;
}

/** An event as its GraphQL type shows it: what its data says stands beside its envelope. */
export const shown = (event: RecordedEvent): EventInterface => ({ ...event.data, ...event });

@InputType('EventFilter', {
  description: 'Which events; all of it must hold, and what is left out does not restrict.',
})
export class EventFilterInput implements EventFilter {
  @Field(() => String, { nullable: true, description: 'Only of this kind of aggregate.' })
  aggregateType?: string;

  @Field(() => ID, { nullable: true, description: 'Only of this aggregate.' })
  aggregateId?: string;

  @Field(() => [String], { nullable: true, description: 'Only these types of event.' })
  types?: string[];

  @Field(() => ID, { nullable: true, description: 'Only those that this request led to.' })
  correlationId?: string;
}

/** GraphQL's null restricts as little as leaving out does. */
export function filterOf(input: EventFilterInput | null | undefined): EventFilter {
  const given = Object.entries(input ?? {}).filter(([, value]) => value !== null);
  return Object.fromEntries(given);
}
