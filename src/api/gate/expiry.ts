/** The longest that a timer runs. */
const TIMER_AT_MOST = 2 ** 31 - 1;

/** What a listener is told whose token has expired. */
export const TOKEN_EXPIRED = {
  errors: [{ message: 'The token has expired.', extensions: { code: 'UNAUTHENTICATED' } }],
};

/** Does something when a time has come, in milliseconds since 1970; answers how to leave it. */
export function atTime(time: number, act: () => void): () => void {
  if (time === Number.POSITIVE_INFINITY) return () => undefined;
  let timer: NodeJS.Timeout;
  const wait = () => {
    const left = time - Date.now();
    timer = setTimeout(left > TIMER_AT_MOST ? wait : act, Math.min(left, TIMER_AT_MOST)).unref();
  };
  wait();
  return () => clearTimeout(timer);
}
