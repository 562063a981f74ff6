/** Lets others have their turn in the middle of long work. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** How long those who never have to wait may go on, all of them together, in milliseconds. */
const HELD_AT_MOST = 2;

/** How many steps of long work go by between two looks at the clock. */
const STEPS = 100;

/** How many connections may come in, one a turn, before long work goes on. */
const NEWCOMERS_AT_MOST = 100;

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
  turnOfOthers ??= new Promise((resolve) => {
    let turns = 0;
    const lookAround = (): void => {
      if (hasNewcomer && turns < NEWCOMERS_AT_MOST) {
        hasNewcomer = false;
        turns += 1;
        setImmediate(lookAround);
        return;
      }
      turnOfOthers = undefined;
      heldUntil = performance.now() + HELD_AT_MOST;
      resolve();
    };
    setImmediate(lookAround);
  });
  return turnOfOthers;
}

/**
 * Somebody connected. Node takes in one connection a turn (libuv has done so since 1.45), so that those
 * who wait for theirs would each wait for as long as long work may go on.
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
