import type { RecordedEvent } from '../core/event.js';
import { isOfSameCommit } from '../core/whole-log.js';
import type { RecordedCommit } from './record.js';

/** A history from elsewhere may have one time and one request for all of it. */
const EVENTS_AT_MOST = 1_000;

/**
 * Puts events together again to commits: those that follow each other, with nothing to tell them apart
 * but what they say. The events of a command are never torn apart.
 */
export async function* commitsOf(
  events: AsyncIterable<readonly RecordedEvent[]>,
): AsyncGenerator<RecordedCommit> {
  let commit: RecordedEvent[] = [];
  for await (const batch of events) {
    for (const event of batch) {
      const before = commit.at(-1);
      if (before !== undefined && !goesOn(before, event, commit.length)) {
        yield commit;
        commit = [];
      }
      commit.push(event);
    }
  }
  if (commit.length > 0) yield commit;
}

const goesOn = (before: RecordedEvent, event: RecordedEvent, length: number): boolean =>
  isOfSameCommit(before, event) && (length < EVENTS_AT_MOST || event.commandId !== null);
