import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { GuardedFolder } from './folder.js';
import type { Installation } from './installation.js';

const run = promisify(execFile);
const READY = /database system is ready to accept (read-only )?connections/;
const LOG_LENGTH = 100_000;

/** A program of PostgreSQL at work in a folder, that does not outlive the process that started it. */
function launch(
  { bin, user }: Installation,
  folder: GuardedFolder,
  program: 'initdb' | 'postgres',
  args: readonly string[],
): ChildProcess {
  const child = spawn(join(bin, program), args, {
    cwd: folder.path,
    // A session of its own: the terminal's Ctrl-C is not for it.
    detached: true,
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...user,
  });
  folder.watch(child);
  return child;
}

/** Runs initdb to its end. */
export async function initdb(
  installation: Installation,
  folder: GuardedFolder,
  args: readonly string[],
): Promise<void> {
  const child = launch(installation, folder, 'initdb', args);
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [code]: (number | null)[] = await once(child, 'close');
  folder.watch(null);
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${errors}`);
}

/** A running PostgreSQL: the first process, and all that it starts. */
export class Postmaster {
  private output = '';
  /** All its processes have its stderr, which is closed when the last of them is gone. */
  private readonly gone: Promise<unknown>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: GuardedFolder,
  ) {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.output = (this.output + text).slice(-LOG_LENGTH);
    });
    this.gone = once(child, 'close').then(() => folder.watch(null));
  }

  /** Resolves when it accepts connections. */
  static async start(
    installation: Installation,
    folder: GuardedFolder,
    args: readonly string[],
  ): Promise<Postmaster> {
    const child = launch(installation, folder, 'postgres', args);
    const postmaster = new Postmaster(child, folder);
    await postmaster.ready();
    return postmaster;
  }

  get log(): string {
    return this.output;
  }

  /** PostgreSQL's fast shutdown. */
  async shutDown(): Promise<void> {
    this.child.kill('SIGINT');
    await this.gone;
  }

  /** Kills every one of its processes at once, as a power cut does. */
  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      // Each backend leads a process group of its own; and while it is stopped no more are born.
      this.child.kill('SIGSTOP');
      const children = await childrenOf(this.child);
      this.child.kill('SIGKILL');
      children.forEach(killIfThere);
    }
    await this.gone;
    await removeSharedMemory(this.folder);
  }

  private async ready(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.child.stderr?.on('data', () => {
        if (READY.test(this.output)) resolve();
      });
      void this.gone.then(() => reject(new Error(`PostgreSQL ended: ${this.output}`)), reject);
    });
  }
}

async function childrenOf({ pid }: ChildProcess): Promise<number[]> {
  return (await (process.platform === 'linux' ? childrenInProc : childrenByPs)(String(pid))).map(
    Number,
  );
}

/** Small images of Linux have no ps. */
async function childrenInProc(pid: string): Promise<string[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.split(' ').filter((child) => child !== '');
}

async function childrenByPs(pid: string): Promise<string[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=']);
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return rows.flatMap(([child, parent]) => (child !== undefined && parent === pid ? [child] : []));
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** The few bytes of System V memory that a killed postmaster leaves until the machine is restarted. */
async function removeSharedMemory(folder: GuardedFolder): Promise<void> {
  const lines = (await readFile(join(folder.path, 'data', 'postmaster.pid'), 'utf8')).split('\n');
  const id = lines[6]?.trim().split(/\s+/)[1];
  if (id !== undefined) await run('ipcrm', ['-m', id]).catch(() => undefined);
}
