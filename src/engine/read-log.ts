import {
  positionOf,
  START,
  type EventFilter,
  type Position,
  type RecordedEvent,
} from '../core/event.js';
import type { EventStore } from '../core/event-store.js';
import { turn } from '../core/turn.js';

/** A part of the log strictly between two positions. */
export interface Stretch {
  readonly after?: Position | undefined;
  readonly before?: Position | undefined;
  /** The log as it was up to this position; all of it when left out. */
  readonly through?: Position | undefined;
  /** From the end, newest first. */
  readonly backwards: boolean;
  readonly limit: number;
}

/** Goes on from slice to slice until there are as many events as asked for, or no more. */
export async function readLog(
  store: EventStore,
  where: EventFilter,
  stretch: Stretch,
): Promise<readonly RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  let { after = START } = stretch;
  let before = endOf(stretch);
  while (found.length < stretch.limit) {
    const slice = await store.readLog({
      after,
      ...(before === undefined ? {} : { before }),
      backwards: stretch.backwards,
      where,
      limit: stretch.limit - found.length,
    });
    found.push(...slice.events);
    if (slice.complete) break;
    await turn();
    if (stretch.backwards) before = slice.reached;
    else after = slice.reached;
  }
  return found;
}

function endOf({ before, through }: Stretch): Position | undefined {
  if (through === undefined || (before !== undefined && before <= through)) return before;
  return positionOf(through + 1);
}
