import type { Fact } from './facts.js';

/** What a server of the run without skips is started with. */
export interface SoakPlan {
  readonly url: string;
  readonly server: number;
  readonly writers: number;
  readonly events: number;
  readonly seed: number;
}

/** What its writers did. */
export interface Tally {
  appended: number;
  conflicts: number;
  rolledBack: number;
  committedLate: number;
  unknown: number;
}

/** From the server: its writers have come to their end. */
export interface Written {
  readonly kind: 'written';
  readonly tally: Tally;
}

/** To the server: how far the log came, and so how far its reader has to come. */
export interface Goal {
  readonly position: number;
}

/** From the server: its reader has come there. */
export interface Report {
  readonly kind: 'report';
  readonly seen: readonly Fact[];
  /** What its writers were told is in the log. */
  readonly acknowledged: readonly Fact[];
  /** The events of transactions that were rolled back. */
  readonly rolledBack: readonly string[];
}
