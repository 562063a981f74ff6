import type { ClaimChanges } from './claims.js';
import type { DomainEvent, EventFilter, Metadata, Position } from './event.js';
import type { RecordedEvent, StreamId, Version } from './event.js';
import type { Timestamp } from './time.js';

/** The events of one command on one stream: all of them are appended, or none. */
export interface Commit extends ClaimChanges {
  readonly stream: StreamId;
  /** The version that the stream must have, or the commit conflicts. */
  readonly expectedVersion: Version;
  /** At least one. */
  readonly events: readonly NewEvent[];
  readonly metadata: Metadata;
}

export type NewEvent = DomainEvent & { readonly id: string; readonly schemaVersion: number };

/** What became of a commit, looked at in this order: its command's id, its version, its claims. */
export type Appended =
  | {
      /** `repeated`: the log holds a command of this id already, and these are its events. */
      readonly outcome: 'appended' | 'repeated';
      readonly events: readonly RecordedEvent[];
      /** The position of the last of them. */
      readonly position: Position;
    }
  | { readonly outcome: 'conflict'; readonly actualVersion: Version }
  | { readonly outcome: 'taken'; readonly key: string };

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
  /** For one who is woken by appends: what is not known here yet may be left out until then. */
  readonly isFollowing?: boolean;
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
   * Appends a commit if its command is new, its stream has the expected version and nobody else holds
   * what it claims. What it answers is durable: an appended commit, and what stood in the way of
   * another. Rejects with {@link StoreStopped} once the store cannot promise that any more, with
   * {@link StoreUnavailable} while it cannot be reached or has no space, and with
   * {@link OutcomeUnknown} when it was lost meanwhile.
   */
  append(commit: Commit): Promise<Appended>;
  /** What `append` would answer now, with places and times that nobody has yet. Changes nothing. */
  forecast(commit: Commit): Promise<Appended>;
  /** A stream's events, oldest first; empty for a stream that does not exist. */
  readStream(stream: StreamId, range?: StreamRange): Promise<readonly RecordedEvent[]>;
  /** How many events a stream holds; with a position, how many it held then. */
  versionAt(stream: StreamId, position?: Position): Promise<Version>;
  /** The events of the command that had this id; none when there was no such command. */
  readCommand(commandId: string): Promise<readonly RecordedEvent[]>;
  readLog(range: LogRange): Promise<LogSlice>;
  head(): Promise<Head>;
  /**
   * The last position recorded at or before a time. For a time that has come, the answer is final: no
   * later commit is recorded at or before it.
   */
  headAt(time: Timestamp): Promise<Head>;
  /**
   * Calls back after each append becomes readable: a wake-up, the truth is in the log. A listener must
   * not throw.
   */
  onAppend(listener: () => void): () => void;
  /** Why commands are refused at present, or null while they are accepted. */
  fault(): StoreStopped | StoreUnavailable | null;
  /** Waits for what is under way, then lets go of everything. Closing twice does nothing. */
  close(): Promise<void>;
}

/** The store accepts no more commands; reads go on. `cause` says why. */
export class StoreStopped extends Error {
  override readonly name = 'StoreStopped';
}

/** The store cannot be reached or has no space at present; what was asked of it was not done. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The store was lost in the middle of an append: only the log knows whether it took place. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** The store cannot be opened as it is; the message tells an operator why, in one line. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
}

/** Events cannot go behind what was the end of the log. */
export class LogHasGrown extends StoreRefused {
  constructor(position: Position) {
    super(`The log has grown meanwhile, to position ${position}.`);
  }
}
