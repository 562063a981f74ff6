import type { DomainEvent, RecordedEvent } from './event.js';
import { deepFreeze, type JsonObject } from './json.js';

/** Brings an event's data from one schema version to the next; pure, and for ever what it is. */
export type Upcaster = (data: JsonObject) => JsonObject;

/**
 * The event types of a domain, each with its upcasters: the first from version 1 to 2, and so on to the
 * present one. What is stored is never rewritten; old events are brought up as they are read.
 */
export type EventSchemas<Type extends string = string> = Readonly<
  Record<Type, readonly Upcaster[]>
>;

/** The version that new events of a type are written in. */
export const schemaVersionOf = <Type extends string>(
  schemas: EventSchemas<Type>,
  type: Type,
): number => presentVersion(schemas[type]);

const presentVersion = (upcasters: readonly Upcaster[]): number => upcasters.length + 1;

/** A type comes from the log, and may be the name of anything. */
const upcastersOf = (schemas: EventSchemas, type: string): readonly Upcaster[] | undefined =>
  Object.hasOwn(schemas, type) ? schemas[type] : undefined;

/** How many forms a type has had, the present one included; 0 for an unknown one. */
export function formsOf(schemas: EventSchemas, type: string): number {
  const upcasters = upcastersOf(schemas, type);
  return upcasters === undefined ? 0 : presentVersion(upcasters);
}

/** The event in its present form. One of an unknown type, or from a newer build, stays as it is. */
export function upcast(schemas: EventSchemas, event: RecordedEvent): RecordedEvent {
  const upcasters = upcastersOf(schemas, event.type);
  if (upcasters === undefined || event.schemaVersion > upcasters.length) return event;
  const data = upcasters
    .slice(event.schemaVersion - 1)
    .reduce<JsonObject>((older, step) => step(older), event.data);
  const schemaVersion = presentVersion(upcasters);
  return Object.freeze({ ...event, data: deepFreeze(data), schemaVersion });
}

/** The log holds an event that this build has no meaning for: written by a newer one, or another. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';
  constructor({ position, aggregateType, type, schemaVersion }: RecordedEvent) {
    super(
      `Event ${position} of ${aggregateType} is unknown to this build: ${type}, schema version ${schemaVersion}.`,
    );
  }
}

/** Whether an event, brought to its present form, is one that a domain has a meaning for. */
export function isKnown<E extends DomainEvent>(
  schemas: EventSchemas<E['type']>,
  event: RecordedEvent,
): event is RecordedEvent<E> {
  const upcasters = upcastersOf(schemas, event.type);
  return upcasters !== undefined && event.schemaVersion === presentVersion(upcasters);
}

/** Narrows an event to those of a domain. Throws {@link UnknownEvent} for any other. */
export function known<E extends DomainEvent>(
  schemas: EventSchemas<E['type']>,
  event: RecordedEvent,
): RecordedEvent<E> {
  if (!isKnown(schemas, event)) throw new UnknownEvent(event);
  return event;
}
