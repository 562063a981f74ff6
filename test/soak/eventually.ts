import { setTimeout as delay } from 'node:timers/promises';

const LOOK_AGAIN = 50;

/** Whether a condition comes to hold within so many milliseconds. Not vi.waitFor: the long runs are without. */
export async function eventually(
  holds: () => boolean | Promise<boolean>,
  within: number,
): Promise<boolean> {
  for (const until = Date.now() + within; !(await holds());) {
    if (Date.now() > until) return false;
    await delay(LOOK_AGAIN);
  }
  return true;
}
