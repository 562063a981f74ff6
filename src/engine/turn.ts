/** Lets others have their turn in the middle of long work. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** How long those who never have to wait may go on, all of them together, in milliseconds. */
const HELD_AT_MOST = 10;

let heldUntil = 0;

/** Whether those who did not have to wait have gone on for long. */
export const isOthersTurn = (): boolean => performance.now() > heldUntil;

/** Lets sockets and timers have their turn: promises alone would keep it from them. */
export async function othersTurn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  heldUntil = performance.now() + HELD_AT_MOST;
}
