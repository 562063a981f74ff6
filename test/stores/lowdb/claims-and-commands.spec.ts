import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { StoreStopped, type EventStore, type Head } from '../../../src/core/event-store.js';
import { timestampOf } from '../../../src/core/time.js';
import { tempFolder } from '../../support/temp-folder.js';
import { append, named, readAll } from '../commits.js';
import { guestOf, isTaken, leaving, SEATS, taking } from '../seats.js';
import { closed, lineAt, logPath, openAt } from './log-folder.js';
import { letEverythingRun, TestDisk } from './test-disk.js';

const CAUSE = new Error('disk on fire');
const NOON = Date.parse('2026-01-31T12:00:00.000Z');
const LATER = timestampOf(NOON + 1000);

/** A log of three commits: ann takes s1, bob takes s2, and ann leaves s1. */
async function threeCommits() {
  const folder = await tempFolder();
  const store = await openAt(folder, { vocabulary: SEATS });
  await append(store, named('one', taking('ann', 0, 's1')));
  await append(store, named('two', taking('bob', 0, 's2')));
  await append(store, named('three', leaving('ann', 1, 's1')));
  return closed(folder, store);
}

/** Opens a folder with what a crash left of its log. */
async function afterCrash(folder: string, file: Buffer) {
  await writeFile(logPath(folder), file);
  return openAt(folder, { vocabulary: SEATS, onTornTail: () => undefined });
}

describe('after a crash in the middle of a write', () => {
  it('what the lost commit claimed is free, and its command is new', async () => {
    const { folder, file, lines } = await threeCommits();
    const store = await afterCrash(folder, file.subarray(0, lineAt(lines, 1).end - 2));
    expect(await isTaken(store, 's1')).toBe(true);
    expect(await isTaken(store, 's2')).toBe(false);
    expect(await store.readCommand('two')).toEqual([]);
    const once = named('one', taking('cyd', 0, 's2'));
    expect(await store.append(once)).toMatchObject({ outcome: 'repeated', position: 1 });
    const again = named('two', taking('cyd', 0, 's2'));
    expect(await store.append(again)).toMatchObject({ outcome: 'appended', position: 2 });
    await store.close();
  });

  it('what the lost commit released is still held', async () => {
    const { folder, file } = await threeCommits();
    const store = await afterCrash(folder, file.subarray(0, -10));
    expect(await store.append(taking('cyd', 0, 's1'))).toEqual({ outcome: 'taken', key: 's1' });
    expect(await store.readCommand('three')).toEqual([]);
    await append(store, named('three', leaving('ann', 1, 's1')));
    await append(store, taking('cyd', 0, 's1'));
    await store.close();
  });
});

/** Ann's commit is on the disk, and bob's is in the file, with a flush that the test holds. */
async function flushing(onStopped = (_store: EventStore): void => undefined) {
  const disk = new TestDisk();
  const store = await openAt(await tempFolder(), {
    vocabulary: SEATS,
    clock: () => NOON,
    openFile: disk.open,
    onStopped: () => onStopped(store),
  });
  await append(store, named('one', taking('ann', 0, 's1')));
  const held = disk.holdNextFlush();
  const first = store.append(named('two', taking('bob', 0, 's2')));
  await held.begun;
  return { disk, store, held, first };
}

/** What rests on a commit that is being written: the same command, and a key that it claims. */
const resting = (store: EventStore) => [
  store.append(named('two', taking('bob', 1, 's3'))),
  store.append(taking('cyd', 0, 's2')),
  store.forecast(named('two', taking('cyd', 0, 's3'))),
  store.forecast(taking('cyd', 0, 's2')),
  store.forecast(taking('bob', 0, 's3')),
];

describe('while a commit is being written', () => {
  it('answers that rest on it come once it is on the disk', async () => {
    const { store, held, first } = await flushing();
    const order: string[] = [];
    const answers = resting(store).map(async (asked) => {
      const { outcome } = await asked;
      order.push(outcome);
      return outcome;
    });
    const head = store.headAt(LATER).finally(() => order.push('head'));
    await letEverythingRun();
    expect(order).toEqual([]);
    held.finish();
    await first;
    expect(await Promise.all(answers)).toEqual([
      'repeated',
      'taken',
      'repeated',
      'taken',
      'conflict',
    ]);
    expect(await head).toMatchObject({ position: 2 });
    await store.close();
  });

  it('a command that is on the disk already is answered at once, without a write', async () => {
    const { disk, store, held, first } = await flushing();
    const writes = disk.writes.length;
    const answer = await store.append(named('one', taking('cyd', 0, 's3')));
    expect(answer).toMatchObject({ outcome: 'repeated', position: 1 });
    expect(await store.forecast(taking('ann', 0, 's3'))).toMatchObject({ outcome: 'conflict' });
    expect(disk.writes).toHaveLength(writes);
    held.finish();
    await first;
    await store.close();
  });

  it('a question of an earlier time is answered at once', async () => {
    const { store, held, first } = await flushing();
    expect(await store.headAt(timestampOf(NOON - 1))).toEqual({ position: 0, recordedAt: null });
    held.finish();
    await first;
    await store.close();
  });

  it('a question of a time before it is answered at once, whatever was on its way before', async () => {
    const disk = new TestDisk();
    let now = NOON;
    const store = await openAt(await tempFolder(), { clock: () => now, openFile: disk.open });
    await append(store, taking('ann', 0, 's1'));
    now = NOON + 10;
    const held = disk.holdNextFlush();
    const first = store.append(taking('bob', 0, 's2'));
    await held.begun;
    expect(await store.headAt(timestampOf(NOON + 5))).toMatchObject({ position: 1 });
    held.finish();
    await first;
    await store.close();
  });

  it('nobody reads its command or its version', async () => {
    const { store, held, first } = await flushing();
    expect(await store.readCommand('two')).toEqual([]);
    expect(await store.versionAt(guestOf('bob'))).toBe(0);
    held.finish();
    await first;
    expect(await store.readCommand('two')).toHaveLength(1);
    expect(await store.versionAt(guestOf('bob'))).toBe(1);
    await store.close();
  });

  it('answers that wait behind it share no write of their own', async () => {
    const { disk, store, held, first } = await flushing();
    const writes = disk.writes.length;
    const answers = resting(store);
    held.finish();
    await Promise.all([first, ...answers]);
    expect(disk.writes).toHaveLength(writes);
    await store.close();
  });
});

describe('when that write fails', () => {
  it('all that rests on it is rejected, and so is everything that follows', async () => {
    const { store, held, first } = await flushing();
    const answers = resting(store);
    held.fail(CAUSE);
    for (const answer of [first, ...answers]) {
      const cause: unknown = await answer.catch((reason: unknown) => reason);
      expect(cause).toBeInstanceOf(StoreStopped);
      expect(cause).toMatchObject({ cause: CAUSE, message: expect.stringContaining('unknown') });
    }
    for (const answer of resting(store)) await expect(answer).rejects.toBe(store.fault());
    const repeated = store.append(named('one', taking('ann', 0, 's1')));
    await expect(repeated).rejects.toBe(store.fault());
    await store.close();
  });

  it('a question of the head is answered with what was acknowledged', async () => {
    const { store, held, first } = await flushing();
    const asked = [timestampOf(NOON), LATER].map((time) => store.headAt(time));
    held.fail(CAUSE);
    await expect(first).rejects.toThrow(StoreStopped);
    for (const head of await Promise.all(asked)) {
      expect(head).toEqual({ position: 1, recordedAt: timestampOf(NOON) });
    }
    expect(await store.headAt(LATER)).toMatchObject({ position: 1 });
    expect(await readAll(store)).toHaveLength(1);
    expect(await store.readCommand('two')).toEqual([]);
    expect(await store.versionAt(guestOf('bob'))).toBe(0);
    await store.close();
  });

  it('a question of the head is answered that is asked by who is told of it', async () => {
    const heads: Head[] = [];
    const { store, held, first } = await flushing((stopped) => {
      stopped.headAt(LATER).then(
        (head) => heads.push(head),
        () => undefined,
      );
    });
    held.fail(CAUSE);
    await expect(first).rejects.toThrow(StoreStopped);
    await letEverythingRun();
    expect(heads).toMatchObject([{ position: 1 }]);
    await store.close();
  });
});
