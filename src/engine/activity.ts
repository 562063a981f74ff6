import type { Position } from '../core/event.js';
import type { EventStore } from '../core/event-store.js';
import { timestampOf, type Timestamp } from '../core/time.js';

/** How many events were recorded after the beginning of a span of time, up to its end. */
export interface Activity {
  readonly from: Timestamp;
  readonly to: Timestamp;
  readonly events: number;
  /** The last of the log at its end. */
  readonly position: Position;
}

export interface ActivityAsked {
  /** The first event when left out. */
  readonly from?: Timestamp | undefined;
  /** The last event when left out. */
  readonly to?: Timestamp | undefined;
  /** Into how many spans the time between is cut; at least one. */
  readonly buckets: number;
}

/**
 * Counts the events in equal spans of time. What was recorded at the very beginning is in the first
 * span, so that each event is in one. Empty for an empty log, and where no time lies between.
 */
export async function activityOf(
  store: Pick<EventStore, 'head' | 'headAt' | 'readLog'>,
  { from, to, buckets }: ActivityAsked,
): Promise<readonly Activity[]> {
  const [first] = (await store.readLog({ limit: 1 })).events;
  const { recordedAt: last } = await store.head();
  if (first === undefined || last === null) return [];
  const [begin, ...ends] = boundsOf(from ?? first.recordedAt, to ?? last, buckets);
  if (begin === undefined) return [];
  let since = begin;
  let { position: before } = await store.headAt(momentBefore(begin));
  const spans: Activity[] = [];
  // One after the other: hundreds at once would take every connection that commands need.
  for (const end of ends) {
    const { position } = await store.headAt(end);
    spans.push({ from: since, to: end, events: position - before, position });
    [since, before] = [end, position];
  }
  return spans;
}

/** Where the spans begin and end, to the millisecond. */
function boundsOf(from: Timestamp, to: Timestamp, spans: number): readonly Timestamp[] {
  if (from > to) return [];
  const begin = Date.parse(from);
  const length = Date.parse(to) - begin;
  return Array.from({ length: spans + 1 }, (_, index) =>
    timestampOf(begin + Math.floor((length * index) / spans)),
  );
}

const momentBefore = (time: Timestamp): Timestamp => timestampOf(Date.parse(time) - 1);
