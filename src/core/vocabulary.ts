import type { Aggregate } from './decider.js';
import type { DomainEvent, RecordedEvent } from './event.js';
import { isKnown, known, upcast } from './schemas.js';

/** What the events of all domains mean, as far as a store and the edge need to know it. */
export interface Vocabulary {
  /** The event in its present form; a store applies it to whatever it reads back. */
  upcast(event: RecordedEvent): RecordedEvent;
  /** Whether this build has a meaning for the event. */
  recognises(event: RecordedEvent): boolean;
  /** The keys that an aggregate holds after all of its events, as far as they are recognised. */
  claimsOf(stream: readonly RecordedEvent[]): readonly string[];
}

type AnyAggregate = Aggregate<unknown, { readonly id: string }, DomainEvent>;

export function vocabularyOf(aggregates: readonly AnyAggregate[]): Vocabulary {
  const byType = new Map(aggregates.map((aggregate) => [aggregate.type, aggregate]));
  const recognises = (event: RecordedEvent) =>
    isKnown(byType.get(event.aggregateType)?.events ?? {}, event);
  return {
    upcast: (event) => upcast(byType.get(event.aggregateType)?.events ?? {}, event),
    recognises,
    claimsOf(stream) {
      const aggregate = byType.get(stream[0]?.aggregateType ?? '');
      if (aggregate?.claims === undefined) return [];
      return aggregate.claims.heldIn(lastState(aggregate, stream));
    },
  };
}

/** As far as a stream can be folded; why it cannot be further is for its projection to say. */
function lastState({ decider, events }: AnyAggregate, stream: readonly RecordedEvent[]): unknown {
  let state = decider.initialState;
  try {
    for (const event of stream) state = decider.evolve(state, known(events, event));
  } catch {
    return state;
  }
  return state;
}

/** For a log whose events mean nothing in particular. */
export const NO_VOCABULARY = vocabularyOf([]);
