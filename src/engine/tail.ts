import { matches, type Position, type RecordedEvent } from '../core/event.js';
import type { LogRange, LogSlice } from '../core/event-store.js';
import { Listeners } from '../core/listeners.js';
import type { Feed } from './feed.js';

const EVENTS_KEPT = 1_000;
const SLICE_EVENTS = 500;

/**
 * The last events of the log, read from the store once for all who follow it. Who is further behind is
 * served by the store, and so is everybody until the first event has come; with nobody there, nothing
 * is read or kept.
 */
export class Tail implements Feed {
  readonly #listeners = new Listeners();
  /** The events after `#from`, without a gap, up to `#through`; null where it is not known yet. */
  #events: RecordedEvent[] = [];
  #from: Position | null = null;
  #through: Position | null = null;
  #unsubscribe: (() => void) | null = null;
  #isAdvancing = false;
  #isBehind = false;

  constructor(private readonly store: Feed) {}

  head(): ReturnType<Feed['head']> {
    return this.store.head();
  }

  onAppend(listener: () => void): () => void {
    const leave = this.#listeners.add(listener);
    this.#unsubscribe ??= this.store.onAppend(() => void this.#advance());
    return () => {
      leave();
      if (this.#listeners.count === 0) this.#forget();
    };
  }

  readLog(range: LogRange): Promise<LogSlice> {
    const { after, before, backwards = false } = range;
    const [from, through] = [this.#from, this.#through];
    const isHere =
      after !== undefined && from !== null && through !== null && after >= from && after <= through;
    if (!isHere || before !== undefined || backwards) return this.store.readLog(range);
    return Promise.resolve(take(this.#events, after - from, through, range));
  }

  /** Takes in what was appended, and wakes everybody; what is appended meanwhile, too. */
  async #advance(): Promise<void> {
    this.#isBehind = true;
    if (this.#isAdvancing) return;
    this.#isAdvancing = true;
    while (this.#isBehind && this.#unsubscribe !== null) {
      this.#isBehind = false;
      // Where the store cannot be read its readers are to learn of it, each by a read of its own.
      await this.#readOn().catch(() => this.#drop());
      this.#listeners.tell();
    }
    this.#isAdvancing = false;
  }

  async #readOn(): Promise<void> {
    if (this.#through === null) {
      const following = this.#unsubscribe;
      const { position } = await this.store.head();
      // Everybody may have left meanwhile, and others have come.
      if (this.#unsubscribe !== following) return;
      this.#from = position;
      this.#through = position;
      return;
    }
    for (;;) {
      const after: Position | null = this.#through;
      if (after === null) return;
      const slice = await this.store.readLog({ after, limit: SLICE_EVENTS });
      if (this.#through !== after) return;
      this.#events.push(...slice.events);
      this.#through = slice.reached;
      const [kept] = this.#events.splice(0, this.#events.length - EVENTS_KEPT).slice(-1);
      if (kept !== undefined) this.#from = kept.position;
      if (slice.complete) return;
    }
  }

  #forget(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#drop();
  }

  #drop(): void {
    this.#events = [];
    this.#from = null;
    this.#through = null;
  }
}

function take(
  events: readonly RecordedEvent[],
  start: number,
  through: Position,
  { where = {}, limit }: LogRange,
): LogSlice {
  const found: RecordedEvent[] = [];
  for (let index = start; index < events.length; index += 1) {
    const event = events[index];
    if (event !== undefined && matches(event, where)) found.push(event);
    if (found.length === limit) break;
  }
  const last = found.at(-1);
  const isCut = found.length === limit && last !== undefined && last.position < through;
  return { events: found, reached: isCut ? last.position : through, complete: !isCut };
}
