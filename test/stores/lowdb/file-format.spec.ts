import { appendFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { decodeLine } from '../../../src/stores/lowdb/line.js';
import { readLog } from '../../../src/stores/lowdb/read-log.js';
import { tempFolder } from '../../support/temp-folder.js';
import { append, commitOf, readAll } from '../commits.js';
import {
  closed,
  linesOf,
  lineAt,
  logPath,
  openAt,
  readLogFile,
  writtenFolder,
} from './log-folder.js';

const withoutNewline = (bytes: Buffer): Buffer => bytes.subarray(0, -1);

/** A file as reads would bring it that end at these places. */
async function* pieces(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  for (const [index, from] of places.entries()) yield bytes.subarray(from, places[index + 1]);
}

describe('the log file', () => {
  it('holds a commit by the time that it is acknowledged', async () => {
    const folder = await tempFolder();
    const store = await openAt(folder);
    for (let version = 0; version < 6; version += 2) {
      const events = await append(store, commitOf('a', version, { n: 1 }, { text: 'é\n🦊' }));
      const line = lineAt(linesOf(await readLogFile(folder)), -1);
      expect(decodeLine(withoutNewline(line.bytes))?.commit).toEqual(events);
    }
    await store.close();
  });

  it('holds one line of JSON for each commit, each ended by a newline', async () => {
    const folder = await tempFolder();
    const store = await openAt(folder);
    const text = 'two\nlines\r\n\u2028 and \u0000';
    await append(store, commitOf('a', 0, { text }, { text }));
    await append(store, commitOf('b', 0, { n: 1 }));
    const { lines, file } = await closed(folder, store);
    expect(file.at(-1)).toBe(0x0a);
    expect(lines.map((line) => JSON.parse(line.bytes.toString('utf8')))).toMatchObject([
      {
        position: 1,
        version: 1,
        aggregateId: 'a',
        events: [{ data: { text } }, { data: { text } }],
      },
      { position: 3, version: 1, aggregateId: 'b', events: [{ data: { n: 1 } }] },
    ]);
  });

  it('only ever grows: what was there stays, byte for byte', async () => {
    const folder = await tempFolder();
    let before: Buffer = Buffer.alloc(0);
    const expectGrown = async () => {
      const now = await readLogFile(folder);
      expect(now.subarray(0, before.length).equals(before)).toBe(true);
      before = now;
    };
    for (let round = 0; round < 3; round += 1) {
      const store = await openAt(folder);
      await expectGrown();
      for (let n = 0; n < 5; n += 1) {
        await append(store, commitOf('a', round * 5 + n, { n }));
        await store.append(commitOf('a', 0, {}));
        await expectGrown();
      }
      await store.close();
      await expectGrown();
    }
    expect(linesOf(before)).toHaveLength(15);
  });

  it('is not touched by commands that conflict', async () => {
    const { folder, file } = await writtenFolder(2);
    const store = await openAt(folder);
    expect(await store.append(commitOf('a', 1, {}))).toMatchObject({ outcome: 'conflict' });
    await store.close();
    expect((await readLogFile(folder)).equals(file)).toBe(true);
  });

  it('is read back whole with lines longer than one read of the file', async () => {
    const folder = await tempFolder();
    const store = await openAt(folder);
    const long = 'aé漢🦊'.repeat(300_000);
    await append(store, commitOf('a', 0, { long }));
    await append(store, commitOf('a', 1, { n: 1 }));
    const { events } = await closed(folder, store);
    const reopened = await openAt(folder);
    expect(JSON.stringify(await readAll(reopened)) === JSON.stringify(events)).toBe(true);
    await reopened.close();
  });

  it('is read the same however the reads cut it into pieces', async () => {
    const { file, events } = await writtenFolder(4);
    const torn = file.subarray(0, -5);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(torn.length), { maxLength: 12 }), async (cuts) => {
        const whole = await readLog(pieces(file, cuts));
        const commits = events.map((event) => [event]);
        expect(whole).toEqual({ commits, head: 4, length: file.length, tornAt: null });
        expect(await readLog(pieces(torn, cuts))).toMatchObject({
          head: 3,
          length: lineAt(linesOf(file), 3).offset,
          tornAt: lineAt(linesOf(file), 3).offset,
        });
      }),
    );
  });

  it('takes no foreign line for one of its own', async () => {
    const { folder, file } = await writtenFolder(1);
    await appendFile(logPath(folder), '{"position":2}\n');
    await expect(openAt(folder)).rejects.toThrow(`at byte ${file.length}:`);
  });
});
