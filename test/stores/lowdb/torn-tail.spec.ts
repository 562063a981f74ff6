import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { tempFolder } from '../../support/temp-folder.js';
import { append, commitOf, positions, positionsOf, readAll } from '../commits.js';
import { TestDisk } from './test-disk.js';
import {
  closed,
  lineAt,
  logPath,
  openAt,
  readLogFile,
  writtenFolder,
  type WrittenFolder,
} from './log-folder.js';

/** Opens a folder whose log was replaced, and tells what was warned of and what is left. */
async function reopen(folder: string, file: Buffer) {
  await writeFile(logPath(folder), file);
  const warnings: number[] = [];
  const store = await openAt(folder, { onTornTail: (offset) => warnings.push(offset) });
  return { warnings, ...(await closed(folder, store)) };
}

/** A log whose last five commits were one write: one commit, then five that shared a flush. */
async function withBatch(): Promise<WrittenFolder & { readonly batch: number }> {
  const folder = await tempFolder();
  const disk = new TestDisk();
  const store = await openAt(folder, { openFile: disk.open });
  const held = disk.holdNextFlush();
  const first = append(store, commitOf('a', 0, { n: 0 }));
  await held.begun;
  const batch = Array.from({ length: 5 }, (_, n) => append(store, commitOf(`b${n}`, 0, { n })));
  held.finish();
  await Promise.all([first, ...batch]);
  const written = await closed(folder, store);
  return { ...written, batch: lineAt(written.lines, 1).offset };
}

describe('a last write that was cut short', () => {
  it('is cut off with one warning, at whichever byte it ends', async () => {
    const { folder, events, file, lines } = await writtenFolder(3);
    const last = lineAt(lines, -1);
    for (let end = last.offset + 1; end < file.length; end += 1) {
      const after = await reopen(folder, file.subarray(0, end));
      expect(after.warnings).toEqual([last.offset]);
      expect(after.events).toEqual(events.slice(0, -1));
      expect(after.file.equals(file.subarray(0, last.offset))).toBe(true);
    }
  });

  it('is nothing to warn of when it ends with a line', async () => {
    const { folder, events, file, lines } = await writtenFolder(3);
    for (const [index, { offset }] of lines.entries()) {
      const after = await reopen(folder, file.subarray(0, offset));
      expect(after).toMatchObject({ warnings: [], events: events.slice(0, index) });
    }
  });

  it('may be the very first', async () => {
    const { folder, file } = await writtenFolder(1);
    expect(await reopen(folder, file.subarray(0, 10))).toMatchObject({ warnings: [0], events: [] });
  });

  it('is warned of once: the next start finds the log in order', async () => {
    const { folder, file } = await writtenFolder(2);
    const first = await reopen(folder, file.subarray(0, -3));
    expect(first.warnings).toHaveLength(1);
    const second = await openAt(folder);
    await append(second, commitOf('a', 1, { n: 'again' }));
    expect(positionsOf((await closed(folder, second)).events)).toEqual([1, 2]);
    const third = await openAt(folder);
    expect(await readAll(third)).toMatchObject([{ data: { n: 0 } }, { data: { n: 'again' } }]);
    await third.close();
  });

  it('may have holes anywhere in its batch, and keeps what is whole before them', async () => {
    const { folder, file, lines, batch } = await withBatch();
    const place = fc.integer({ min: batch, max: file.length });
    await fc.assert(
      fc.asyncProperty(place, place, place, async (one, other, cut) => {
        const torn = Buffer.from(file);
        const [from, to] = one < other ? [one, other] : [other, one];
        fc.pre(Math.min(to, cut) > from);
        torn.fill(0, from, to);
        const after = await reopen(folder, torn.subarray(0, cut));
        const kept = lines.filter((line) => line.end <= from);
        const tornAt = kept.at(-1)?.end;
        expect(after.warnings).toEqual([tornAt]);
        expect(positionsOf(after.events)).toEqual(positions(1, kept.length));
        expect(after.file.equals(file.subarray(0, tornAt))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('may have its newline missing, and nothing else', async () => {
    const { folder, file, lines } = await writtenFolder(2);
    const last = lineAt(lines, -1);
    const after = await reopen(folder, Buffer.from(file).fill(0, last.end - 1));
    expect(after.warnings).toEqual([last.offset]);
    expect(after.file.equals(file.subarray(0, last.offset))).toBe(true);
  });

  it('may be nothing but a hole', async () => {
    const { folder, file } = await writtenFolder(2);
    const after = await reopen(folder, Buffer.concat([file, Buffer.alloc(4096)]));
    expect(after.warnings).toEqual([file.length]);
    expect(after.file.equals(file)).toBe(true);
  });

  it('leaves the folder as it is when it cannot be cut off', async () => {
    const { folder, file, lines } = await writtenFolder(2);
    const torn = file.subarray(0, -3);
    await writeFile(logPath(folder), torn);
    const disk = new TestDisk();
    disk.failAt('truncate', new Error('read-only'));
    await expect(openAt(folder, { openFile: disk.open })).rejects.toThrow('read-only');
    expect(disk.openFiles).toBe(0);
    expect((await readLogFile(folder)).equals(torn)).toBe(true);
    const after = await reopen(folder, torn);
    expect(after.warnings).toEqual([lineAt(lines, -1).offset]);
  });
});
