/** How long something is done before it counts, and then, in milliseconds; it is done once at least. */
export interface Repeated {
  readonly warmUp: number;
  readonly measured: number;
}

export const ONCE: Repeated = { warmUp: 0, measured: 0 };

/** How long doing it once takes, in seconds. */
export async function secondsOf(
  work: () => unknown,
  { warmUp, measured }: Repeated,
): Promise<number> {
  for (const from = performance.now(); performance.now() - from < warmUp;) await work();
  const from = performance.now();
  let times = 0;
  do {
    await work();
    times += 1;
  } while (performance.now() - from < measured);
  return (performance.now() - from) / 1_000 / times;
}
