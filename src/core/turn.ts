/** Lets others have their turn in the middle of long work. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** How long those who never have to wait may go on, all of them together, in milliseconds. */
const HELD_AT_MOST = 2;

/** How many steps of long work go by between two looks at the clock. */
const STEPS = 100;

/** How long others go on while connections come in, in milliseconds. */
const NEWCOMERS_AT_MOST = 20;

let heldUntil = 0;
let hasNewcomer = false;
let turnOfOthers: Promise<void> | undefined;

/** Whether those who did not have to wait have gone on for long. */
export const isOthersTurn = (): boolean => performance.now() > heldUntil;

/**
 * Lets sockets and timers have their turn: promises alone would keep it from them. It is the same turn
 * for all who wait for it, as one for each would be a time for each to go on, with none between.
 */
export function othersTurn(): Promise<void> {
  turnOfOthers ??= waitForOthers();
  return turnOfOthers;
}

async function waitForOthers(): Promise<void> {
  const end = performance.now() + NEWCOMERS_AT_MOST;
  do {
    hasNewcomer = false;
    await new Promise<void>((resolve) => void setImmediate(resolve));
  } while (hasNewcomer && performance.now() < end);
  turnOfOthers = undefined;
  heldUntil = performance.now() + HELD_AT_MOST;
}

/**
 * Somebody connected. Node.js takes in one connection a turn (libuv/libuv#3696), so that those who come
 * at once would each wait for as long as long work may go on.
 */
export function newcomer(): void {
  hasNewcomer = true;
}

/** Takes one item after the other until `take` answers that it is enough; others have their turns. */
export async function inTurns<T>(
  items: Iterable<T>,
  take: (item: T) => void | 'enough',
): Promise<void> {
  let steps = 0;
  for (const item of items) {
    if (take(item) === 'enough') return;
    steps += 1;
    if (steps % STEPS === 0 && isOthersTurn()) await othersTurn();
  }
}
