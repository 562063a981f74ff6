import type { EventStore } from '../../../src/core/event-store.js';
import type { Clock } from '../../../src/core/time.js';
import type { Vocabulary } from '../../../src/core/vocabulary.js';
import type { WholeLog } from '../../../src/core/whole-log.js';

/**
 * What not every store has: a log that outlives the process that wrote it, a clock that can be
 * replaced, a log that one process holds alone, reads that are answered after it was closed.
 */
export type Ability = 'durable' | 'clock' | 'exclusive' | 'readsAfterClose';

/** What a case may give a store; the clock only to one that has the ability. */
export interface StoreOptions {
  readonly clock?: Clock;
  readonly vocabulary?: Vocabulary;
}

/** How one store is opened, in one place that no other case uses. */
export interface StoreHarness {
  /** A durable store opens the same log every time. */
  readonly open: (options?: StoreOptions) => Promise<EventStore>;
  /** The whole log of a store that was opened here, and goes on. */
  readonly wholeOf: (store: EventStore) => Promise<WholeLog>;
}

/** One thing that every store promises. The id stays with it for good, and is never used again. */
export interface StoreCase {
  readonly id: `S${number}`;
  readonly says: string;
  /** The case is about stores that have all of these. */
  readonly needs?: readonly Ability[];
  readonly run: (harness: StoreHarness) => Promise<void>;
}
