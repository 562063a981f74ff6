import type { Position, RecordedEvent } from './event.js';

/**
 * A log as a whole, to be moved: taken out event by event, or brought in as it is. It is apart from
 * EventStore because nothing of a log needs to be held in memory for it, nor a server to be started.
 */
export interface WholeLog {
  /** Where the log ended when it was opened. */
  readonly head: Position;
  /** Its events up to the head, in their present form, oldest first, some at a time. */
  read(): AsyncIterable<readonly RecordedEvent[]>;
  /**
   * Puts events behind the head as they are, with their ids, places and times: all of them, or none when
   * the events or the store fail. The caller sees to it that they follow the head and each other. Rejects
   * with LogHasGrown when it has since it was opened, and with StoreRefused for other reasons. Once only.
   */
  add(events: AsyncIterable<readonly RecordedEvent[]>): Promise<void>;
  /** Lets go of everything. Closing twice does nothing. */
  close(): Promise<void>;
}

/** Whether an event says nothing that one of the same commit, the one right before it, would not. */
export function isOfSameCommit(before: RecordedEvent, event: RecordedEvent): boolean {
  return (
    event.aggregateType === before.aggregateType &&
    event.aggregateId === before.aggregateId &&
    event.recordedAt === before.recordedAt &&
    event.actor === before.actor &&
    event.correlationId === before.correlationId &&
    event.causationId === before.causationId &&
    event.commandId === before.commandId &&
    event.commandDigest === before.commandDigest &&
    event.traceparent === before.traceparent
  );
}
