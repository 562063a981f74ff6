import { setImmediate } from 'node:timers/promises';

/** Whether a promise is still open once everything that can happen by itself has happened. */
export async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  promise.then(settle, settle);
  await setImmediate();
  return !settled;
}
