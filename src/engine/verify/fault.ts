import type { Position, RecordedEvent } from '../../core/event.js';

/** The promises that can be found broken, in the order in which they are looked at. */
export const FAULT_KINDS = [
  'damage',
  'position',
  'time',
  'version',
  'event id',
  'command id',
  'unknown event',
  'unreadable event',
  'claim',
  'projection',
  'index of claims',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A broken promise: where it was found, and what is wrong there, as a sentence. */
export interface Fault {
  readonly kind: FaultKind;
  readonly place: Place;
  readonly says: string;
}

export type Place =
  | { readonly of: 'log'; readonly position: Position; readonly offset: number | null }
  /** Where no event can be read. */
  | { readonly of: 'file'; readonly offset: number }
  | { readonly of: 'table'; readonly name: string };

export type TellFault = (fault: Fault) => void;

export const logPlace = ({ position }: RecordedEvent, offset: number | null): Place => ({
  of: 'log',
  position,
  offset,
});

/** What a stream is called; types hold no slash. */
export const streamOf = ({
  aggregateType,
  aggregateId,
}: Pick<RecordedEvent, 'aggregateType' | 'aggregateId'>): string =>
  `${aggregateType}/${aggregateId}`;

/** Why something failed, in one line: it is printed among others. */
export const reasonOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s+/g, ' ');
