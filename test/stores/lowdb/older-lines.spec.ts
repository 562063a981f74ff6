import { writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { positionOf, type Metadata } from '../../../src/core/event.js';
import { timestampOf } from '../../../src/core/time.js';
import { decodeLine, encodeLine } from '../../../src/stores/lowdb/line.js';
import { record } from '../../../src/stores/record.js';
import { METADATA } from '../../support/metadata.js';
import { tempFolder } from '../../support/temp-folder.js';
import { append, commitOf, named, readAll } from '../commits.js';
import { guestOf, isTaken, leaving, SEATS, taking, takingOnce } from '../seats.js';
import {
  closed,
  lineAt,
  linesOf,
  logPath,
  openAt,
  readLogFile,
  writtenFolder,
} from './log-folder.js';

const NOON = Date.parse('2026-01-31T12:00:00.000Z');

/** A line as the first builds wrote it: of what came later it says nothing. */
function olderLine(position: number, guest: string, version: number, ...seats: string[]): string {
  const body = JSON.stringify({
    position,
    version,
    flushed: position - 1,
    aggregateType: 'guest',
    aggregateId: guest,
    recordedAt: timestampOf(NOON + position),
    actor: 'ann',
    correlationId: 'older',
    causationId: null,
    events: seats.map((seat, index) => ({
      id: `e${position + index}`,
      type: 'SeatsTaken',
      data: { seat },
    })),
  }).slice(1);
  return `{"crc":"${crc32(body).toString(16).padStart(8, '0')}",${body}\n`;
}

/** A folder with the log of an older build: three events in two commits. */
async function olderFolder() {
  const { folder } = await writtenFolder(0);
  const file = Buffer.from(olderLine(1, 'ann', 1, 's1', 's2') + olderLine(3, 'bob', 1, 's3'));
  await writeFile(logPath(folder), file);
  return { folder, file };
}

describe('a log of an older build', () => {
  it('is read with schema version 1, and with null for what it does not say', async () => {
    const { folder, file } = await olderFolder();
    const store = await openAt(folder);
    const said = { actor: 'ann', correlationId: 'older', causationId: null };
    const unsaid = { commandId: null, commandDigest: null, traceparent: null, schemaVersion: 1 };
    const expected = ['s1', 's2', 's3'].map((seat, index) => ({
      ...said,
      ...unsaid,
      id: `e${index + 1}`,
      position: index + 1,
      aggregateType: 'guest',
      aggregateId: seat === 's3' ? 'bob' : 'ann',
      version: seat === 's2' ? 2 : 1,
      recordedAt: timestampOf(NOON + (seat === 's3' ? 3 : 1)),
      type: 'SeatsTaken',
      data: { seat },
    }));
    expect(await readAll(store)).toStrictEqual(expected);
    expect((await closed(folder, store)).file.equals(file)).toBe(true);
  });

  it('is brought up as it is read, and what it claimed is held', async () => {
    const { folder } = await olderFolder();
    const store = await openAt(folder, { vocabulary: SEATS });
    expect(await store.readStream(guestOf('ann'))).toMatchObject([
      { id: 'e1', version: 1, schemaVersion: 2, data: { seats: ['s1'] } },
      { id: 'e2', version: 2, schemaVersion: 2, data: { seats: ['s2'] } },
    ]);
    const taken = ['s1', 's2', 's3', 's4'].map((seat) => isTaken(store, seat));
    expect(await Promise.all(taken)).toEqual([true, true, true, false]);
    await store.close();
  });

  it('keeps its bytes: opening, reading and appending only add to them', async () => {
    const { folder, file } = await olderFolder();
    let before: Buffer = file;
    for (const version of [2, 3, 4]) {
      const store = await openAt(folder, { vocabulary: SEATS });
      await readAll(store);
      await store.readStream(guestOf('ann'));
      await store.headAt(timestampOf(NOON));
      expect((await readLogFile(folder)).equals(before)).toBe(true);
      await append(store, named(`c${version}`, taking('ann', version, `s${version + 2}`)));
      await store.append(named(`c${version}`, taking('ann', 0, 's1')));
      await store.forecast(taking('bob', 1, 's9'));
      const after = (await closed(folder, store)).file;
      expect(after.subarray(0, before.length).equals(before)).toBe(true);
      expect(linesOf(after)).toHaveLength(linesOf(before).length + 1);
      before = after;
    }
    const last = JSON.parse(lineAt(linesOf(before), -1).bytes.toString('utf8'));
    expect(last).toMatchObject({ commandId: 'c4', events: [{ schema: 2 }] });
  });

  it.each([
    ['ann', 'bob', 'eve'],
    ['ann', 'eve', 'bob'],
    ['bob', 'ann', 'eve'],
    ['bob', 'eve', 'ann'],
    ['eve', 'ann', 'bob'],
    ['eve', 'bob', 'ann'],
  ])('has a key that three hold free when %s, %s and %s have left it', async (...leavers) => {
    const folder = await tempFolder();
    const older = await openAt(folder);
    for (const guest of ['ann', 'bob', 'eve']) await append(older, takingOnce(guest, 0, 's1'));
    await older.close();
    const store = await openAt(folder, { vocabulary: SEATS });
    for (const guest of leavers) {
      expect(await isTaken(store, 's1')).toBe(true);
      await append(store, leaving(guest, 1, 's1'));
    }
    expect(await isTaken(store, 's1')).toBe(false);
    await store.close();
  });

  it('has its commands told apart: no two of them without an id are the same', async () => {
    const { folder } = await olderFolder();
    const store = await openAt(folder, { vocabulary: SEATS });
    for (const unknown of ['', 'null', 'undefined']) {
      expect(await store.readCommand(unknown)).toEqual([]);
    }
    expect(await store.append(named(null, taking('bob', 1, 's4')))).toMatchObject({
      outcome: 'appended',
      position: 4,
    });
    await store.close();
  });
});

/** Any text, halves of surrogate pairs included. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
    .map((units) => String.fromCharCode(...units)),
  fc.constantFrom('', 'null', '"', '\n', '\ud800', '\u2028', '__proto__'),
);
const perhaps = fc.option(text, { nil: null });

const metadata: fc.Arbitrary<Metadata> = fc.record({
  actor: perhaps,
  correlationId: text,
  causationId: perhaps,
  commandId: perhaps,
  commandDigest: perhaps,
  traceparent: perhaps,
});

const versions = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 });

describe('a line of the log', () => {
  it('gives back all that is known of a commit, whatever it is', () => {
    const places = fc.record({ position: fc.nat(1e9), version: fc.nat(1e6) });
    fc.assert(
      fc.property(text, metadata, versions, places, (id, known, schemas, { position, version }) => {
        const events = schemas.map((schemaVersion, n) => ({
          id: `${id}${n}`,
          type: `T${n}`,
          schemaVersion,
          data: { text: id, n },
        }));
        const before = { position: positionOf(position), version };
        const commit = { ...commitOf(id, version), events, metadata: known };
        const recorded = record(commit, before, timestampOf(NOON));
        const line = Buffer.from(encodeLine(recorded, before.position));
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(decodeLine(line.subarray(0, -1))).toStrictEqual({
          commit: recorded,
          position: position + 1,
          flushed: position,
        });
      }),
      { numRuns: 300 },
    );
  });

  it('leaves out the id, the digest and the trace that a commit does not have', () => {
    const recorded = record(
      commitOf('a', 0, {}),
      { position: positionOf(0), version: 0 },
      timestampOf(NOON),
    );
    const line: object = JSON.parse(encodeLine(recorded, positionOf(0)));
    expect(METADATA).toMatchObject({ commandId: null, commandDigest: null, traceparent: null });
    for (const field of ['commandId', 'commandDigest', 'traceparent']) {
      expect(line).not.toHaveProperty(field);
    }
  });
});
