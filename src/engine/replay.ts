import { known, type Aggregate } from '../core/decider.js';
import type { DomainEvent, RecordedEvent, StreamId } from '../core/event.js';
import type { EventStore, StreamRange } from '../core/event-store.js';
import { BeyondTheEnd, type Moment } from '../core/moment.js';
import { fold, type Revision } from '../core/revision.js';

type Replayed<State, E extends DomainEvent> = Aggregate<State, never, E, never>;

/** A stream's events as its domain knows them. Rejects with UnknownEvent for one that it does not. */
export async function readEvents<E extends DomainEvent>(
  store: EventStore,
  aggregate: Pick<Replayed<never, E>, 'type' | 'eventTypes'>,
  id: string,
  range?: StreamRange,
): Promise<readonly RecordedEvent<E>[]> {
  const stream: StreamId = { type: aggregate.type, id };
  const events = await store.readStream(stream, range);
  return events.map((event) => known(aggregate.eventTypes, event));
}

/**
 * An aggregate as it stood at a moment, folded from its events; undefined before its first. Rejects
 * with {@link BeyondTheEnd} for a version or position that does not exist yet. A time in the future
 * means now.
 */
export async function replay<State, E extends DomainEvent>(
  store: EventStore,
  aggregate: Pick<Replayed<State, E>, 'type' | 'eventTypes' | 'decider'>,
  id: string,
  moment: Moment,
): Promise<Revision<State> | undefined> {
  const events = await readEvents(store, aggregate, id, await rangeUpTo(store, moment));
  const revision = fold(aggregate.decider, events);
  const version = revision?.version ?? 0;
  if ('version' in moment && moment.version > version) {
    throw new BeyondTheEnd('version', moment.version, version);
  }
  return revision;
}

async function rangeUpTo(store: EventStore, moment: Moment): Promise<StreamRange> {
  if ('version' in moment) return { throughVersion: moment.version };
  if ('at' in moment) return { throughPosition: (await store.headAt(moment.at)).position };
  const head = await store.head();
  if (moment.position > head.position) {
    throw new BeyondTheEnd('position', moment.position, head.position);
  }
  return { throughPosition: moment.position };
}
