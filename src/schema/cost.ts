import type { ComplexityEstimatorArgs } from 'graphql-query-complexity';

export const PAGE_BY_DEFAULT = 20;
export const PAGE_AT_MOST = 500;

/** How many a page may hold that is asked for by these arguments; none where they are refused. */
export function sizeAsked({ first, last }: Readonly<Record<string, unknown>>): number {
  const size = Number(first ?? last ?? PAGE_BY_DEFAULT);
  return size > 0 && size <= PAGE_AT_MOST ? size : 0;
}

/** What it takes to fold an aggregate from its events, in values. */
const FOLDING = 5;

/** For a page of what must be folded, each. */
export const foldsEach = ({ args, childComplexity }: ComplexityEstimatorArgs): number =>
  1 + sizeAsked(args) * (FOLDING + childComplexity);

/** For what must be folded. */
export const folds = ({ childComplexity }: ComplexityEstimatorArgs): number =>
  FOLDING + childComplexity;
