import { describe, expect, it } from 'vitest';
import { command, query, talk } from './talk.js';

const commandId = 'command-1';
const create = (said: object = {}) => command('CreateUser', { id: 'u1', name: 'John' }, 0, said);
const created = {
  type: 'command_result',
  in_reply_to: 7,
  success: true,
  events: [{ eventType: 'UserCreated', aggregateId: 'u1' }],
};

describe('a commandId on the node protocol', () => {
  it('makes a command that is sent again be answered as it was, and say so', async () => {
    const [first, again, user] = await talk(
      create({ commandId }),
      create({ commandId }),
      query('GetUser', { userId: 'u1', meta: true }),
    );
    expect([first, again]).toEqual([created, { ...created, replayed: true }]);
    expect(user).toMatchObject({ data: { version: 1 } });
  });

  it('may be null, and then is none', async () => {
    const replies = await talk(create({ commandId: null }), create({ commandId: null }));
    expect(replies).toMatchObject([created, { error: { code: 'ALREADY_EXISTS' } }]);
  });

  it('of another command is refused as such', async () => {
    const [, reused, lost] = await talk(
      create({ commandId }),
      command('RenameUser', { id: 'u1', name: 'Jon' }, 1, { commandId }),
      query('GetUser', { userId: 'u1' }),
    );
    expect(reused).toEqual({
      type: 'command_result',
      in_reply_to: 7,
      success: false,
      events: [],
      error: {
        code: 'COMMAND_ID_REUSED',
        message: `The commandId ${commandId} was used for another command.`,
      },
    });
    expect(lost).toMatchObject({ data: { name: 'John' } });
  });

  it.each([
    ['is empty', ''],
    ['has a space', 'a b'],
    ['is too long', 'x'.repeat(201)],
  ])('that %s is an issue of the command', async (_, wrong) => {
    const [reply] = await talk(create({ commandId: wrong }));
    expect(reply).toMatchObject({
      success: false,
      error: { code: 'VALIDATION_FAILED', issues: [{ path: ['commandId'] }] },
    });
  });

  it.each([
    ['a number as commandId', { commandId: 5 }, 'command.commandId'],
    ['a list as commandId', { commandId: ['a'] }, 'command.commandId'],
    ['a word as dryRun', { dryRun: 'yes' }, 'command.dryRun'],
    ['null as dryRun', { dryRun: null }, 'command.dryRun'],
  ])('is no message with %s, and nothing is carried out', async (_, said, path) => {
    const [error, user] = await talk(create(said), query('GetUser', { userId: 'u1' }));
    expect(error).toEqual({
      type: 'error',
      in_reply_to: 7,
      code: 12,
      text: expect.stringContaining(path),
    });
    expect(user).toMatchObject({ data: null });
  });
});

describe('a dry run on the node protocol', () => {
  it('is answered as the command would be, and stores nothing', async () => {
    const [would, user, real] = await talk(
      create({ dryRun: true, commandId }),
      query('GetUser', { userId: 'u1' }),
      create({ dryRun: false, commandId }),
    );
    const fact = {
      eventType: 'UserCreated',
      aggregateId: 'u1',
      version: 1,
      position: 1,
      recordedAt: expect.stringMatching(/Z$/),
      data: { name: 'John', email: null, status: 'active' },
    };
    expect(would).toEqual({ ...created, dryRun: true, events: [fact] });
    expect(user).toMatchObject({ data: null });
    expect(real).toEqual(created);
  });

  it('is refused as the command would be, and says that it was one', async () => {
    const [, refused, repeated] = await talk(
      create({ commandId }),
      create({ dryRun: true }),
      create({ dryRun: true, commandId }),
    );
    expect(refused).toMatchObject({ dryRun: true, error: { code: 'ALREADY_EXISTS' } });
    const events = [expect.objectContaining({ version: 1, data: expect.anything() })];
    expect(repeated).toMatchObject({ ...created, events, replayed: true, dryRun: true });
  });
});

describe('an address on the node protocol', () => {
  it('is refused to a second user, in whatever case', async () => {
    const replies = await talk(
      command('CreateUser', { id: 'u1', name: 'John', email: 'j@example.org' }),
      command('CreateUser', { id: 'u2', name: 'Jane', email: 'J@Example.org' }),
      command('CreateUser', { id: 'u2', name: 'Jane' }),
      command('ChangeUserEmail', { id: 'u2', email: 'j@EXAMPLE.org' }, 1),
    );
    const taken = {
      success: false,
      events: [],
      error: { code: 'EMAIL_TAKEN', message: 'Another user has this e-mail address.' },
    };
    expect(replies).toMatchObject([{ success: true }, taken, { success: true }, taken]);
  });
});
