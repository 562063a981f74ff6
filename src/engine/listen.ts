import type { EventFilter, Position, RecordedEvent } from '../core/event.js';
import type { LogSlice } from '../core/event-store.js';
import { BeyondTheEnd } from '../core/moment.js';
import type { Clock } from '../core/time.js';
import { Cursor, type Feed } from './feed.js';
import { Pull } from './pull.js';

/** How seldom a listener is told how far it is when nothing matches, in milliseconds. */
const PROGRESS_EVERY = 5_000;

/** One message to a listener. The first carries no event: it says where listening begins. */
export interface Frame {
  readonly event: RecordedEvent | null;
  /** Everything up to here has been sent that the listener asked for: it may resume from here. */
  readonly position: Position;
  /** Everything that was in the log when listening began has been sent. */
  readonly caughtUp: boolean;
}

export const isFrame = (item: unknown): item is Frame =>
  typeof item === 'object' && item !== null && 'caughtUp' in item;

export interface Listening {
  readonly where: EventFilter;
  /** Only what comes after this position; what is appended from now on when left out. */
  readonly after?: Position | undefined;
  readonly clock?: Clock;
}

/**
 * Everything after a position and then what is appended, event by event, each once and in order, after
 * a first frame that comes at once. Rejects with BeyondTheEnd for a position that the log has not.
 */
export async function listen(
  store: Feed,
  { where, after, clock = Date.now }: Listening,
): Promise<Frames> {
  const { position: head } = await store.head();
  if (after !== undefined && after > head) throw new BeyondTheEnd('position', after, head);
  const start = after ?? head;
  return new Frames(new Cursor(store, start, where), start, head, clock);
}

class Frames extends Pull<Frame> {
  /** What is left of the last slice: no more than a slice, whatever is appended. */
  #ready: Frame[];
  #told: Pick<Frame, 'position' | 'caughtUp'>;
  #toldAt: number;

  constructor(
    private readonly cursor: Cursor,
    start: Position,
    /** Where the log ended when listening began. */
    private readonly goal: Position,
    private readonly clock: Clock,
  ) {
    super();
    const first = this.#frame(null, start);
    this.#ready = [first];
    this.#told = first;
    this.#toldAt = clock();
  }

  protected async pull(): Promise<IteratorResult<Frame, undefined>> {
    for (;;) {
      const frame = this.#ready.shift();
      if (frame !== undefined) return { done: false, value: frame };
      const slice = await this.cursor.next();
      if (slice.done) return { done: true, value: undefined };
      this.#ready = this.#framesOf(slice.value);
    }
  }

  protected async leave(): Promise<void> {
    await this.cursor.return();
  }

  #framesOf({ events, reached }: LogSlice): Frame[] {
    const frames = events.map((event) => this.#frame(event, event.position));
    const last = frames.at(-1) ?? this.#told;
    const isNews = reached >= this.goal && !last.caughtUp;
    const isTime = events.length === 0 && this.clock() - this.#toldAt >= PROGRESS_EVERY;
    if (isNews || isTime) frames.push(this.#frame(null, reached));
    const told = frames.at(-1);
    if (told !== undefined) {
      this.#told = told;
      this.#toldAt = this.clock();
    }
    return frames;
  }

  #frame(event: RecordedEvent | null, position: Position): Frame {
    return { event, position, caughtUp: position >= this.goal };
  }
}
