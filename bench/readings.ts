/** One figure: what was measured, of whom, in one round. */
export interface Reading {
  /** What was done, such as `create, 64 connections`. */
  readonly what: string;
  /** By whom, such as `Hindsight on lowdb`. */
  readonly who: string;
  readonly value: number;
  readonly unit: Unit;
  /** What failed meanwhile: never part of the value. */
  readonly errors: number;
}

export type Unit = 'a second' | 'ms' | 's' | 'bytes' | 'MiB/s';

/** Something to be measured, all that are compared in turn in each round. */
export interface Workload {
  readonly name: string;
  /** What is done and how, in a sentence or two for docs/performance.md. */
  readonly about: string;
  round(round: number, progress: (line: string) => void): Promise<readonly Reading[]>;
}

/** A ratio that is to be reached: one figure beside another of the same round. */
export interface Target {
  readonly name: string;
  /** `at least` for rates; `at most` where less is better. */
  readonly kind: 'at least' | 'at most';
  readonly ratio: number;
  readonly of: Pick<Reading, 'what' | 'who'>;
  readonly beside: Pick<Reading, 'what' | 'who'>;
}
