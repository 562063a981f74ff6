import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BadFile, eventLine, footerOf, HEADER } from '../../../src/cli/moving/format.js';
import { fill, NOW, textOf, type Line } from './held-log.js';

const RENAMED = {
  aggregateType: 'User',
  aggregateId: 'ada',
  type: 'UserRenamed',
  data: { name: 'Ada' },
};
const AT_NINE = { ...RENAMED, recordedAt: '2026-01-01T09:00:00Z' };

async function problemWith(file: string | Buffer, held = ''): Promise<string> {
  const { added } = held === '' ? { added: [] } : await fill(held);
  const failing = fill(file, added);
  await expect(failing).rejects.toThrow(BadFile);
  return failing.then(
    () => '',
    ({ message }: BadFile) => message,
  );
}

describe('a line written by hand', () => {
  it('leaves out what can be made', async () => {
    const { added } = await fill(textOf([AT_NINE, RENAMED, { ...RENAMED, aggregateId: 'bob' }]));
    const nothing = {
      actor: null,
      causationId: null,
      commandId: null,
      commandDigest: null,
      traceparent: null,
    };
    const made = {
      ...RENAMED,
      ...nothing,
      recordedAt: '2026-01-01T09:00:00.000Z',
      schemaVersion: 1,
    };
    expect(added).toEqual([
      { ...made, position: 1, version: 1, id: 'made-1', correlationId: 'made-2' },
      { ...made, position: 2, version: 2, id: 'made-3', correlationId: 'made-4' },
      {
        ...made,
        aggregateId: 'bob',
        position: 3,
        version: 1,
        id: 'made-5',
        correlationId: 'made-6',
      },
    ]);
  });

  it('bears the time of the import when nothing says another', async () => {
    const { added } = await fill(textOf([RENAMED]));
    expect(added).toMatchObject([{ recordedAt: new Date(NOW).toISOString() }]);
  });

  it('keeps all that it says', async () => {
    const said = {
      ...AT_NINE,
      id: 'e1',
      position: 1,
      version: 1,
      actor: 'ann',
      correlationId: 'r1',
      causationId: 'c1',
      commandId: 'k1',
      commandDigest: 'd1',
      traceparent: 't1',
      schemaVersion: 1,
      recordedAt: '2026-01-01T10:00:00.123456+01:00',
    };
    const { added } = await fill(textOf([said]));
    expect(added).toEqual([{ ...said, recordedAt: '2026-01-01T09:00:00.123Z' }]);
  });

  it('may stand behind a byte order mark, between empty lines, with carriage returns', async () => {
    const file = `\ufeff${JSON.stringify(AT_NINE)}\r\n\r\n\n${JSON.stringify(RENAMED)}`;
    expect((await fill(file)).added).toHaveLength(2);
  });

  it('is counted when this build has no meaning for it', async () => {
    const { added, filling } = await fill(
      textOf([
        { ...AT_NINE, type: 'UserFlew' },
        { ...RENAMED, type: 'UserFlew' },
        { ...RENAMED, schemaVersion: 7 },
        { ...RENAMED, aggregateType: 'Order', type: 'toString' },
        RENAMED,
      ]),
    );
    expect(added).toHaveLength(5);
    expect(Object.fromEntries(filling.unknown)).toEqual({
      'User/UserFlew': 2,
      'User/UserRenamed': 1,
      'Order/toString': 1,
    });
  });

  it('may be of a command that led to several events', async () => {
    const mine = { ...AT_NINE, commandId: 'k', correlationId: 'r' };
    const { added } = await fill(textOf([mine, mine, { ...mine, commandId: 'l' }]));
    expect(added.map(({ commandId }) => commandId)).toEqual(['k', 'k', 'l']);
  });
});

const deep = JSON.stringify({ ...AT_NINE, data: {} }).replace(
  '{}',
  `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
);
const without = (key: string): Line => ({ ...AT_NINE, [key]: undefined });
const given = (key: string, value: unknown): Line => ({ ...AT_NINE, [key]: value });

const BAD: readonly (readonly [string, Line, string])[] = [
  ['no JSON', 'ada', 'it is not a JSON object.'],
  ['a list', '[]', 'it is not a JSON object.'],
  ['null', 'null', 'it is not a JSON object.'],
  ['half a line', '{"aggregateType":"Us', 'it is not a JSON object.'],
  ['a key that there is not', given('recordedat', 1), 'there is no such thing as "recordedat".'],
  ['no type of aggregates', without('aggregateType'), 'aggregateType is missing.'],
  ['no id of an aggregate', without('aggregateId'), 'aggregateId is missing.'],
  ['no type', without('type'), 'type is missing.'],
  ['no data', without('data'), 'data is missing.'],
  ['data that is a list', given('data', [1]), 'data must be an object.'],
  ['data too deep', deep, 'data is nested more than 200 times.'],
  [
    'a number too large',
    JSON.stringify(AT_NINE).replace('"Ada"', '1e999'),
    'data holds a number that is too large.',
  ],
  [
    'a slash in a type',
    given('aggregateType', 'a/b'),
    'aggregateType must be 1 to 200 characters, without white space and slashes.',
  ],
  [
    'a control character',
    given('id', 'a\u0007'),
    'id must be 1 to 200 characters, without control characters.',
  ],
  [
    'half a character',
    given('actor', '\ud800'),
    'actor must be 1 to 200 characters, without control characters.',
  ],
  [
    'a number for a name',
    given('commandId', 5),
    'commandId must be 1 to 200 characters, without control characters.',
  ],
  [
    'an id of null',
    given('id', null),
    'id must be 1 to 200 characters, without control characters.',
  ],
  ['a fraction of a version', given('version', 1.5), 'version must be a whole number from 1.'],
  ['position 0', given('position', 0), 'position must be a whole number from 1.'],
  ['schema version 0', given('schemaVersion', 0), 'schemaVersion must be a whole number from 1.'],
  [
    'a day without a time',
    given('recordedAt', '2026-01-01'),
    'recordedAt must be a time as RFC 3339 has it, such as 2026-01-31T12:00:00.000Z.',
  ],
  [
    '30 February',
    given('recordedAt', '2026-02-30T00:00:00Z'),
    'recordedAt must be a time as RFC 3339 has it, such as 2026-01-31T12:00:00.000Z.',
  ],
  [
    'milliseconds',
    given('recordedAt', NOW),
    'recordedAt must be a time as RFC 3339 has it, such as 2026-01-31T12:00:00.000Z.',
  ],
  [
    'an earlier time',
    given('recordedAt', '2026-01-01T08:59:59.999Z'),
    'recordedAt 2026-01-01T08:59:59.999Z is earlier than 2026-01-01T09:00:00.000Z, of the event before it.',
  ],
  [
    'a time to come',
    given('recordedAt', '2026-06-01T00:00:00.001Z'),
    'recordedAt 2026-06-01T00:00:00.001Z is still to come.',
  ],
  ['a gap', given('position', 4), 'position is 4, but the next one is 3.'],
  ['a place again', given('position', 2), 'position is 2, but the next one is 3.'],
  ['a version too far', given('version', 4), 'version of User ada is 4, but the next one is 3.'],
  ['the id of another', given('id', 'e2'), 'the id e2 is that of an event before it.'],
  [
    'the commandId of another',
    given('commandId', 'k'),
    'the commandId k is that of an event before it, and this is not of the same commit.',
  ],
  [
    'a type of several forms without one',
    given('type', 'UserCreated'),
    'schemaVersion is missing, and UserCreated has had 2 forms: say which this is.',
  ],
  [
    'a newer export',
    { hindsight: 'log', format: 2 },
    'this build does not know this form of export; a newer one may.',
  ],
  [
    'a second export',
    { hindsight: 'log', format: 1 },
    'an export begins here; one file holds one log.',
  ],
];

describe('a bad line', () => {
  it.each(BAD)('is named with its number: %s', async (_, line, problem) => {
    const good = [
      { ...AT_NINE, commandId: 'k', id: 'e1' },
      { ...AT_NINE, id: 'e2' },
    ];
    expect(await problemWith(textOf([...good, line, RENAMED]))).toBe(`line 3: ${problem}`);
  });

  it('is named where it is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from(textOf([AT_NINE])), Buffer.from([0x22, 0xff, 0x0a])]);
    expect(await problemWith(bytes)).toBe('line 2: The line is not UTF-8.');
  });
});

/** An export of three events. */
async function exported(): Promise<readonly string[]> {
  const { added } = await fill(textOf([AT_NINE, RENAMED, RENAMED]));
  const lines = [HEADER, ...added.map(eventLine)];
  const digest = createHash('sha256').update(lines.join('')).digest('hex');
  return [...lines, footerOf(3, digest)];
}

describe('an export', () => {
  it('is read as it was written', async () => {
    const lines = await exported();
    const { added } = await fill(lines.join(''));
    expect(added.map(eventLine)).toEqual(lines.slice(1, -1));
  });

  it('is noticed when it was cut anywhere', async () => {
    const whole = (await exported()).join('');
    for (let length = 0; length < whole.length - 1; length += 7) {
      expect(await problemWith(whole.slice(0, length))).toMatch(
        /^(?:it was cut|it is empty|line \d: it is not a JSON object)/,
      );
    }
    // Without its last newline it is whole.
    expect((await fill(whole.slice(0, -1))).added).toHaveLength(3);
  });

  it('is noticed when a single character was changed', async () => {
    const whole = (await exported()).join('');
    for (let at = 0; at < whole.length; at += 11) {
      const other = whole[at] === 'x' ? 'y' : 'x';
      const changed = `${whole.slice(0, at)}${other}${whole.slice(at + 1)}`;
      await expect(fill(changed), `at ${at}`).rejects.toThrow(BadFile);
    }
  });

  it.each([
    ['an event less', (lines: readonly string[]) => lines.toSpliced(3, 1)],
    ['its first line less', (lines: readonly string[]) => lines.slice(1)],
    ['an event behind its end', (lines: readonly string[]) => [...lines, lines[1] ?? '']],
    ['another export behind it', (lines: readonly string[]) => [...lines, ...lines]],
  ])('is refused with %s', async (_, change) => {
    await expect(fill(change(await exported()).join(''))).rejects.toThrow(BadFile);
  });
});

describe('a file that is brought behind a log', () => {
  const three = textOf([{ ...AT_NINE, id: 'e1', commandId: 'k' }, RENAMED, RENAMED]);

  it('goes on where that ends', async () => {
    const { added: held } = await fill(three);
    const { added } = await fill(textOf([RENAMED, { ...RENAMED, position: 5 }]), held);
    expect(added).toMatchObject([
      { position: 4, version: 4, recordedAt: '2026-01-01T09:00:00.000Z' },
      { position: 5, version: 5 },
    ]);
  });

  it('passes over what the log has, from wherever it begins', async () => {
    const { added: held } = await fill(three);
    for (const from of [0, 1, 2, 3]) {
      const lines = held.slice(from).map(eventLine).join('');
      const { added, filling } = await fill(`${lines}${textOf([RENAMED])}`, held);
      expect(filling.same).toBe(3 - from);
      expect(added).toMatchObject([{ position: 4, version: 4 }]);
    }
  });

  it('may be shorter than the log', async () => {
    const { added: held } = await fill(three);
    const { added, filling } = await fill(held.slice(0, 2).map(eventLine).join(''), held);
    expect([added.length, filling.same]).toEqual([0, 2]);
  });

  it('may hold the old form of what the log shows in its present one', async () => {
    const created = {
      ...AT_NINE,
      position: 1,
      type: 'UserCreated',
      schemaVersion: 1,
      data: { name: 'Ada', email: null },
    };
    const present = { ...created, schemaVersion: 2, data: { ...created.data, status: 'active' } };
    const { added: held } = await fill(textOf([present]));
    expect((await fill(textOf([created]), held)).filling.same).toBe(1);
  });

  it.each([
    [
      'another event',
      { ...AT_NINE, position: 1, data: { name: 'Eve' } },
      /another event at pos.* 1/,
    ],
    ['another actor', { ...AT_NINE, position: 3, actor: 'eve' }, /another event at position 3/],
    ['a gap', { ...AT_NINE, position: 5 }, /position is 5, but the next one is 4/],
    ['an earlier time', { ...RENAMED, recordedAt: '2020-01-01T00:00:00Z' }, /is earlier than/],
    ['an old id', { ...RENAMED, id: 'e1' }, /the id e1/],
    ['an old command', { ...RENAMED, commandId: 'k' }, /the commandId k/],
    ['an old version', { ...RENAMED, version: 3 }, /version of User ada is 3, .* is 4/],
  ])('is refused with %s', async (_, line, problem) => {
    expect(await problemWith(textOf([line]), three)).toMatch(problem);
  });

  it('never goes on with the last command of the log', async () => {
    const mine = { ...AT_NINE, commandId: 'k', correlationId: 'r' };
    const held = textOf([{ ...mine, id: 'e1' }]);
    expect(await problemWith(textOf([mine]), held)).toMatch(/the commandId k/);
  });
});
