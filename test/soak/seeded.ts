import { randomInt } from 'node:crypto';

/** Runs with the seed that a variable of the environment names, or any; whatever fails says which. */
export async function seeded<Report>(
  variable: string,
  run: (seed: number) => Promise<Report>,
): Promise<{ readonly replay: string; readonly report: Report }> {
  const seed = Number(process.env[variable] ?? randomInt(2 ** 32));
  const replay = `${variable}=${seed}`;
  try {
    return { replay, report: await run(seed) };
  } catch (cause) {
    throw new Error(`${replay}: ${String(cause)}`, { cause });
  }
}
