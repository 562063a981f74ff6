import type { EventFilter, Position, RecordedEvent } from '../core/event.js';
import type { LogSlice } from '../core/event-store.js';
import { BeyondTheEnd } from '../core/moment.js';
import { isOthersTurn, othersTurn } from '../core/turn.js';
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
}

/**
 * Everything after a position and then what is appended, event by event, each once and in order, after
 * a first frame that comes at once. Rejects with BeyondTheEnd for a position that the log has not.
 */
export async function listen(store: Feed, { where, after }: Listening): Promise<Frames> {
  const { position: head } = await store.head();
  if (after !== undefined && after > head) throw new BeyondTheEnd('position', after, head);
  const start = after ?? head;
  return new Frames(new Cursor(store, start, where), start, head);
}

class Frames extends Pull<Frame> {
  /** What is left of the last slice: no more than a slice, whatever is appended. */
  #ready: Frame[];
  #slice: Promise<IteratorResult<LogSlice, undefined>> | undefined;
  #told: Pick<Frame, 'position' | 'caughtUp'>;
  #toldAt = Date.now();
  /** There is more in the log than the last slice: nothing will have to be waited for. */
  #isBehind = false;
  #reached: Position;

  constructor(
    private readonly cursor: Cursor,
    start: Position,
    /** Where the log ended when listening began. */
    private readonly goal: Position,
  ) {
    super();
    const first = this.#frame(null, start);
    this.#ready = [first];
    this.#told = first;
    this.#reached = start;
  }

  protected async pull(): Promise<IteratorResult<Frame, undefined>> {
    for (;;) {
      if ((this.#isBehind || this.#ready.length > 1) && isOthersTurn()) await othersTurn();
      const frame = this.#ready.shift();
      if (frame !== undefined) return { done: false, value: this.#tell(frame) };
      this.#slice ??= this.cursor.next();
      const slice = await this.#unlessLate(this.#slice);
      if (slice === LATE) {
        this.#ready = [this.#frame(null, this.#reached)];
        continue;
      }
      this.#slice = undefined;
      if (slice.done) return { done: true, value: undefined };
      this.#ready = this.#framesOf(slice.value);
    }
  }

  protected async leave(): Promise<void> {
    await this.cursor.return();
  }

  /** What comes next, or that it is time to say how far the listener is. */
  #unlessLate<T>(slice: Promise<T>): Promise<T | typeof LATE> {
    const isFurther = this.#reached > this.#told.position;
    return isFurther ? orLate(slice, this.#toldAt + PROGRESS_EVERY) : slice;
  }

  #framesOf({ events, reached, complete }: LogSlice): Frame[] {
    this.#reached = reached;
    this.#isBehind = !complete;
    const frames = events.map((event) => this.#frame(event, event.position));
    const { caughtUp } = frames.at(-1) ?? this.#told;
    if (reached >= this.goal && !caughtUp) frames.push(this.#frame(null, reached));
    return frames;
  }

  #tell(frame: Frame): Frame {
    this.#told = frame;
    this.#toldAt = Date.now();
    return frame;
  }

  #frame(event: RecordedEvent | null, position: Position): Frame {
    return { event, position, caughtUp: position >= this.goal };
  }
}

const LATE = Symbol('late');

/** Settles as the promise does, or late at that time; the timer ends with it. */
async function orLate<T>(promise: Promise<T>, at: number): Promise<T | typeof LATE> {
  // If it fails while a frame is on its way, the next pull will hear of it.
  promise.catch(() => undefined);
  const left = at - Date.now();
  if (left <= 0) return LATE;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, left, LATE);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
