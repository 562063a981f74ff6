import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ask, post } from '../support/client.js';
import { CreateUser, GetUser, RenameUser } from '../support/documents.js';
import { startServer } from '../support/server.js';
import { tempFolder } from '../support/temp-folder.js';

type Step = 'write' | 'flush';

/** A disk that the tests let fail at a step, with an error of the kernel. */
const disk = vi.hoisted(() => ({
  failing: new Map<Step, string>(),
  check(step: Step): void {
    const code = this.failing.get(step);
    if (code !== undefined) throw Object.assign(new Error(code), { code });
  },
}));

vi.mock(import('node:fs/promises'), async (original) => {
  const fs = await original();
  return {
    ...fs,
    open: async (...place) => {
      const handle = await fs.open(...place);
      const write = handle.appendFile.bind(handle);
      handle.appendFile = async (data) => {
        await write(disk.failing.has('write') ? data.slice(0, data.length / 2) : data);
        disk.check('write');
      };
      const flush = handle.datasync.bind(handle);
      handle.datasync = async () => {
        disk.check('flush');
        await flush();
      };
      return handle;
    },
  };
});

beforeEach(() => disk.failing.clear());

const rename = (url: string, expectedVersion: number) =>
  post(url, RenameUser, { input: { id: 'ada', name: 'Countess' }, expectedVersion });

const versionAt = async (url: string): Promise<number | undefined> =>
  (await ask(url, GetUser, { id: 'ada' })).user?.version;

const readiness = async (url: string): Promise<number> => (await fetch(`${url}/readyz`)).status;

describe('a server whose disk', () => {
  it('cannot flush acknowledges nothing more, until a restart has read the disk', async () => {
    const DATA_DIR = await tempFolder();
    const first = await startServer({ DATA_DIR, STORE: 'lowdb' });
    await ask(first.url, CreateUser, { input: { id: 'ada', name: 'Ada' } });
    expect(await readiness(first.url)).toBe(200);
    disk.failing.set('flush', 'EIO');
    const stopped = { errors: [{ extensions: { code: 'STORE_STOPPED' } }] };
    expect(await rename(first.url, 1)).toMatchObject(stopped);
    disk.failing.clear();
    expect(await rename(first.url, 1)).toMatchObject(stopped);
    expect(await readiness(first.url)).toBe(503);
    expect(await versionAt(first.url)).toBe(1);
    await first.stop();

    const second = await startServer({ DATA_DIR, STORE: 'lowdb' });
    expect(await readiness(second.url)).toBe(200);
    // It was told that its outcome is unknown: here it did reach the file.
    expect(await versionAt(second.url)).toBe(2);
    expect(await rename(second.url, 1)).toMatchObject({
      data: { renameUser: { success: false, error: { code: 'VERSION_CONFLICT' } } },
    });
  });

  it.each(['ENOSPC', 'EDQUOT'])('has no space (%s) goes on when it has some', async (code) => {
    const { url } = await startServer({ STORE: 'lowdb' });
    await ask(url, CreateUser, { input: { id: 'ada', name: 'Ada' } });
    disk.failing.set('write', code);
    for (let time = 0; time < 2; time += 1) {
      expect(await rename(url, 1)).toMatchObject({
        errors: [{ extensions: { code: 'STORE_UNAVAILABLE' } }],
      });
      expect(await readiness(url)).toBe(503);
      expect(await versionAt(url)).toBe(1);
    }
    disk.failing.clear();
    expect(await rename(url, 1)).toMatchObject({ data: { renameUser: { success: true } } });
    expect(await readiness(url)).toBe(200);
    expect(await versionAt(url)).toBe(2);
  });
});
