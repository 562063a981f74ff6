import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { StoreStopped, StoreUnavailable } from '../../../src/core/event-store.js';
import { timestampOf } from '../../../src/core/time.js';
import type { LowdbOptions, LowdbStore } from '../../../src/stores/lowdb/store.js';
import { tempFolder } from '../../support/temp-folder.js';
import { append, commitOf, named, positionsOf, readAll } from '../commits.js';
import { guestOf, isTaken, leaving, SEATS, taking } from '../seats.js';
import { logPath, openAt, readLogFile } from './log-folder.js';
import { errorOf, letEverythingRun, TestDisk } from './test-disk.js';

const FULL = errorOf('ENOSPC');
const NOON = Date.parse('2026-01-31T12:00:00.000Z');

/** A store that holds one commit, by which ann has seat s1, on a disk that the test fills. */
async function filledLater(options: Partial<LowdbOptions> = {}) {
  const folder = await tempFolder();
  const disk = new TestDisk();
  const store = await openAt(folder, { vocabulary: SEATS, openFile: disk.open, ...options });
  await append(store, named('one', taking('ann', 0, 's1')));
  return { folder, disk, store, before: await readLogFile(folder) };
}

const rejectionOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => 'answered',
    (cause: unknown) => cause,
  );

const expectUnavailable = (answer: Promise<unknown>): Promise<void> =>
  expect(answer).rejects.toThrow(StoreUnavailable);

/** What the store answers when everything that failed is as if it had never been asked for. */
async function expectNothingDone(store: LowdbStore): Promise<void> {
  expect(positionsOf(await readAll(store))).toEqual([1]);
  expect(await store.versionAt(guestOf('ann'))).toBe(1);
  expect(await isTaken(store, 's1')).toBe(true);
  expect(await isTaken(store, 's2')).toBe(false);
  expect(await store.readCommand('two')).toEqual([]);
}

describe.each(['ENOSPC', 'EDQUOT'])('a disk without space (%s)', (code) => {
  it('rejects a command, says that nothing was done, and leaves the file as it was', async () => {
    const { folder, disk, store, before } = await filledLater();
    disk.failAt('append', errorOf(code));
    const cause = await rejectionOf(store.append(named('two', taking('bob', 0, 's2'))));
    expect(cause).toBeInstanceOf(StoreUnavailable);
    expect(cause).toMatchObject({ message: expect.stringContaining('Nothing was done') });
    expect((await readLogFile(folder)).equals(before)).toBe(true);
    await expectNothingDone(store);
    await store.close();
  });

  it('is tried again by every command, until there is space', async () => {
    const { folder, disk, store } = await filledLater();
    disk.failAt('append', errorOf(code));
    for (let time = 0; time < 3; time += 1) {
      await expectUnavailable(store.append(named('two', taking('bob', 0, 's2'))));
    }
    expect(disk.writes).toHaveLength(4);
    disk.heal();
    const again = await append(store, named('two', taking('bob', 0, 's2')));
    expect(positionsOf(again)).toEqual([2]);
    const kept = await readAll(store);
    await store.close();
    const reopened = await openAt(folder, { vocabulary: SEATS });
    expect(await readAll(reopened)).toEqual(kept);
    await reopened.close();
  });
});

describe('while there is no space', () => {
  it('the store says so until a command has succeeded, and tells of each change once', async () => {
    const told: unknown[] = [];
    const { disk, store } = await filledLater({ onSpace: (cause) => told.push(cause) });
    disk.failAt('append', FULL);
    await expectUnavailable(store.append(taking('bob', 0, 's2')));
    await expectUnavailable(store.append(taking('bob', 0, 's2')));
    expect(store.fault()).toBeInstanceOf(StoreUnavailable);
    expect(told).toEqual([FULL]);
    disk.heal();
    expect(await store.append(taking('cyd', 0, 's1'))).toMatchObject({ outcome: 'taken' });
    expect(store.fault()).toBeInstanceOf(StoreUnavailable);
    await append(store, taking('bob', 0, 's2'));
    expect(store.fault()).toBeNull();
    expect(told).toEqual([FULL, null]);
    await store.close();
  });

  it('what needs none is answered: queries, refusals, repetitions, forecasts', async () => {
    const { disk, store } = await filledLater();
    disk.failAt('append', FULL);
    await expectUnavailable(store.append(taking('bob', 0, 's2')));
    const repeated = named('one', taking('ann', 0, 's1'));
    expect(await store.append(repeated)).toMatchObject({ outcome: 'repeated', position: 1 });
    expect(await store.append(taking('ann', 0, 's2'))).toMatchObject({ outcome: 'conflict' });
    expect(await store.append(taking('bob', 0, 's1'))).toMatchObject({ outcome: 'taken' });
    expect(await store.forecast(taking('bob', 0, 's2'))).toMatchObject({ position: 2 });
    await expectNothingDone(store);
    await store.close();
  });

  it('a closed store is closed above all', async () => {
    const { disk, store } = await filledLater();
    disk.failAt('append', FULL);
    await expectUnavailable(store.append(taking('bob', 0, 's2')));
    await store.close();
    expect(store.fault()).toBeInstanceOf(StoreStopped);
  });
});

describe('a write without space', () => {
  it('takes with it all that was decided on top of it', async () => {
    const { folder, disk, store, before } = await filledLater({ clock: () => NOON });
    const held = disk.holdNextFlush();
    const first = append(store, named('two', leaving('ann', 1, 's1')));
    await held.begun;
    const behind = [
      store.append(named('three', taking('ann', 2, 's3'))),
      store.append(taking('bob', 0, 's1')),
      store.append(taking('bob', 1, 's4')),
      store.append(taking('cyd', 0, 's1')),
      store.append(taking('bob', 0, 's5')),
      store.append(named('three', taking('cyd', 0, 's6'))),
      store.forecast(taking('bob', 0, 's5')),
    ];
    disk.failAt('append', FULL);
    held.finish();
    expect(positionsOf(await first)).toEqual([2]);
    for (const answer of behind) await expectUnavailable(answer);
    const [line] = disk.writes.slice(-2, -1);
    expect((await readLogFile(folder)).toString()).toBe(before.toString() + line);

    disk.heal();
    expect(await store.readCommand('three')).toEqual([]);
    expect(await isTaken(store, 's3')).toBe(false);
    expect(positionsOf(await append(store, taking('cyd', 0, 's1')))).toEqual([3]);
    expect(positionsOf(await append(store, named('three', taking('bob', 0, 's4'))))).toEqual([4]);
    expect(positionsOf(await append(store, taking('ann', 2, 's3')))).toEqual([5]);
    await store.close();
  });

  it('gives a key back to who was about to leave it', async () => {
    const { disk, store } = await filledLater();
    disk.failAt('append', FULL);
    await expectUnavailable(store.append(leaving('ann', 1, 's1')));
    disk.heal();
    expect(await store.append(taking('bob', 0, 's1'))).toEqual({ outcome: 'taken', key: 's1' });
    await append(store, leaving('ann', 1, 's1'));
    expect(positionsOf(await append(store, taking('bob', 0, 's1')))).toEqual([3]);
    await store.close();
  });

  it('leaves a key to who held it, though the commit named it again', async () => {
    const { disk, store } = await filledLater();
    disk.failAt('append', FULL);
    await expectUnavailable(store.append(taking('ann', 1, 's1', 's2')));
    disk.heal();
    await expectNothingDone(store);
    expect(positionsOf(await append(store, taking('ann', 1, 's2')))).toEqual([2]);
    await store.close();
  });

  it('takes with it what arrives while it is taken back', async () => {
    const { disk, store } = await filledLater();
    disk.failAt('append', FULL);
    const cut = disk.holdNextFlush();
    const first = store.append(taking('bob', 0, 's2'));
    await cut.begun;
    const meanwhile = store.append(taking('bob', 1, 's3'));
    const asked = store.headAt(timestampOf(Date.now() + 1000));
    disk.heal();
    cut.finish();
    await expectUnavailable(first);
    await expectUnavailable(meanwhile);
    expect(await asked).toMatchObject({ position: 1 });
    await expectNothingDone(store);
    await append(store, taking('bob', 0, 's2'));
    await store.close();
  });

  it('changes nothing about times that were asked for', async () => {
    const { disk, store } = await filledLater({ clock: () => NOON });
    const held = disk.holdNextFlush();
    disk.failAt('append', FULL);
    const failing = store.append(taking('bob', 0, 's2'));
    await held.begun;
    const head = store.headAt(timestampOf(NOON));
    held.finish();
    await expectUnavailable(failing);
    disk.heal();
    await append(store, taking('bob', 0, 's2'));
    expect(await head).toMatchObject({ position: 1 });
    expect(await store.headAt(timestampOf(NOON))).toEqual(await head);
    await store.close();
  });

  it('leaves what was there when the store was opened, but for a torn tail', async () => {
    const { folder, store, before } = await filledLater();
    await store.close();
    await writeFile(logPath(folder), Buffer.concat([before, before.subarray(0, 20)]));
    const disk = new TestDisk();
    const reopened = await openAt(folder, { openFile: disk.open, onTornTail: () => undefined });
    disk.failAt('append', FULL);
    await expectUnavailable(reopened.append(commitOf('b', 0, { text: 'é漢🦊' })));
    expect((await readLogFile(folder)).equals(before)).toBe(true);
    await reopened.close();
  });

  it('tells readers of nothing', async () => {
    const { disk, store } = await filledLater();
    let calls = 0;
    store.onAppend(() => {
      calls += 1;
    });
    disk.failAt('append', FULL);
    await expectUnavailable(store.append(taking('bob', 0, 's2')));
    await letEverythingRun();
    expect(calls).toBe(0);
    await store.close();
  });
});

describe('a store stops', () => {
  it.each(['truncate', 'flush'] as const)(
    'when a write without space cannot be taken back, as %s fails',
    async (step) => {
      const { disk, store } = await filledLater();
      disk.failAt('append', FULL);
      disk.failAt(step, errorOf('EIO'));
      const cause = await rejectionOf(store.append(taking('bob', 0, 's2')));
      expect(cause).toBeInstanceOf(StoreStopped);
      expect(cause).toMatchObject({ message: expect.stringContaining('unknown') });
      disk.heal();
      await expect(store.append(taking('bob', 0, 's2'))).rejects.toBe(store.fault());
      expect(positionsOf(await readAll(store))).toEqual([1]);
      await store.close();
    },
  );

  it('when it is the flush that finds no space', async () => {
    const { disk, store } = await filledLater();
    disk.failAt('flush', FULL);
    await expect(store.append(commitOf('b', 0, {}))).rejects.toThrow(StoreStopped);
    disk.heal();
    await expect(store.append(commitOf('b', 0, {}))).rejects.toBe(store.fault());
    await store.close();
  });

  it('when a write fails for another reason', async () => {
    const { disk, store } = await filledLater();
    disk.failAt('append', errorOf('EIO'));
    await expect(store.append(commitOf('b', 0, {}))).rejects.toThrow(StoreStopped);
    await store.close();
  });
});
