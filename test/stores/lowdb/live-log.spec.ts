import { describe, expect, it } from 'vitest';
import { positionOf, START } from '../../../src/core/event.js';
import { StoreStopped, StoreUnavailable } from '../../../src/core/event-store.js';
import { timestampOf } from '../../../src/core/time.js';
import { openLiveLog } from '../../../src/stores/live-log.js';
import { record } from '../../../src/stores/record.js';
import { tempFolder } from '../../support/temp-folder.js';
import { append, positionsOf, readAll } from '../commits.js';
import { isTaken, leaving, SEATS, taking } from '../seats.js';
import { openAt, readLogFile } from './log-folder.js';
import { errorOf, TestDisk } from './test-disk.js';

const LONG_AGO = timestampOf(Date.parse('2020-02-01T12:00:00.000Z'));

const ANN = record(taking('ann', 0, 's1'), { position: START, version: 0 }, LONG_AGO);
const BOB = record(taking('bob', 0, 's2'), { position: positionOf(1), version: 0 }, LONG_AGO);

async function* history() {
  yield [...ANN, ...BOB];
}

async function emptyStore() {
  const folder = await tempFolder();
  const disk = new TestDisk();
  const store = await openAt(folder, { vocabulary: SEATS, openFile: disk.open });
  return { folder, disk, store, whole: await openLiveLog(store) };
}

describe('a history that a folder in use takes in', () => {
  it('is one write and one flush, and seen when it is on disk', async () => {
    const { disk, store, whole } = await emptyStore();
    const before = disk.flushes;
    const held = disk.holdNextFlush();
    const adding = whole.add(history());
    await held.begun;
    expect(await readAll(store)).toEqual([]);
    held.finish();
    await adding;
    expect(positionsOf(await readAll(store))).toEqual([1, 2]);
    expect([disk.writes.length, disk.flushes - before]).toEqual([1, 1]);
    await store.close();
  });

  it('has its keys and places from the moment on in which it is on its way', async () => {
    const { disk, store, whole } = await emptyStore();
    const held = disk.holdNextFlush();
    const adding = whole.add(history());
    await held.begun;
    const refused = store.append(taking('eve', 0, 's1'));
    const behind = append(store, leaving('ann', 1, 's1'));
    held.finish();
    await adding;
    expect(await refused).toEqual({ outcome: 'taken', key: 's1' });
    expect(positionsOf(await behind)).toEqual([3]);
    await store.close();
  });

  it('is taken back when there is no space, with its keys, and can be taken in later', async () => {
    const { folder, disk, store, whole } = await emptyStore();
    const before = await readLogFile(folder);
    disk.failAt('append', errorOf('ENOSPC'));
    await expect(whole.add(history())).rejects.toThrow(StoreUnavailable);
    expect((await readLogFile(folder)).equals(before)).toBe(true);
    expect([await isTaken(store, 's1'), await readAll(store)]).toEqual([false, []]);
    disk.heal();
    await (await openLiveLog(store)).add(history());
    const all = await readAll(store);
    expect(positionsOf(all)).toEqual([1, 2]);
    await store.close();
    const reopened = await openAt(folder, { vocabulary: SEATS });
    expect(await readAll(reopened)).toEqual(all);
    await reopened.close();
  });

  it('stops the store where nobody knows what is on disk', async () => {
    const { disk, store, whole } = await emptyStore();
    disk.failAt('flush', errorOf('EIO'));
    await expect(whole.add(history())).rejects.toThrow(StoreStopped);
    expect(store.fault()).toBeInstanceOf(StoreStopped);
    await expect((await openLiveLog(store)).add(history())).rejects.toThrow(StoreStopped);
    await store.close();
  });
});
