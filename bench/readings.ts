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

export type Unit = 'a second' | 'ms' | 'bytes';

/** Something to be measured, all that are compared in turn in each round. */
export interface Workload {
  readonly name: string;
  /** What is done and how, in a sentence or two for docs/performance.md. */
  readonly about: string;
  round(round: number, progress: (line: string) => void): Promise<readonly Reading[]>;
}

/** What is to be reached. */
export type Target = RatioTarget | FigureTarget;

interface AnyTarget {
  readonly name: string;
  /** `at least` for rates; `at most` where less is better. */
  readonly kind: 'at least' | 'at most';
  readonly of: Pick<Reading, 'what' | 'who'>;
}

/** One figure beside another of the same round. */
export interface RatioTarget extends AnyTarget {
  readonly ratio: number;
  readonly beside: Pick<Reading, 'what' | 'who'>;
}

/** A figure by itself. */
export interface FigureTarget extends AnyTarget {
  readonly figure: number;
  readonly unit: Unit;
}
