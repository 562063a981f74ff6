import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { StoreRefused } from '../../../src/core/event-store.js';
import { tempFolder } from '../../support/temp-folder.js';
import { append, commitOf, readAll } from '../commits.js';
import { openAt } from './log-folder.js';

/** How long a process stands still, in milliseconds; the kernel keeps its lock whatever it is. */
const STANDS_STILL_FOR = Number(process.env['STANDS_STILL_FOR'] ?? 0);

const HOLDER = fileURLToPath(new URL('lock-holder.ts', import.meta.url));

/** Another process that opens a folder; `says` is what came of it. */
async function holder(folder: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', HOLDER, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const exited = once(child, 'exit');
  const [says] = await once(createInterface(child.stdout), 'line');
  return {
    says: String(says),
    child,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    leave: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

async function isStopped(pid: number | undefined): Promise<boolean> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=', '-p', String(pid)]);
  return stdout.trim().startsWith('T');
}

const expectInUse = (folder: string): Promise<void> =>
  expect(openAt(folder)).rejects.toThrow(
    new StoreRefused(`The data folder ${folder} is in use by another process.`),
  );

describe('the lock of a data folder', () => {
  it('refuses a second process, which does the first no harm', async () => {
    const folder = await tempFolder();
    const store = await openAt(folder);
    await append(store, commitOf('a', 0, {}));
    const second = await holder(folder);
    expect(second.says).toContain('in use by another process');
    await second.leave();
    await append(store, commitOf('a', 1, {}));
    expect(await readAll(store)).toHaveLength(2);
    await store.close();
  });

  it('is there for the next process when the first has left', async () => {
    const folder = await tempFolder();
    const first = await holder(folder);
    expect(first.says).toBe('open');
    await expectInUse(folder);
    await first.leave();
    const store = await openAt(folder);
    await store.close();
  });

  it(
    'is kept by a process that stands still',
    async () => {
      const folder = await tempFolder();
      const stalled = await holder(folder);
      expect(stalled.says).toBe('open');
      stalled.child.kill('SIGSTOP');
      await vi.waitUntil(() => isStopped(stalled.child.pid));
      const stopped = Date.now();
      await vi.waitUntil(
        async () => {
          await expectInUse(folder);
          return Date.now() - stopped >= STANDS_STILL_FOR;
        },
        { timeout: STANDS_STILL_FOR + 5_000, interval: 500 },
      );
      expect(await isStopped(stalled.child.pid)).toBe(true);
      stalled.child.kill('SIGCONT');
      await stalled.leave();
      const store = await openAt(folder);
      expect(await readAll(store)).toHaveLength(1);
      await store.close();
    },
    STANDS_STILL_FOR + 30_000,
  );

  it('is freed when its process is killed, and what it had acknowledged is there', async () => {
    const folder = await tempFolder();
    for (const count of [1, 2]) {
      const killed = await holder(folder);
      expect(killed.says).toBe('open');
      await killed.kill();
      const store = await openAt(folder);
      expect(await readAll(store)).toHaveLength(count);
      await store.close();
    }
  });

  it('is freed when a process that stood still is killed', async () => {
    const folder = await tempFolder();
    const stalled = await holder(folder);
    stalled.child.kill('SIGSTOP');
    await stalled.kill();
    const store = await openAt(folder);
    expect(await readAll(store)).toHaveLength(1);
    await store.close();
  });
});
