import { describe, expect, it } from 'vitest';
import { StoreRefused, StoreStopped } from '../../../src/core/event-store.js';
import { tempFolder } from '../../support/temp-folder.js';
import { append, commitOf, positions, positionsOf, readAll, streamOf } from '../commits.js';
import { linesOf, openAt } from './log-folder.js';
import { letEverythingRun, TestDisk } from './test-disk.js';

/** A store whose first commit, of stream `a`, is in the file, and whose flush the test holds. */
async function flushing() {
  const folder = await tempFolder();
  const disk = new TestDisk();
  const store = await openAt(folder, { openFile: disk.open });
  const held = disk.holdNextFlush();
  const first = store.append(commitOf('a', 0, { n: 0 }));
  await held.begun;
  return { folder, disk, store, held, first, flushes: disk.flushes };
}

describe('while no flush is under way', () => {
  it('the commands that come at once share a write and a flush', async () => {
    const disk = new TestDisk();
    const store = await openAt(await tempFolder(), { openFile: disk.open });
    const { flushes } = disk;
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => append(store, commitOf(`s${n}`, 0, {}))),
    );
    expect(disk.writes.map((text) => linesOf(Buffer.from(text)).length)).toEqual([40]);
    expect(disk.flushes - flushes).toBe(1);
    await store.close();
  });

  it('those who are answered together and ask again share the next', async () => {
    const disk = new TestDisk();
    const store = await openAt(await tempFolder(), { openFile: disk.open });
    await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        for (const version of [0, 1, 2]) await append(store, commitOf(`s${n}`, version, {}));
      }),
    );
    expect(disk.writes.map((text) => linesOf(Buffer.from(text)).length)).toEqual([40, 40, 40]);
    await store.close();
  });
});

describe('while a flush is under way', () => {
  it('the commands that arrive share the next write and the next flush', async () => {
    const { disk, store, held, first, flushes } = await flushing();
    const waiting = Array.from({ length: 40 }, (_, n) =>
      append(store, commitOf(`s${n}`, 0, { n })),
    );
    await letEverythingRun();
    expect(disk.writes).toHaveLength(1);
    held.finish();
    await Promise.all([first, ...waiting]);
    expect(disk.writes.map((text) => linesOf(Buffer.from(text)).length)).toEqual([1, 40]);
    expect(disk.flushes - flushes).toBe(2);
    expect(positionsOf(await readAll(store))).toEqual(positions(1, 41));
    await store.close();
  });

  it('any number of commands may share the next write', async () => {
    const { disk, store, held, first } = await flushing();
    const many = 150_000;
    const waiting = Array.from({ length: many }, (_, n) => append(store, commitOf(`s${n}`, 0, {})));
    held.finish();
    await Promise.all([first, ...waiting]);
    expect(disk.writes).toHaveLength(2);
    expect((await store.head()).position).toBe(many + 1);
    await store.close();
  });

  it('nobody reads what is not yet on the disk', async () => {
    const { store, held, first } = await flushing();
    let calls = 0;
    store.onAppend(() => {
      calls += 1;
    });
    await letEverythingRun();
    expect(calls).toBe(0);
    expect(await readAll(store)).toEqual([]);
    expect(await store.readStream(streamOf('a'))).toEqual([]);
    expect(await store.head()).toEqual({ position: 0, recordedAt: null });
    held.finish();
    await first;
    expect(calls).toBe(1);
    expect(positionsOf(await readAll(store))).toEqual([1]);
    await store.close();
  });

  it('a stream goes on from the version that is being written', async () => {
    const { store, held, first } = await flushing();
    const next = [1, 2, 3].map((version) => append(store, commitOf('a', version, { n: version })));
    held.finish();
    await first;
    expect((await Promise.all(next)).flatMap(positionsOf)).toEqual([2, 3, 4]);
    await store.close();
  });

  it('a conflict with what is being written is answered once that is on the disk', async () => {
    const { store, held, first } = await flushing();
    const order: string[] = [];
    const conflict = store.append(commitOf('a', 0, {})).then((answer) => {
      order.push('conflict');
      return answer;
    });
    await letEverythingRun();
    order.push('on the disk');
    held.finish();
    expect(await conflict).toEqual({ outcome: 'conflict', actualVersion: 1 });
    await first;
    expect(order).toEqual(['on the disk', 'conflict']);
    await store.close();
  });

  it('a conflict with what waits to be written is answered once that is on the disk', async () => {
    const { disk, store, held, first } = await flushing();
    const order: string[] = [];
    const queued = append(store, commitOf('b', 0, {}));
    const conflict = store.append(commitOf('b', 0, {})).then(() => order.push('conflict'));
    const second = disk.holdNextFlush();
    held.finish();
    await first;
    await second.begun;
    await letEverythingRun();
    order.push('on the disk');
    second.finish();
    await Promise.all([queued, conflict]);
    expect(order).toEqual(['on the disk', 'conflict']);
    await store.close();
  });

  it('a conflict with what is on the disk already is answered at once, without a write', async () => {
    const { disk, store, held, first } = await flushing();
    held.finish();
    await first;
    const again = disk.holdNextFlush();
    const other = append(store, commitOf('b', 0, {}));
    await again.begun;
    const answer = await store.append(commitOf('a', 0, {}));
    expect(answer).toEqual({ outcome: 'conflict', actualVersion: 1 });
    expect(disk.writes).toHaveLength(2);
    again.finish();
    await other;
    await store.close();
  });

  it('a flush that then fails rejects the command and the conflict that waited for it', async () => {
    const { store, held, first } = await flushing();
    const conflict = store.append(commitOf('a', 0, {}));
    const next = store.append(commitOf('a', 1, {}));
    held.fail(new Error('disk on fire'));
    for (const answer of [first, conflict, next]) {
      await expect(answer).rejects.toThrow(StoreStopped);
    }
    expect(await readAll(store)).toEqual([]);
    await store.close();
  });

  it('close waits for it and for all that wait behind it, and holds the folder until then', async () => {
    const { folder, store, held, first } = await flushing();
    const behind = append(store, commitOf('b', 0, {}));
    const closing = store.close();
    await expect(store.append(commitOf('c', 0, {}))).rejects.toThrow(StoreStopped);
    await expect(openAt(folder)).rejects.toThrow(StoreRefused);
    held.finish();
    await Promise.all([first, behind, closing]);
    const reopened = await openAt(folder);
    expect(positionsOf(await readAll(reopened))).toEqual([1, 2]);
    await reopened.close();
  });
});
