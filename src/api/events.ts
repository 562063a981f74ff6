import { ObjectType } from 'type-graphql';
import type { EventFilter, Position, RecordedEvent } from '../core/event.js';
import type { EventStore } from '../core/event-store.js';
import { readLog } from '../engine/read-log.js';
import { connectionOf, parsePositionPlace, type List } from '../schema/connection.js';
import { EventInterface, shown } from '../schema/event.js';

@ObjectType('EventConnection', { description: 'One page of the log.' })
export class EventConnection extends connectionOf('Event', EventInterface) {}

/** The events of the log, oldest first; with `through`, only those up to that position. */
export function eventsBy(
  store: EventStore,
  where: EventFilter,
  through?: Position,
): List<RecordedEvent, Position, EventInterface> {
  return {
    read: (range) => readLog(store, where, { ...range, through }),
    placeOf: (event) => event.position,
    show: shown,
    parsePlace: parsePositionPlace,
  };
}
