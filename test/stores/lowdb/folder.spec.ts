import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreRefused } from '../../../src/core/event-store.js';
import { tempFolder } from '../../support/temp-folder.js';
import { append, commitOf, readAll } from '../commits.js';
import { closed, logPath, openAt, writtenFolder } from './log-folder.js';
import { TestDisk } from './test-disk.js';

const markerPath = (folder: string): string => join(folder, 'hindsight.json');

describe('a data folder', () => {
  it('is begun anew when it is empty', async () => {
    const folder = await tempFolder();
    const store = await openAt(folder);
    expect(await closed(folder, store)).toMatchObject({ events: [], lines: [] });
    expect((await readdir(folder)).toSorted()).toEqual(['hindsight.json', 'log.jsonl']);
  });

  it('is made when it is not there, and those above it', async () => {
    const folder = join(await tempFolder(), 'a', 'b');
    const store = await openAt(folder);
    await append(store, commitOf('a', 0, {}));
    expect(await closed(folder, store)).toMatchObject({ events: [{ position: 1 }] });
  });

  it('is refused when its log is missing beside the marker', async () => {
    const { folder } = await writtenFolder(1);
    await rm(logPath(folder));
    const opening = openAt(folder);
    await expect(opening).rejects.toThrow(StoreRefused);
    await expect(opening).rejects.toThrow(logPath(folder));
    expect(await readdir(folder)).toEqual(['hindsight.json']);
  });

  it.each([
    ['short', '{"form'],
    ['into holes', '{"form\0\0\0:"hindsight-log"\0'],
    ['into one hole', '\0'.repeat(39)],
  ])('is begun anew where a crash cut the writing of its marker %s', async (_, mark) => {
    const { folder } = await writtenFolder(0);
    await writeFile(markerPath(folder), mark);
    const store = await openAt(folder);
    await append(store, commitOf('a', 0, {}));
    await store.close();
    expect(JSON.parse(await readFile(markerPath(folder), 'utf8'))).toMatchObject({ version: 1 });
  });

  it('is refused when its marker is not one that this version writes', async () => {
    const { folder, events } = await writtenFolder(1);
    await writeFile(markerPath(folder), '{"format":"hindsight-log","version":2}\n');
    await expect(openAt(folder)).rejects.toThrow(StoreRefused);
    await rm(markerPath(folder));
    const store = await openAt(folder);
    expect(await readAll(store)).toEqual(events);
    await store.close();
  });

  it('is refused in one line, and let go of, when the log is a folder', async () => {
    const folder = await tempFolder();
    await mkdir(logPath(folder));
    await expect(openAt(folder)).rejects.toThrow(/EISDIR/);
    await rm(logPath(folder), { recursive: true });
    const store = await openAt(folder);
    await store.close();
  });

  it('is let go of when the disk fails while it is opened', async () => {
    const { folder } = await writtenFolder(1);
    const disk = new TestDisk();
    disk.failAt('flush', new Error('disk on fire'));
    await expect(openAt(folder, { openFile: disk.open })).rejects.toThrow('disk on fire');
    expect(disk.openFiles).toBe(0);
    const store = await openAt(folder);
    await store.close();
  });
});
