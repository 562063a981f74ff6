import { describe, expect, it } from 'vitest';
import { command, query, talk } from './talk.js';

const create = command('CreateUser', { id: 'u1', name: 'John' });
const rename = command('RenameUser', { id: 'u1', name: 'Jon' }, 1);

describe('commands on the node protocol', () => {
  it('are seen by the messages after them', async () => {
    const replies = await talk(create, rename, query('GetUser', { userId: 'u1' }));
    expect(replies).toEqual([
      expect.objectContaining({ success: true }),
      expect.objectContaining({
        success: true,
        events: [{ eventType: 'UserRenamed', aggregateId: 'u1' }],
      }),
      { type: 'query_result', in_reply_to: 8, data: { id: 'u1', name: 'Jon' } },
    ]);
  });

  it('are refused with both versions when theirs is stale', async () => {
    const [, , reply] = await talk(create, rename, rename);
    expect(reply).toEqual({
      type: 'command_result',
      in_reply_to: 7,
      success: false,
      events: [],
      error: {
        code: 'VERSION_CONFLICT',
        message: 'Expected version 1, but the actual version is 2.',
        expectedVersion: 1,
        actualVersion: 2,
        missed: [
          {
            eventType: 'UserRenamed',
            aggregateId: 'u1',
            version: 2,
            position: 2,
            recordedAt: expect.stringMatching(/Z$/),
            data: expect.objectContaining({ name: expect.any(String) }),
          },
        ],
      },
    });
  });

  it('are refused with the issues of wrong values, and with the code of the domain', async () => {
    const replies = await talk(
      command('CreateUser', { id: 'u1', name: 5 }),
      rename,
      create,
      create,
      command('RenameUser', { id: 'u1', name: 'Jon' }, -1),
    );
    expect(replies).toMatchObject([
      { error: { code: 'VALIDATION_FAILED', issues: [{ path: ['name'] }] } },
      { error: { code: 'NOT_FOUND' } },
      { success: true },
      { success: false, events: [], error: { code: 'ALREADY_EXISTS' } },
      { error: { code: 'VALIDATION_FAILED', issues: [{ path: ['expectedVersion'] }] } },
    ]);
  });
});

describe('queries on the node protocol', () => {
  it('leave out what is usual, and say more with meta', async () => {
    const [, , , user, withMeta] = await talk(
      create,
      command('ChangeUserEmail', { id: 'u1', email: 'j@example.org' }, 1),
      command('DeactivateUser', { id: 'u1' }, 2),
      query('GetUser', { userId: 'u1' }),
      query('GetUser', { userId: 'u1', meta: true }),
    );
    const data = { id: 'u1', name: 'John', email: 'j@example.org', status: 'deactivated' };
    expect(user).toEqual({ type: 'query_result', in_reply_to: 8, data });
    expect(withMeta).toMatchObject({
      data: { ...data, version: 3, createdAt: expect.any(String), updatedAt: expect.any(String) },
    });
  });

  it('ask for a user at a time, which is answered as it was given', async () => {
    const timestamp = '2999-01-01T00:00:00+02:00';
    const past = '1999-01-01T00:00:00Z';
    const [, then, before, nobody] = await talk(
      create,
      query('GetUserAtTime', { userId: 'u1', timestamp }),
      query('GetUserAtTime', { userId: 'u1', timestamp: past }),
      query('GetUserAtTime', { userId: 'nobody', timestamp }),
    );
    expect(JSON.stringify(then)).toBe(
      `{"type":"query_result","in_reply_to":8,"data":{"id":"u1","name":"John","at_time":"${timestamp}"}}`,
    );
    expect([before, nobody]).toMatchObject([{ data: null }, { data: null }]);
  });

  it('list the users in the order of their creation, page by page', async () => {
    const replies = await talk(
      create,
      command('CreateUser', { id: 'u2', name: 'Ann' }),
      command('CreateUser', { id: 'u3', name: 'Bob' }),
      query('ListUsers', {}),
      query('ListUsers', { first: 1, after: 'u1' }),
    );
    expect(replies.slice(3)).toMatchObject([
      { data: [{ id: 'u1' }, { id: 'u2' }, { id: 'u3' }] },
      { data: [{ id: 'u2', name: 'Ann' }] },
    ]);
  });

  it("tell a user's history", async () => {
    const [, , history, none] = await talk(
      create,
      rename,
      query('GetUserHistory', { userId: 'u1' }),
      query('GetUserHistory', { userId: 'nobody' }),
    );
    expect(history).toMatchObject({
      data: [
        { eventType: 'UserCreated', aggregateId: 'u1', version: 1, data: { name: 'John' } },
        { eventType: 'UserRenamed', version: 2, position: 2, recordedAt: expect.any(String) },
      ],
    });
    expect(none).toMatchObject({ data: [] });
  });
});

describe('what is no message', () => {
  it.each([
    ['no JSON', 'nonsense', null],
    ['no object', '7', null],
    ['an object without a type', '{"msg_id":3}', 3],
    ['of a type that there is not', { type: 'gossip', msg_id: 3 }, 3],
    ['a command of a type that there is not', command('Explode', {}, 0), 7],
    ['a command named like a method of objects', command('constructor', {}, 0), 7],
    ['a command without its payload', { type: 'command', msg_id: 3, command: { type: 'X' } }, 3],
    ['a change without its version', command('RenameUser', { id: 'u1', name: 'J' }), 7],
    ['a query of a type that there is not', query('toString', {}), 8],
    ['a query without its parameter', query('GetUser', {}), 8],
    ['a list after nobody', query('ListUsers', { after: 'nobody' }), 8],
    ['a time without a zone', query('GetUserAtTime', { userId: 'u', timestamp: '2026-01-01' }), 8],
    ['an id to reply to that is no number', '{"type":"query","msg_id":"x"}', null],
    ['in an envelope that is wrong itself', { src: 1, dest: null, body: { msg_id: 5 } }, 5],
    ['deep nonsense in an envelope', { src: 'c', dest: 'n', body: { type: [], msg_id: 4 } }, 4],
  ])('is answered with an error, and the next line is served: %s', async (_, message, id) => {
    const [error, next] = await talk(message, create);
    expect(error).toEqual({
      type: 'error',
      in_reply_to: id,
      code: 12,
      text: expect.stringMatching(/./),
    });
    expect(next).toMatchObject({ success: true });
  });
});
