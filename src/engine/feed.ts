import type { EventFilter, Position } from '../core/event.js';
import { StoreUnavailable, type EventStore, type LogSlice } from '../core/event-store.js';
import { Pull } from './pull.js';

/** Where the log is followed. */
export type Feed = Pick<EventStore, 'readLog' | 'onAppend' | 'head'>;

const SLICE_EVENTS = 500;

/**
 * A reader's place in the log, pulled from it slice by slice and waiting at its end for more.
 *
 * It holds a position and no queue, so a slow reader costs nothing, and there is no gap between
 * history and live.
 */
export class Cursor extends Pull<LogSlice> {
  #closed = false;
  #appended = false;
  #wake: () => void = () => undefined;
  readonly #unsubscribe: () => void;

  constructor(
    private readonly store: Feed,
    private after: Position,
    private readonly where: EventFilter = {},
  ) {
    super();
    this.#unsubscribe = store.onAppend(() => this.#ring());
  }

  /** The next slice that moves the reader on; some carry no event, where none matched. */
  protected async pull(): Promise<IteratorResult<LogSlice, undefined>> {
    const { store, where } = this;
    while (!this.#closed) {
      this.#appended = false;
      try {
        const range = { after: this.after, where, limit: SLICE_EVENTS, isFollowing: true };
        const slice = await store.readLog(range);
        if (this.#closed) break;
        if (slice.reached > this.after) {
          this.after = slice.reached;
          return { done: false, value: slice };
        }
      } catch (error) {
        // While the store cannot be reached, who follows it waits for it.
        if (error instanceof StoreUnavailable) continue;
        throw error;
      }
      await this.#untilAppended();
    }
    return { done: true, value: undefined };
  }

  protected leave(): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    this.#ring();
    return Promise.resolve();
  }

  #ring(): void {
    this.#appended = true;
    this.#wake();
  }

  #untilAppended(): Promise<void> {
    if (this.#appended || this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
