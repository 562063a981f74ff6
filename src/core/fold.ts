import type { Aggregate } from './decider.js';
import type { DomainEvent, RecordedEvent, StreamId, Version } from './event.js';
import { changesBetween, type Fields } from './changes.js';
import { advance, type Revision } from './revision.js';
import type { EventSchemas } from './schemas.js';

/** Something that follows from the events of one aggregate, step by step. */
export interface Fold<Result, E extends DomainEvent> {
  /** Tells folds over the same aggregates apart. */
  readonly name: string;
  /** Raised whenever the fold changes its meaning. */
  readonly version: number;
  readonly type: StreamId['type'];
  readonly events: EventSchemas<E['type']>;
  /** `undefined` is what there is before the first event. */
  step(before: Result | undefined, event: RecordedEvent<E>): Result;
}

/** An aggregate as far as its past can be told. */
export type Replayed<State, E extends DomainEvent> = Pick<
  Aggregate<State, never, E, never>,
  'type' | 'version' | 'events' | 'decider' | 'fields'
>;

/** The aggregate itself. */
export const revisionOf = <State, E extends DomainEvent>(
  aggregate: Replayed<State, E>,
): Fold<Revision<State>, E> => ({
  name: 'revision',
  version: aggregate.version,
  type: aggregate.type,
  events: aggregate.events,
  step: (before, event) => advance(aggregate.decider, before, event),
});

/** For each field, the version of the event that gave it its value. */
export interface Blame<State> {
  readonly state: State;
  readonly fields: Fields;
  readonly setBy: Readonly<Record<string, Version>>;
}

export const blameOf = <State, E extends DomainEvent>({
  type,
  version,
  events,
  decider,
  fields,
}: Replayed<State, E>): Fold<Blame<State>, E> => ({
  name: 'blame',
  version,
  type,
  events,
  step(before, event) {
    const state = decider.evolve(before?.state ?? decider.initialState, event);
    const shown = fields(state);
    // A new aggregate's fields are all its first event's, those without a value, too.
    const set = before === undefined ? Object.keys(shown) : changed(before.fields, shown);
    const setNow = Object.fromEntries(set.map((field) => [field, event.version]));
    return { state, fields: shown, setBy: { ...before?.setBy, ...setNow } };
  },
});

const changed = (before: Fields, after: Fields): readonly string[] =>
  changesBetween(before, after).map(({ field }) => field);
