/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** From 0 to below `end`. */
  readonly below: (end: number) => number;
  readonly oneOf: <T>(items: readonly [T, ...T[]]) => T;
  /** Another series, which whoever draws from this one does not disturb. */
  readonly fork: () => Random;
}

/** Mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  };
  return {
    below,
    oneOf: ([first, ...rest]) => rest[below(rest.length + 1) - 1] ?? first,
    fork: () => randomOf(below(2 ** 32)),
  };
}
