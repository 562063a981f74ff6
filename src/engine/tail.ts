import type { LogRange, LogSlice } from '../core/event-store.js';
import { Listeners } from '../core/listeners.js';
import { LogWindow } from '../core/log-window.js';
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
  /** Null where it is not known yet. */
  #window: LogWindow | null = null;
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
    const here = this.#window?.read(range);
    return here === undefined ? this.store.readLog(range) : Promise.resolve(here);
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
    const window = this.#window;
    if (window === null) {
      const following = this.#unsubscribe;
      const { position } = await this.store.head();
      // Everybody may have left meanwhile, and others have come.
      if (this.#unsubscribe === following) this.#window = new LogWindow(position, EVENTS_KEPT);
      return;
    }
    for (;;) {
      const after = window.through;
      const slice = await this.store.readLog({ after, limit: SLICE_EVENTS, isFollowing: true });
      if (this.#window !== window) return;
      window.add(slice.events, slice.reached);
      if (slice.complete) return;
    }
  }

  #forget(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#drop();
  }

  #drop(): void {
    this.#window = null;
  }
}
