import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../support/temp-folder.js';
import { SOUND, tell, toldOf, verifyOf, verifyWhileWriting } from './history.js';

const place = async () => tell({ STORE: 'lowdb', DATA_DIR: await tempFolder() });
const logOf = ({ DATA_DIR }: { DATA_DIR: string }) => join(DATA_DIR, 'log.jsonl');

type Stored = Record<string, unknown> & { events: Record<string, unknown>[] };

/** A line with another content, and the checksum that goes with it. */
function changed(line: string, change: (stored: Stored) => object): string {
  const { crc: _, ...stored } = JSON.parse(line);
  const body = JSON.stringify({ ...stored, ...change(stored) }).slice(1);
  return `{"crc":"${crc32(body).toString(16).padStart(8, '0')}",${body}`;
}

const ofEvent = (change: object) => (line: string) =>
  changed(line, ({ events }) => ({ events: events.map((event) => ({ ...event, ...change })) }));
const ofLine = (change: object) => (line: string) => changed(line, () => change);

/** What a fault is planted with: the lines, and how one of them (from 1) is changed. */
type Plant = (lines: string[]) => string[];
const at =
  (number: number, change: (line: string) => string): Plant =>
  (lines) =>
    lines.with(number - 1, change(lines[number - 1] ?? ''));

const both =
  (...plants: Plant[]): Plant =>
  (lines) =>
    plants.reduce((so, plant) => plant(so), lines);

const FAULTS: readonly (readonly [name: string, plant: Plant, ...told: string[]])[] = [
  [
    'a checksum',
    at(4, (line) => line.replace('bob@', 'rob@')),
    '@4: damage: the line there is not the one that was written.',
  ],
  [
    'two lines beside each other that cannot be read',
    both(
      at(3, (line) => line.replace('Ada', 'Bda')),
      at(4, () => 'not a line'),
    ),
    '@3: damage: the line there is not the one that was written.',
    '@4: damage: the line there is not the one that was written.',
  ],
  [
    'a line with the right checksum that is no commit',
    at(2, () => changed('{}', () => ({ position: 'two', events: [] }))),
    '@2: damage: the line there is not the one that was written.',
  ],
  [
    'a gap in the positions',
    (lines) => lines.toSpliced(2, 1),
    '@3, position 4: position: positions from 3 on are missing before it.',
  ],
  [
    'a line that is there twice',
    (lines) => lines.toSpliced(3, 0, lines[2] ?? ''),
    '@4, position 3: position: it comes after position 3.',
  ],
  [
    'two lines that changed places',
    (lines) => lines.toSpliced(2, 2, lines[3] ?? '', lines[2] ?? ''),
    '@3, position 4: position: positions from 3 on are missing before it.',
    '@4, position 3: position: it comes after position 4.',
  ],
  [
    'a gap in the versions',
    at(6, ofLine({ version: 5 })),
    '@6, position 6: version: it is version 5 of User/ada, where 3 is the next.',
  ],
  [
    'a version that was there before',
    at(6, ofLine({ version: 2 })),
    '@6, position 6: version: it is version 2 of User/ada, where 3 is the next.',
  ],
  [
    'time going back',
    at(4, ofLine({ recordedAt: '2025-12-31T00:00:00.000Z' })),
    '@4, position 4: time: it was recorded at 2025-12-31T00:00:00.000Z, and the event before it at 2026-01-01T00:03:00.000Z.',
  ],
  [
    'what is no time',
    at(4, ofLine({ recordedAt: 'noon' })),
    '@4, position 4: time: it was recorded at "noon", which is no time.',
  ],
  [
    'the id of another event',
    at(5, ofEvent({ id: 'event-2' })),
    '@5, position 5: event id: its id event-2 is that of an event before it.',
  ],
  [
    'the commandId of another commit',
    both(at(2, ofLine({ commandId: 'k1' })), at(5, ofLine({ commandId: 'k1' }))),
    '@5, position 5: command id: its commandId k1 is that of a commit before it.',
  ],
  [
    'a type that is unknown',
    at(3, ofEvent({ type: 'UserKnighted' })),
    '@3, position 3: unknown event: this build knows no UserKnighted of User.',
  ],
  [
    'a schema version that is too new',
    at(5, ofEvent({ schema: 9 })),
    '@5, position 5: unknown event: UserCreated has schema version 9, and this build knows 2.',
  ],
  [
    'a schema version that there is not',
    at(5, ofEvent({ schema: 0 })),
    '@5, position 5: unreadable event: UserCreated has schema version 0, which there is not.',
  ],
  [
    'data that cannot be folded',
    at(5, ofEvent({ data: { name: 'eve', email: 5, status: 'active' } })),
    '@5, position 5: unreadable event: User/eve cannot be folded beyond it (value.toLowerCase is not a function).',
  ],
  [
    'a key that another holds',
    at(5, ofEvent({ data: { name: 'eve', email: 'ADA@example.org', status: 'active' } })),
    '@5, position 5: claim: User/eve claims email:ada@example.org, which User/ada holds since position 1.',
  ],
];

describe('the verification of a folder', () => {
  it('finds nothing in a sound log', async () => {
    expect(await verifyOf(await place())).toEqual({ faults: 0, lines: [SOUND], notes: [] });
  });

  const cases = FAULTS.map(([name, plant, ...told]) => ({ name, plant, told }));
  it.each(cases)('names $name, and nothing else, and changes nothing', async ({ plant, told }) => {
    const settings = await place();
    const log = logOf(settings);
    const lines = plant((await readFile(log, 'utf8')).trimEnd().split('\n'));
    const file = lines.map((line) => `${line}\n`);
    await writeFile(log, file.join(''));
    const byteOf = (number: number) => Buffer.byteLength(file.slice(0, number - 1).join(''));
    const expected = told.map((line) => line.replace(/^@(\d)/, (__, n) => `byte ${byteOf(+n)}`));
    expect(await verifyOf(settings)).toEqual(toldOf(expected));
    expect(await readFile(log, 'utf8')).toBe(file.join(''));
    expect((await readdir(settings.DATA_DIR)).toSorted()).toEqual(['hindsight.json', 'log.jsonl']);
  });

  it('says of which events it looked at the outside alone', async () => {
    const settings = await place();
    const lines = (await readFile(logOf(settings), 'utf8')).trimEnd().split('\n');
    const odd = at(5, ofLine({ aggregateType: 'Order' }))(lines);
    await writeFile(logOf(settings), `${odd.join('\n')}\n`);
    expect(await verifyOf(settings)).toEqual({
      faults: 0,
      lines: [SOUND],
      notes: [
        'This build does not know the type Order: what its events say was not looked at (1 of them).',
      ],
    });
  });

  it('tells of a last write that is not whole, which is no fault, and leaves it there', async () => {
    const settings = await place();
    const before = await readFile(logOf(settings), 'utf8');
    await appendFile(logOf(settings), '{"crc":"0123');
    expect(await verifyOf(settings)).toEqual({
      faults: 0,
      lines: [SOUND],
      notes: [
        `The last write, at byte ${before.length}, is not whole: a crash cut it short, or it is still under way. It was never acknowledged.`,
      ],
    });
    expect(await readFile(logOf(settings), 'utf8')).toBe(`${before}{"crc":"0123`);
  });

  it('tells of many faults in one run, of one kind no more than twenty by themselves', async () => {
    const settings = await place();
    const lines = (await readFile(logOf(settings), 'utf8')).trimEnd().split('\n');
    const many = Array.from({ length: 30 }, () => 'not a line');
    const odd = [...lines.slice(0, 3), ...many, ...at(5, ofEvent({ schema: 9 }))(lines).slice(3)];
    await writeFile(logOf(settings), `${odd.join('\n')}\n`);
    const { faults, lines: told } = await verifyOf(settings);
    expect(faults).toBe(31);
    expect(told).toHaveLength(23);
    expect(told.slice(20)).toEqual([
      expect.stringMatching(/position 5: unknown event: /),
      'And 10 more: damage.',
      '6 events, 3 streams: 31 faults.',
    ]);
  });

  it('sees one moment of a folder that a server writes to', async () => {
    expect(await verifyWhileWriting(await place())).toEqual([]);
  });
});
