import type { JsonObject } from './json.js';
import type { Timestamp } from './time.js';

declare const position: unique symbol;

/** An event's place in the whole log: 1 for the first, with no gap. 0 is before the first. */
export type Position = number & { readonly [position]: true };

/** How many events a stream holds; an event's version is its place in its stream, from 1. */
export type Version = number;

/** `count` as a position. Throws a RangeError for what no log could hold. */
export function positionOf(count: number): Position {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`not a position: ${count}`);
  return count as Position;
}

export const START = positionOf(0);

/** What a caller may name things: it goes to the log, and from there to terminals. */
export const CALLERS_ID = /^[\x21-\x7e]{1,200}$/;
export const CALLERS_ID_IS = '1 to 200 visible ASCII characters';

/** Names a stream: the events of one aggregate. */
export interface StreamId {
  readonly type: string;
  readonly id: string;
}

/** A fact in a domain's own words. A domain narrows `type` and `data` to a discriminated union. */
export interface DomainEvent {
  readonly type: string;
  readonly data: JsonObject;
}

/** Who and what led to a command. */
export interface Origin {
  readonly actor: string | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** The trace that the request was a part of, as W3C Trace Context writes it. */
  readonly traceparent: string | null;
}

/** What is known of an event beside what it says; the same for all events of a commit. */
export interface Metadata extends Origin {
  /** The caller's own name for the command: the log holds the events of one command under it. */
  readonly commandId: string | null;
  /** A digest of what the command said, to tell it from another under the same id. */
  readonly commandDigest: string | null;
}

/** Where and when an event was recorded. */
export interface Envelope extends Metadata {
  readonly id: string;
  readonly position: Position;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly version: Version;
  readonly recordedAt: Timestamp;
  /** Which form the event's data has, from 1. */
  readonly schemaVersion: number;
}

/** An event as the log holds it: durable, immutable, with its place and time. */
export type RecordedEvent<E extends DomainEvent = DomainEvent> = Envelope & E;

/** Which events a reader of the log wants; what is left out does not restrict. */
export interface EventFilter {
  readonly aggregateType?: string | undefined;
  readonly aggregateId?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly correlationId?: string | undefined;
  /** Only events with this place in their streams. */
  readonly version?: Version | undefined;
}

export function matches(event: RecordedEvent, filter: EventFilter): boolean {
  return (
    (filter.aggregateType === undefined || event.aggregateType === filter.aggregateType) &&
    (filter.aggregateId === undefined || event.aggregateId === filter.aggregateId) &&
    (filter.types === undefined || filter.types.includes(event.type)) &&
    (filter.correlationId === undefined || event.correlationId === filter.correlationId) &&
    (filter.version === undefined || event.version === filter.version)
  );
}
