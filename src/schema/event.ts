import { Field, ID, InputType, Int, InterfaceType, ObjectType } from 'type-graphql';
import type { EventFilter, Position, RecordedEvent } from '../core/event.js';
import type { JsonObject } from '../core/json.js';
import type { Timestamp } from '../core/time.js';
import type { Context } from './context.js';
import { badInput } from './errors.js';
import { DateTime, JSONObject, PositionScalar } from './scalars.js';

const UNRECOGNISED = 'UnrecognisedEvent';
/** Each event of the log is held against each. */
const TYPES_AT_MOST = 100;

@InterfaceType('Event', {
  description: 'A fact: something that happened to one aggregate. Events never change.',
  resolveType: (event: RecordedEvent, { app }: Context) =>
    app.vocabulary.recognises(event) ? event.type : UNRECOGNISED,
})
export abstract class EventInterface {
  @Field(() => ID, { description: 'Unique among all events.' })
  id!: string;

  @Field(() => String, {
    description: 'What happened: the name of its GraphQL type, unless that is UnrecognisedEvent.',
  })
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

  @Field(() => ID, {
    nullable: true,
    description: 'The id of the command that led to it, if its caller gave it one.',
  })
  commandId!: string | null;

  @Field(() => ID, {
    description:
      'Shared by all events that one request led to: its header x-correlation-id, or made for it.',
  })
  correlationId!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      "The event or message that led to it, if the request's header x-causation-id says so.",
  })
  causationId!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The trace that its request was a part of: the W3C header traceparent, as it came.',
  })
  traceparent!: string | null;

  @Field(() => Int, {
    description: 'Which form its data has; events that were stored in an older one are brought up.',
  })
  schemaVersion!: number;

  @Field(() => JSONObject, { description: 'What it says, in the present form of its type.' })
  data!: JsonObject;
}

@ObjectType(UNRECOGNISED, {
  implements: EventInterface,
  description:
    'An event of a type or schema version that this build does not know: a newer build wrote it.',
})
export class UnrecognisedEvent extends EventInterface {}

/** An event as its GraphQL type shows it: what its data says stands beside its envelope. */
export function shown(event: RecordedEvent): EventInterface {
  const { data } = event;
  const beside: EventInterface & Record<string, unknown> = envelopeOf(event);
  for (const name of Object.keys(data)) {
    if (name !== '__proto__' && !Object.hasOwn(event, name)) beside[name] = data[name];
  }
  return beside;
}

/** Name by name: spread into one, two objects of many shapes take a hundred times as long. */
const envelopeOf = (event: RecordedEvent) => ({
  id: event.id,
  type: event.type,
  aggregateType: event.aggregateType,
  aggregateId: event.aggregateId,
  version: event.version,
  position: event.position,
  recordedAt: event.recordedAt,
  actor: event.actor,
  commandId: event.commandId,
  correlationId: event.correlationId,
  causationId: event.causationId,
  traceparent: event.traceparent,
  schemaVersion: event.schemaVersion,
  data: event.data,
});

@InputType('EventFilter', {
  description: 'Which events; all of it must hold, and what is left out does not restrict.',
})
export class EventFilterInput implements EventFilter {
  @Field(() => String, { nullable: true, description: 'Only of this kind of aggregate.' })
  aggregateType?: string;

  @Field(() => ID, { nullable: true, description: 'Only of this aggregate.' })
  aggregateId?: string;

  @Field(() => [String], { nullable: true, description: 'Only these types of event, at most 100.' })
  types?: string[];

  @Field(() => ID, { nullable: true, description: 'Only those that this request led to.' })
  correlationId?: string;
}

/** GraphQL's null restricts as little as leaving out does. */
export function filterOf(input: EventFilterInput | null | undefined): EventFilter {
  const given = Object.entries(input ?? {}).filter(([, value]) => value !== null);
  const filter: EventFilter = Object.fromEntries(given);
  if (filter.types === undefined) return filter;
  const types = [...new Set(filter.types)];
  if (types.length > TYPES_AT_MOST) throw badInput(`types may be ${TYPES_AT_MOST} at most.`);
  return { ...filter, types };
}
