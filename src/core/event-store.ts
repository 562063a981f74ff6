import type { DomainEvent, EventFilter, Metadata, Position } from './event.js';
import type { RecordedEvent, StreamId, Version } from './event.js';
import type { Timestamp } from './time.js';

/** The events of one command on one stream: all of them are appended, or none. */
export interface Commit {
  readonly stream: StreamId;
  /** The version that the stream must have, or the commit conflicts. */
  readonly expectedVersion: Version;
  /** At least one. */
  readonly events: readonly (DomainEvent & { readonly id: string })[];
  readonly metadata: Metadata;
}

export type Appended =
  | {
      readonly outcome: 'appended';
      readonly events: readonly RecordedEvent[];
      /** The position of the last of them. */
      readonly position: Position;
    }
  | { readonly outcome: 'conflict'; readonly actualVersion: Version };

/** Where the log ends; `recordedAt` is null for an empty one. */
export interface Head {
  readonly position: Position;
  readonly recordedAt: Timestamp | null;
}

export interface StreamRange {
  /** Only events later than this version; 0 when left out. */
  readonly after?: Version;
  /** Only events up to this version, inclusive. */
  readonly throughVersion?: Version;
  /** Only events up to this position, inclusive. */
  readonly throughPosition?: Position;
}

export interface LogRange {
  /** Only events after this position. */
  readonly after?: Position;
  /** Only events before this position. */
  readonly before?: Position;
  /** Newest first. */
  readonly backwards?: boolean;
  readonly where?: EventFilter;
  /** How many matching events at most. */
  readonly limit: number;
}

/**
 * A piece of the log. A store looks at a bounded number of events for each read, so a slice may be
 * short, even empty, before its range ends: `reached` tells where to go on.
 */
export interface LogSlice {
  readonly events: readonly RecordedEvent[];
  /** The next `after` (forwards) or `before` (backwards). */
  readonly reached: Position;
  /** Nothing of the range is left beyond `reached`. */
  readonly complete: boolean;
}

/** The log: the only truth. Every store passes test/stores/conformance. */
export interface EventStore {
  /**
   * Appends a commit if the stream has the expected version. What it answers is durable: an appended
   * commit, and the events that a conflict is about. Rejects with {@link StoreStopped} once the store
   * cannot promise that any more.
   */
  append(commit: Commit): Promise<Appended>;
  /** A stream's events, oldest first; empty for a stream that does not exist. */
  readStream(stream: StreamId, range?: StreamRange): Promise<readonly RecordedEvent[]>;
  readLog(range: LogRange): Promise<LogSlice>;
  head(): Promise<Head>;
  /** The last position recorded at or before a time. */
  headAt(time: Timestamp): Promise<Head>;
  /**
   * Calls back after each append becomes readable: a wake-up, the truth is in the log. A listener must
   * not throw.
   */
  onAppend(listener: () => void): () => void;
  /** Why commands are refused at present, or null while they are accepted. */
  fault(): StoreStopped | null;
  /** Waits for what is under way, then lets go of everything. Closing twice does nothing. */
  close(): Promise<void>;
}

/** The store accepts no more commands; reads go on. `cause` says why. */
export class StoreStopped extends Error {
  override readonly name = 'StoreStopped';
}

/** The store cannot be opened as it is; the message tells an operator why, in one line. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
}
