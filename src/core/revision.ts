import type { Decider } from './decider.js';
import type { DomainEvent, Position, RecordedEvent, Version } from './event.js';
import type { Timestamp } from './time.js';

/** An aggregate as it stood after its `version`-th event. */
export interface Revision<State> {
  readonly id: string;
  readonly state: State;
  readonly version: Version;
  /** The position of the event that made this revision, and of the aggregate's first. */
  readonly position: Position;
  readonly createdPosition: Position;
  readonly createdAt: Timestamp;
  readonly updatedAt: Timestamp;
}

type Evolving<State, E extends DomainEvent> = Pick<
  Decider<State, never, E>,
  'initialState' | 'evolve'
>;

/** The revision that one more event makes; `undefined` is the aggregate before its first event. */
export function advance<State, E extends DomainEvent>(
  decider: Evolving<State, E>,
  revision: Revision<State> | undefined,
  event: RecordedEvent<E>,
): Revision<State> {
  return {
    id: event.aggregateId,
    state: decider.evolve(revision?.state ?? decider.initialState, event),
    version: event.version,
    position: event.position,
    createdPosition: revision?.createdPosition ?? event.position,
    createdAt: revision?.createdAt ?? event.recordedAt,
    updatedAt: event.recordedAt,
  };
}

/** The aggregate that a stream's events lead to, going on from a revision of it. */
export function fold<State, E extends DomainEvent>(
  decider: Evolving<State, E>,
  events: readonly RecordedEvent<E>[],
  from?: Revision<State>,
): Revision<State> | undefined {
  return events.reduce<Revision<State> | undefined>(
    (revision, event) => advance(decider, revision, event),
    from,
  );
}
