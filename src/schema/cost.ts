import type { ComplexityEstimatorArgs } from 'graphql-query-complexity';

export const PAGE_BY_DEFAULT = 20;
export const PAGE_AT_MOST = 500;

/** How many a page may hold that is asked for by these arguments; none where they are refused. */
export function sizeAsked({ first, last }: Readonly<Record<string, unknown>>): number {
  const size = Number(first ?? last ?? PAGE_BY_DEFAULT);
  return size > 0 && size <= PAGE_AT_MOST ? size : 0;
}

export const BUCKETS_AT_MOST = 500;

/** How many spans of time are asked for; none where they are refused. */
const bucketsAsked = ({ buckets }: Readonly<Record<string, unknown>>): number => {
  const count = Number(buckets);
  return count > 0 && count <= BUCKETS_AT_MOST ? count : 0;
};

/** For spans of time, each of which is looked up. */
export const countsEach = ({ args, childComplexity }: ComplexityEstimatorArgs): number =>
  1 + bucketsAsked(args) * (1 + childComplexity);

/** What it takes to fold an aggregate from its events, in values. */
const FOLDING = 5;

/** For a page of what must be folded, each. */
export const foldsEach = ({ args, childComplexity }: ComplexityEstimatorArgs): number =>
  1 + sizeAsked(args) * (FOLDING + childComplexity);

/** For what must be folded. */
export const folds = ({ childComplexity }: ComplexityEstimatorArgs): number =>
  FOLDING + childComplexity;
