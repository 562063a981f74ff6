import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { undoAtExit } from './leftovers.js';

export interface Folder {
  readonly path: string;
  remove(): Promise<void>;
}

/** An empty folder on the disk that is measured; whoever asks for it removes it. */
export async function freshFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'hindsight-bench-'));
  const gone = undoAtExit(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    async remove() {
      await rm(path, { recursive: true });
      gone();
    },
  };
}
