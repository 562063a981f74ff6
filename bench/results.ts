import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Machine } from './machine.js';
import type { Rounds } from './report/statistics.js';

/** What a workload left, until it is run again. */
export interface Result {
  readonly date: string;
  readonly machine: Machine;
  readonly rounds: Rounds;
  /** What was told on the way. */
  readonly log: readonly string[];
}

const FOLDER = new URL('../../results/', import.meta.url);
const fileOf = (workload: string): string => fileURLToPath(new URL(`${workload}.json`, FOLDER));

export async function readResult(workload: string): Promise<Result | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(workload), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function writeResult(workload: string, result: Result): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(fileOf(workload), `${JSON.stringify(result, null, 1)}\n`);
}
