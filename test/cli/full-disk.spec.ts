import { spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { appendFile, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLog } from '../../src/stores/lowdb/read-log.js';
import { ask, post } from '../support/client.js';
import { CreateUser, GetUser, RenameUser } from '../support/documents.js';
import { run, urlOf } from '../support/process.js';
import { tempFolder } from '../support/temp-folder.js';

/** The root of a namespace of its own, in which a process may mount. */
const UNSHARED = ['--user', '--map-root-user', '--mount'];
const MOUNT = 'mount -t tmpfs -o size=256k tmpfs "$0"';

const mayMount = (): boolean =>
  spawnSync('unshare', [...UNSHARED, 'sh', '-c', MOUNT, '/tmp']).status === 0;

/** A server whose data folder is a small disk, which goes away with the process that mounted it. */
async function startOnSmallDisk() {
  const folder = await tempFolder();
  const program = run(
    'unshare',
    [...UNSHARED, 'sh', '-c', `${MOUNT} && exec "$@"`, folder, process.execPath, 'dist/main.js'],
    { PORT: '0', DATA_DIR: folder },
  );
  const url = await urlOf(program);
  // Only so can others see what is mounted there.
  return { ...program, url, disk: join('/proc', String(program.child.pid), 'root', folder) };
}

/** Leaves no room on a disk, but for what its files have in their last pages. */
async function fill(disk: string): Promise<void> {
  const { bavail, bsize } = await statfs(disk);
  await appendFile(ballastOn(disk), Buffer.alloc(bavail * bsize));
}

const ballastOn = (disk: string): string => join(disk, 'ballast');

const rename = (url: string, expectedVersion: number) =>
  post(url, RenameUser, { input: { id: 'ada', name: `Ada ${expectedVersion}` }, expectedVersion });

/** Renames until there is no more room, and answers with the version that was reached. */
async function renameUntilRefused(url: string) {
  for (let version = 1; ; version += 1) {
    const { data, errors } = await rename(url, version);
    if (errors !== undefined) return { version, errors };
    expect(data?.renameUser).toMatchObject({ success: true });
  }
}

it.skipIf(!mayMount())('a server goes on without a restart when its disk was full', async () => {
  const { url, disk, child, exited } = await startOnSmallDisk();
  await ask(url, CreateUser, { input: { id: 'ada', name: 'Ada' } });
  await fill(disk);

  const { version, errors } = await renameUntilRefused(url);
  const unavailable = {
    message: expect.stringMatching(/no space .* Nothing was done/),
    extensions: { code: 'STORE_UNAVAILABLE' },
  };
  expect(errors).toMatchObject([unavailable]);
  for (const { errors: same } of await Promise.all([1, 2, 3].map(() => rename(url, version)))) {
    expect(same).toMatchObject([unavailable]);
  }
  expect(await ask(url, GetUser, { id: 'ada' })).toMatchObject({ user: { version } });
  const ready = await fetch(`${url}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ faults: [expect.stringContaining('no space')] });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);

  await rm(ballastOn(disk));
  expect(await rename(url, version)).toMatchObject({ data: { renameUser: { success: true } } });
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(await ask(url, GetUser, { id: 'ada' })).toMatchObject({ user: { version: version + 1 } });
  const log = await readLog(createReadStream(join(disk, 'log.jsonl')));
  expect(log).toMatchObject({ head: version + 1, tornAt: null });
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
});
