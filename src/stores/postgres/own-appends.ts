import { positionOf, type Position, type RecordedEvent } from '../../core/event.js';
import type { LogRange, LogSlice } from '../../core/event-store.js';
import { LogWindow } from '../../core/log-window.js';

const EVENTS_KEPT = 1_000;

/**
 * The events that this server appended last, with nobody else's between them: who follows the log here
 * need not ask the database for them.
 */
export class OwnAppends {
  #window: LogWindow | null = null;

  /** Adds the events of one call. */
  add(events: readonly RecordedEvent[]): void {
    const [first, last] = [events[0], events.at(-1)];
    if (first === undefined || last === undefined) return;
    const before = positionOf(first.position - 1);
    if (this.#window?.through !== before) this.#window = new LogWindow(before, EVENTS_KEPT);
    this.#window.add(events, last.position);
  }

  /** What is here of a range, as far as is known of a log that ends at `end`. */
  read(range: LogRange, end: Position): LogSlice | undefined {
    const through = this.#window?.through ?? end;
    // A failover has lost some of them, and others may stand in their places.
    if (through > end) this.forget();
    if (range.after === through && through < end) return undefined;
    const slice = this.#window?.read(range);
    return slice && { ...slice, complete: slice.complete && through === end };
  }

  forget(): void {
    this.#window = null;
  }
}
