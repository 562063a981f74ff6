import type { Aggregate } from './decider.js';
import type { DomainEvent, RecordedEvent } from './event.js';
import { formsOf, isKnown, upcast } from './schemas.js';

/** What the events of all domains mean, as far as a store and the edge need to know it. */
export interface Vocabulary {
  /** The types of aggregates that this build knows. */
  readonly aggregateTypes: ReadonlySet<string>;
  /** The event in its present form; a store applies it to whatever it reads back. */
  upcast(event: RecordedEvent): RecordedEvent;
  /** Whether this build has a meaning for the event. */
  recognises(event: RecordedEvent): boolean;
  /** How many forms the data of such events has had; 0 for a type without a meaning. */
  formsOf(event: Pick<RecordedEvent, 'aggregateType' | 'type'>): number;
  /** By which version of its rules each type of aggregates claims keys; none that claims nothing. */
  readonly claimRules: ReadonlyMap<string, number>;
  /** The keys that an aggregate holds after all of its events, as far as they are recognised. */
  claimsOf(stream: readonly RecordedEvent[]): readonly string[];
  /**
   * The state of an aggregate after one recognised event more; `undefined` is what it was before the
   * first. Throws where the events make no history.
   */
  evolve(state: unknown, event: RecordedEvent): unknown;
  /** The keys that an aggregate holds in a state. Throws like `evolve`. */
  heldIn(type: string, state: unknown): readonly string[];
}

type AnyAggregate = Aggregate<unknown, { readonly id: string }, DomainEvent>;

export function vocabularyOf(aggregates: readonly AnyAggregate[]): Vocabulary {
  const byType = new Map(aggregates.map((aggregate) => [aggregate.type, aggregate]));
  const schemasOf = ({ aggregateType }: Pick<RecordedEvent, 'aggregateType'>) =>
    byType.get(aggregateType)?.events ?? {};
  return {
    aggregateTypes: new Set(byType.keys()),
    claimRules: new Map(
      aggregates.flatMap(({ type, claims }) => (claims ? [[type, claims.version]] : [])),
    ),
    upcast: (event) => upcast(schemasOf(event), event),
    recognises: (event) => isKnown(schemasOf(event), event),
    formsOf: (event) => formsOf(schemasOf(event), event.type),
    claimsOf(stream) {
      const aggregate = byType.get(stream[0]?.aggregateType ?? '');
      if (aggregate?.claims === undefined) return [];
      const { claims, decider, events } = aggregate;
      const unknown = stream.findIndex((event) => !isKnown(events, event));
      const meant = unknown === -1 ? stream : stream.slice(0, unknown);
      try {
        return claims.heldIn(
          meant.reduce((state, event) => decider.evolve(state, event), decider.initialState),
        );
      } catch {
        // A history that cannot be folded is for its projection to report.
        return [];
      }
    },
    evolve(state, event) {
      const decider = byType.get(event.aggregateType)?.decider;
      return decider?.evolve(state ?? decider.initialState, event);
    },
    heldIn: (type, state) => byType.get(type)?.claims?.heldIn(state) ?? [],
  };
}

/** For a log whose events mean nothing in particular. */
export const NO_VOCABULARY = vocabularyOf([]);
