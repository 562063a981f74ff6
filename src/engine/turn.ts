/** Lets others have their turn in the middle of long work. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** How long those who never have to wait may go on, all of them together, in milliseconds. */
const HELD_AT_MOST = 10;

let heldUntil = 0;
let turnOfOthers: Promise<void> | undefined;

/** Whether those who did not have to wait have gone on for long. */
export const isOthersTurn = (): boolean => performance.now() > heldUntil;

/**
 * Lets sockets and timers have their turn: promises alone would keep it from them. It is the same turn
 * for all who wait for it, as one for each would be a time for each to go on, with none between.
 */
export function othersTurn(): Promise<void> {
  turnOfOthers ??= new Promise((resolve) => {
    setImmediate(() => {
      turnOfOthers = undefined;
      heldUntil = performance.now() + HELD_AT_MOST;
      resolve();
    });
  });
  return turnOfOthers;
}
