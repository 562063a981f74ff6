import { describe, expect, it } from 'vitest';
import { command, query, talk } from './talk.js';

const LIFE = [
  command('CreateUser', { id: 'u1', name: 'John' }),
  command('CreateUser', { id: 'u2', name: 'Jane' }),
  command('RenameUser', { id: 'u1', name: 'Jon' }, 1),
  command('ChangeUserEmail', { id: 'u1', email: 'j@example.org' }, 2),
  command('DeactivateUser', { id: 'u1' }, 3),
];

/** The replies to questions about u1, whose life has four events, and u2. */
async function asked(...questions: readonly unknown[]): Promise<unknown[]> {
  return (await talk(...LIFE, ...questions)).slice(LIFE.length);
}

const atVersion = (version: unknown, more: object = {}) =>
  query('GetUserAtVersion', { userId: 'u1', version, ...more });
const diff = (from: unknown, to?: unknown, userId = 'u1') =>
  query('GetUserDiff', { userId, from, to });

const NAME = { field: 'name', from: 'John', to: 'Jon' };
const EMAIL = { field: 'email', from: null, to: 'j@example.org' };
const LEFT = { field: 'status', from: 'ACTIVE', to: 'DEACTIVATED' };
const FUTURE = { timestamp: '2999-01-01T00:00:00+02:00' };
const PAST = { timestamp: '1999-01-01T00:00:00Z' };

describe('GetUserAtVersion', () => {
  it('is the user after so many of its events, and says after how many', async () => {
    const replies = await asked(atVersion(1), atVersion(3), atVersion(4, { meta: true }));
    expect(JSON.stringify(replies[0])).toBe(
      '{"type":"query_result","in_reply_to":8,"data":{"id":"u1","name":"John","at_version":1}}',
    );
    expect(replies.slice(1)).toMatchObject([
      { data: { name: 'Jon', email: 'j@example.org', at_version: 3 } },
      { data: { status: 'deactivated', at_version: 4, version: 4, updatedAt: expect.any(String) } },
    ]);
  });

  it('is null before the first', async () => {
    const replies = await asked(
      atVersion(0),
      query('GetUserAtVersion', { userId: 'nobody', version: 0 }),
    );
    expect(replies).toMatchObject([{ data: null }, { data: null }]);
  });

  it('is an error beyond the last, which names it', async () => {
    const error = { type: 'error', in_reply_to: 8, code: 12 };
    expect(
      await asked(atVersion(5), query('GetUserAtVersion', { userId: 'nobody', version: 1 })),
    ).toEqual([
      { ...error, text: 'There is no version 5 yet; the highest is 4.' },
      { ...error, text: 'There is no version 1 yet; the highest is 0.' },
    ]);
  });

  it.each([[-1], [1.5], ['1'], [null], [undefined]])('takes no %j as version', async (version) => {
    const [reply] = await asked(atVersion(version));
    expect(reply).toEqual({
      type: 'error',
      in_reply_to: 8,
      code: 12,
      text: expect.stringMatching(/^version: /),
    });
  });
});

describe('GetUserDiff', () => {
  it('takes versions, positions and times, and mixes them', async () => {
    const replies = await asked(
      diff({ version: 1 }, { version: 2 }),
      diff({ position: 1 }, { position: 4 }),
      diff({ position: 2 }, { position: 3 }),
      diff({ version: 1 }, FUTURE),
      diff({ version: 2 }, { position: 5 }),
      diff({ version: 2 }, { version: 1 }),
      diff(FUTURE, { version: 4 }),
    );
    expect(replies).toMatchObject(
      [
        [NAME],
        [NAME, EMAIL],
        [NAME],
        [NAME, EMAIL, LEFT],
        [EMAIL, LEFT],
        [{ field: 'name', from: 'Jon', to: 'John' }],
        [],
      ].map((data) => ({ type: 'query_result', in_reply_to: 8, data })),
    );
  });

  it('compares with now when the other moment is left out', async () => {
    const [reply] = await asked(diff({ version: 2 }));
    expect(reply).toMatchObject({ data: [EMAIL, LEFT] });
  });

  it('says of a user to be that nothing had a value', async () => {
    const created = [
      { field: 'name', from: null, to: 'John' },
      { field: 'status', from: null, to: 'ACTIVE' },
    ];
    const to = { version: 1 };
    const replies = await asked(
      diff({ version: 0 }, to),
      diff({ position: 0 }, to),
      diff(PAST, to),
    );
    expect(replies).toMatchObject(replies.map(() => ({ data: created })));
  });

  it('is null for nobody', async () => {
    const [reply] = await asked(diff({ version: 0 }, undefined, 'nobody'));
    expect(reply).toMatchObject({ type: 'query_result', data: null });
  });

  it('is an error beyond the end, which names it', async () => {
    const error = { type: 'error', in_reply_to: 8, code: 12 };
    expect(await asked(diff({ version: 5 }), diff({ version: 1 }, { position: 6 }))).toEqual([
      { ...error, text: 'There is no version 5 yet; the highest is 4.' },
      { ...error, text: 'There is no position 6 yet; the highest is 5.' },
    ]);
  });

  it.each([
    ['none', undefined],
    ['an empty one', {}],
    ['two in one', { version: 1, position: 1 }],
    ['another kind', { at: PAST.timestamp }],
    ['a version below 0', { version: -1 }],
    ['a version in words', { version: '1' }],
    ['a position as text', { position: '1' }],
    ['half a position', { position: 1.5 }],
    ['a time without a zone', { timestamp: '2026-01-01T00:00:00' }],
    ['a time that is a number', { timestamp: 0 }],
    ['a bare version', 1],
  ])('says that it wants a moment, not %s, as from', async (_, wrong) => {
    const [reply] = await asked(diff(wrong));
    expect(reply).toEqual({
      type: 'error',
      in_reply_to: 8,
      code: 12,
      text: expect.stringMatching(/^from/),
    });
  });

  it('says that it wants a moment as to', async () => {
    const error = { code: 12, text: 'to: must be one of timestamp, version and position' };
    expect(await asked(diff({ version: 1 }, {}))).toMatchObject([error]);
  });
});
