import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Makes an empty folder; whoever makes it removes it. */
export async function makeTempFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'hindsight-test-'));
}

export async function removeTempFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

/** An empty folder for the test that runs; it is removed when that test is over. */
export async function tempFolder(): Promise<string> {
  const path = await makeTempFolder();
  onTestFinished(() => removeTempFolder(path));
  return path;
}
