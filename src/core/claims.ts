import type { Refusal } from './decider.js';

/**
 * What must be unique among aggregates, such as an e-mail address. A domain says which keys an
 * aggregate holds in a state; what an event claims or releases is the difference that it makes. The
 * store compares the keys in the same atomic append that compares the version.
 */
export interface Claims<State> {
  /** Raised whenever `heldIn` changes its meaning: stores then look through the log anew. */
  readonly version: number;
  /** Keys are one space for all types of aggregates, so a key says what it is a key of. */
  heldIn(state: State): readonly string[];
  /** The answer to a command whose key another aggregate holds. It names nothing of the other's. */
  taken(key: string): Refusal;
}

/** What a commit does to the keys that are held. */
export interface ClaimChanges {
  readonly claims: readonly string[];
  readonly releases: readonly string[];
}

export function claimChanges<State>(
  claims: Claims<State> | undefined,
  before: State,
  after: State,
): ClaimChanges {
  if (claims === undefined) return { claims: [], releases: [] };
  return differenceOf(claims.heldIn(before), claims.heldIn(after));
}

/** What leads from the keys that were held to those that are. */
export const differenceOf = (
  held: readonly string[],
  holding: readonly string[],
): ClaimChanges => ({
  claims: holding.filter((key) => !held.includes(key)),
  releases: held.filter((key) => !holding.includes(key)),
});
