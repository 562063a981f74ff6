import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The user that PostgreSQL runs as. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Its input ends when whoever started it says so or dies, by kill -9 too. The process of the last
 * line that it read, if any, and the folder do not outlive that.
 */
const GUARD = `
  while read -r line; do pid=$line; done
  if [ -n "$pid" ]; then
    kill -QUIT "$pid"
    tries=0
    while kill -0 "$pid" && [ $tries -lt 200 ]; do tries=$((tries + 1)); sleep 0.05; done
    kill -KILL "$pid"
  fi
  rm -rf "$1"`;

/** A temporary folder, and a process that works in it: neither is left behind by a process that dies. */
export class GuardedFolder {
  private readonly guardEnded: Promise<unknown>;

  private constructor(
    readonly path: string,
    private readonly guard: ChildProcess,
  ) {
    this.guardEnded = once(guard, 'exit');
  }

  /** Only `owner` can look into it; a folder without an owner is for everyone to read. */
  static async make(owner: User | 'everyone' | null): Promise<GuardedFolder> {
    const path = await mkdtemp(join(tmpdir(), 'hindsight-postgres-'));
    const guard = spawn('sh', ['-c', GUARD, 'sh', path], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const folder = new GuardedFolder(path, guard);
    if (owner === 'everyone') await chmod(path, 0o755);
    else if (owner !== null) await chown(path, owner.uid, owner.gid);
    return folder;
  }

  /** Names the process to end with the folder, or says that there is none any more. */
  watch(child: ChildProcess | null): void {
    this.guard.stdin?.write(`${child?.pid ?? ''}\n`);
  }

  async remove(): Promise<void> {
    this.guard.stdin?.end();
    await this.guardEnded;
  }
}
