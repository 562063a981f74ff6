import type { EventFilter, Position, RecordedEvent } from '../core/event.js';
import type { EventStore } from '../core/event-store.js';
import { Cursor } from './feed.js';
import { Pull } from './pull.js';

/** One message to a listener. The first carries no event: it says where listening begins. */
export interface Frame {
  readonly event: RecordedEvent | null;
  readonly position: Position;
  /** Everything that was in the log when listening began has been sent. */
  readonly caughtUp: boolean;
}

/** What is appended from now on, event by event, after a first frame that comes at once. */
export async function listen(store: EventStore, where: EventFilter): Promise<Frames> {
  const { position } = await store.head();
  return new Frames(new Cursor(store, position, where), position);
}

class Frames extends Pull<Frame> {
  #ready: Frame[];

  constructor(
    private readonly cursor: Cursor,
    start: Position,
  ) {
    super();
    this.#ready = [{ event: null, position: start, caughtUp: true }];
  }

  protected async pull(): Promise<IteratorResult<Frame, undefined>> {
    for (;;) {
      const frame = this.#ready.shift();
      if (frame !== undefined) return { done: false, value: frame };
      const slice = await this.cursor.next();
      if (slice.done) return { done: true, value: undefined };
      this.#ready = slice.value.events.map((event) => ({
        event,
        position: event.position,
        caughtUp: true,
      }));
    }
  }

  async return(): Promise<IteratorResult<Frame, undefined>> {
    this.#ready = [];
    await this.cursor.return();
    return { done: true, value: undefined };
  }
}
