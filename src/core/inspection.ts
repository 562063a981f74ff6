import type { Position, RecordedEvent } from './event.js';
import type { AnyProjection } from './projection.js';

/**
 * A log as it lies in its store, to be verified: nothing is brought to its present form, nothing is
 * refused, and nothing is changed. All of it is of one moment, though servers may write meanwhile.
 */
export interface Inspection {
  /** Where the log ends, in the measure of `reached`. */
  readonly size: number;
  /** Oldest first. */
  pieces(): AsyncIterable<Piece>;
  /** What is kept beside the log; null where all of that is folded anew at every start. */
  readonly kept: Kept | null;
}

/** How much of the log it and those before it are. */
interface Reaching {
  readonly reached: number;
}

/** A piece of a log, as far as a store can tell without looking at other pieces. */
export type Piece = Reaching &
  (
    | WrittenCommit
    /** What is there is not what was written. */
    | { readonly kind: 'damage'; readonly offset: number }
    /** A last write that is not whole, and so was never acknowledged. */
    | { readonly kind: 'unfinished'; readonly offset: number }
  );

/** The events of a commit, at least one; `offset` is where in a file, for a store that is one. */
export interface WrittenCommit {
  readonly kind: 'commit';
  readonly events: readonly RecordedEvent[];
  readonly offset: number | null;
}

/** What must follow from the log. */
export interface Kept {
  /** The events of all aggregates of a type up to a position: one aggregate after the other. */
  histories(type: string, through: Position): AsyncIterable<readonly RecordedEvent[]>;
  /** The rows of this version of a projection; `lost` where there were some, and no more. */
  table(projection: AnyProjection): Promise<KeptTable | 'never made' | 'lost'>;
  /** By which version of its rules the claims of each type of aggregates were folded. */
  claimRules(): Promise<ReadonlyMap<string, number>>;
  /** The index of claims, ordered by key. */
  claims(): AsyncIterable<readonly KeptClaim[]>;
}

export interface KeptClaim {
  readonly key: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
}

/** The rows of a projection as they are kept. */
export interface KeptTable {
  /** How far in the log they are. */
  readonly position: Position;
  /** How many they are, by what is counted beside them; the rows themselves may say otherwise. */
  readonly counted: number;
  /** How the rows of these ids differ from those that follow from the log. */
  differing(rows: readonly FoldedRow[]): Promise<readonly RowDifference[]>;
  /** The ids of rows without any event up to the position. */
  strangers(): AsyncIterable<readonly string[]>;
}

export interface FoldedRow {
  readonly id: string;
  readonly row: unknown;
}

export type RowDifference = { readonly id: string } & (
  | { readonly is: 'missing' }
  | { readonly is: 'another' }
  /** The row is right, but not what it is found or listed by. */
  | { readonly is: 'misplaced'; readonly columns: readonly string[] }
);
