import { describe, expect, it } from 'vitest';
import { StoreStopped } from '../../../src/core/event-store.js';
import type { LowdbStore } from '../../../src/stores/lowdb/store.js';
import { tempFolder } from '../../support/temp-folder.js';
import { append, commitOf, positions, positionsOf, readAll, streamOf } from '../commits.js';
import { openAt } from './log-folder.js';
import { TestDisk } from './test-disk.js';

const CAUSE = new Error('disk on fire');

/** A store with two acknowledged commits of stream `a`, on a disk that the test may break. */
async function brokenLater() {
  const folder = await tempFolder();
  const disk = new TestDisk();
  const store = await openAt(folder, { openFile: disk.open });
  await append(store, commitOf('a', 0, { n: 1 }));
  await append(store, commitOf('a', 1, { n: 2 }));
  return { folder, disk, store };
}

const expectStopped = (answer: Promise<unknown>): Promise<void> =>
  expect(answer).rejects.toThrow(StoreStopped);

async function expectReads(store: LowdbStore): Promise<void> {
  expect(positionsOf(await readAll(store))).toEqual([1, 2]);
  expect(positionsOf(await store.readStream(streamOf('a')))).toEqual([1, 2]);
  expect((await store.head()).position).toBe(2);
}

describe.each(['append', 'flush'] as const)('a disk whose %s fails', (step) => {
  it('rejects the command, and every later one, with the cause', async () => {
    const { disk, store } = await brokenLater();
    disk.failAt(step, CAUSE);
    const first: unknown = await store
      .append(commitOf('a', 2, {}))
      .catch((cause: unknown) => cause);
    expect(first).toBeInstanceOf(StoreStopped);
    expect(first).toMatchObject({ cause: CAUSE, message: expect.stringContaining('unknown') });
    // Only of what was under way is it unknown whether it was kept.
    expect(store.fault()?.message).not.toContain('unknown');
    await expect(store.append(commitOf('b', 0, {}))).rejects.toBe(store.fault());
    await expectStopped(store.append(commitOf('a', 0, {})));
    await store.close();
  });

  it('rejects all that were waiting, and writes none of them', async () => {
    const { disk, store } = await brokenLater();
    const held = disk.holdNextFlush();
    const before = append(store, commitOf('a', 2, { n: 3 }));
    await held.begun;
    const waiting = [
      store.append(commitOf('b', 0, {})),
      store.append(commitOf('a', 3, {})),
      store.append(commitOf('a', 3, {})),
    ];
    disk.failAt(step, CAUSE);
    held.finish();
    expect(positionsOf(await before)).toEqual([3]);
    await Promise.all(waiting.map(expectStopped));
    expect(positionsOf(await readAll(store))).toEqual([1, 2, 3]);
    await store.close();
  });

  it('is not tried again', async () => {
    const { disk, store } = await brokenLater();
    disk.failAt(step, CAUSE);
    await expectStopped(store.append(commitOf('a', 2, {})));
    const writes = disk.writes.length;
    await expectStopped(store.append(commitOf('a', 2, {})));
    expect(disk.writes).toHaveLength(writes);
    await store.close();
  });

  it('leaves readers with what was acknowledged, and tells them of nothing else', async () => {
    const { disk, store } = await brokenLater();
    let calls = 0;
    store.onAppend(() => {
      calls += 1;
    });
    disk.failAt(step, CAUSE);
    const failing = store.append(commitOf('a', 2, {}, {}));
    await expectReads(store);
    await expectStopped(failing);
    await expectReads(store);
    expect(calls).toBe(0);
    await store.close();
    await expectReads(store);
  });

  it('is got over by opening the folder again: nothing acknowledged is lost', async () => {
    const { folder, disk, store } = await brokenLater();
    disk.failAt(step, CAUSE);
    await expectStopped(store.append(commitOf('a', 2, {})));
    await store.close();
    expect(disk.openFiles).toBe(0);

    const reopened = await openAt(folder, { onTornTail: () => undefined });
    const kept = await readAll(reopened);
    expect(kept.slice(0, 2)).toEqual(await readAll(store));
    expect(positionsOf(kept)).toEqual(positions(1, kept.length));
    const next = await append(reopened, commitOf('a', kept.length, {}));
    expect(positionsOf(next)).toEqual([kept.length + 1]);
    await reopened.close();
  });
});
