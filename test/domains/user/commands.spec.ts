import { describe, expect, it } from 'vitest';
import {
  parseUserCommand,
  type UserCommand,
  type UserCommandType,
} from '../../../src/domains/user/commands.js';

const MADE_ID = 'made-by-the-server';
const id = 'ada';

const parse = (type: UserCommandType, payload: unknown) =>
  parseUserCommand({ type, payload }, () => MADE_ID);

/** Where the faults of a payload are, one path for each; none for a valid one. */
const faultsIn = (type: UserCommandType, payload: unknown): readonly string[] => {
  const parsed = parse(type, payload);
  return parsed.valid ? [] : parsed.issues.map((issue) => issue.path.join('.'));
};

const nameOf = (name: string) => {
  const parsed = parse('RenameUser', { id, name });
  return parsed.valid && parsed.command.type === 'RenameUser' ? parsed.command.name : parsed;
};

const accepted = (command: UserCommand) => ({ valid: true, command });

describe('a command in its normal form', () => {
  it.each<readonly [UserCommandType, object, UserCommand]>([
    ['CreateUser', { id, name: 'Ada' }, { type: 'CreateUser', id, name: 'Ada', email: null }],
    [
      'CreateUser',
      { id, name: 'Ada', email: 'ada@example.org' },
      { type: 'CreateUser', id, name: 'Ada', email: 'ada@example.org' },
    ],
    ['RenameUser', { id, name: 'Ada' }, { type: 'RenameUser', id, name: 'Ada' }],
    ['ChangeUserEmail', { id, email: null }, { type: 'ChangeUserEmail', id, email: null }],
    ['DeactivateUser', { id }, { type: 'DeactivateUser', id, reason: null }],
    ['DeactivateUser', { id, reason: null }, { type: 'DeactivateUser', id, reason: null }],
    ['DeactivateUser', { id, reason: ' left ' }, { type: 'DeactivateUser', id, reason: 'left' }],
    ['DeactivateUser', { id, reason: '  ' }, { type: 'DeactivateUser', id, reason: null }],
    ['ReactivateUser', { id }, { type: 'ReactivateUser', id }],
  ])('%s of %o', (type, payload, command) => {
    expect(parse(type, payload)).toEqual(accepted(command));
  });

  it('holds nothing that was not asked for', () => {
    const payload = { id, name: 'Ada', type: 'DeactivateUser', admin: true };
    expect(parse('RenameUser', payload)).toEqual(accepted({ type: 'RenameUser', id, name: 'Ada' }));
  });

  it('takes a payload without a prototype, as GraphQL makes its arguments', () => {
    const payload: unknown = Object.assign(Object.create(null), { id, name: 'Ada' });
    expect(parse('RenameUser', payload)).toEqual(accepted({ type: 'RenameUser', id, name: 'Ada' }));
  });
});

describe('names', () => {
  it('are trimmed', () => {
    expect(nameOf('\u00a0\t Ada Lovelace \n')).toBe('Ada Lovelace');
  });

  it('are kept in the composed form', () => {
    expect(nameOf('A\u030angstro\u0308m')).toBe('\u00c5ngstr\u00f6m');
  });

  it.each([
    ['an empty one', ''],
    ['nothing but white space', ' \u3000\n'],
    ['more than 200 letters', 'x'.repeat(201)],
    ['more than 200 characters outside the BMP', '🦉'.repeat(201)],
    ['a lone high surrogate', 'Ada\ud83e'],
    ['a lone low surrogate', '\udd89Ada'],
    ['surrogates in the wrong order', '\udd89\ud83e'],
    ['a number', 7],
    ['null', null],
    ['a list', ['Ada']],
    ['an object', { toString: () => 'Ada' }],
    ['nothing', undefined],
  ])('refused: %s', (_, name) => {
    expect(faultsIn('RenameUser', { id, name })).toEqual(['name']);
    expect(faultsIn('CreateUser', { id, name })).toEqual(['name']);
  });

  it.each([
    ['one letter', 'x'],
    ['200 letters', 'x'.repeat(200)],
    ['200 characters outside the BMP, each two code units', '🦉'.repeat(200)],
    ['200 letters within white space', `  ${'x'.repeat(200)}  `],
    ['200 composed letters, given as 400 code points', 'o\u0308'.repeat(200)],
  ])('taken: %s', (_, name) => {
    expect(faultsIn('RenameUser', { id, name })).toEqual([]);
  });
});

describe('ids', () => {
  it.each(['a', '7', 'user-123', 'A.b_c:d-e', 'x'.repeat(128)])('taken: %s', (taken) => {
    expect(faultsIn('ReactivateUser', { id: taken })).toEqual([]);
  });

  it.each([
    '',
    '-a',
    '.a',
    ' a',
    'a ',
    'a b',
    'a/b',
    'ä',
    'a\n',
    '\ud800',
    'x'.repeat(129),
    7,
    null,
  ])('refused: %j', (refused) => {
    expect(faultsIn('ReactivateUser', { id: refused })).toEqual(['id']);
  });

  it.each([{ name: 'Ada' }, { id: undefined, name: 'Ada' }, { id: null, name: 'Ada' }])(
    'are made for a CreateUser without one: %o',
    (payload) => {
      expect(parse('CreateUser', payload)).toEqual(
        accepted({ type: 'CreateUser', id: MADE_ID, name: 'Ada', email: null }),
      );
    },
  );

  it('are made for no other command', () => {
    expect(faultsIn('RenameUser', { name: 'Ada' })).toEqual(['id']);
    expect(faultsIn('CreateUser', { id: '', name: 'Ada' })).toEqual(['id']);
  });
});

describe('e-mail addresses', () => {
  it.each(['ada@example.org', 'a.b+c@sub.example.co.uk', '  ada@example.org '])(
    'taken: %j',
    (email) => {
      expect(parse('ChangeUserEmail', { id, email })).toEqual(
        accepted({ type: 'ChangeUserEmail', id, email: email.trim() }),
      );
    },
  );

  it.each([
    '',
    ' ',
    'ada',
    'ada@',
    '@example.org',
    'ada@@example.org',
    'a b@example.org',
    'ada@example.org, bob@example.org',
    'ada@example.org\nbcc: bob@example.org',
    `${'x'.repeat(243)}@example.org`,
    7,
    ['ada@example.org'],
  ])('refused: %j', (email) => {
    expect([...new Set(faultsIn('ChangeUserEmail', { id, email }))]).toEqual(['email']);
    expect([...new Set(faultsIn('CreateUser', { id, name: 'Ada', email }))]).toEqual(['email']);
  });

  it('have at most 254 characters', () => {
    const email = `${'x'.repeat(242)}@example.org`;
    expect(email).toHaveLength(254);
    expect(faultsIn('ChangeUserEmail', { id, email })).toEqual([]);
  });

  it('must be named in ChangeUserEmail, so that none is removed by forgetting it', () => {
    expect(faultsIn('ChangeUserEmail', { id })).toEqual(['email']);
    expect(faultsIn('ChangeUserEmail', { id, email: undefined })).toEqual(['email']);
  });
});

describe('reasons', () => {
  it.each([
    ['1000 characters outside the BMP', '🦉'.repeat(1000), []],
    ['one more', '🦉'.repeat(1001), ['reason']],
    ['a lone surrogate', '\ud83e', ['reason']],
    ['a number', 7, ['reason']],
  ])('of %s', (_, reason, faults) => {
    expect(faultsIn('DeactivateUser', { id, reason })).toEqual(faults);
  });
});

describe('what comes from outside', () => {
  it('is told all that is wrong with it at once, each field by its path', () => {
    expect(faultsIn('CreateUser', { id: '!', name: 7, email: 'nowhere' })).toEqual([
      'id',
      'name',
      'email',
    ]);
  });

  it('is told in words', () => {
    expect(parse('RenameUser', { id: 'a b', name: 'x'.repeat(201) })).toEqual({
      valid: false,
      issues: [
        {
          path: ['id'],
          message: 'must be 1 to 128 letters, digits or . _ : - and begin with a letter or digit',
        },
        { path: ['name'], message: 'must have at most 200 characters' },
      ],
    });
  });

  it.each([
    ['null', null],
    ['nothing', undefined],
    ['a text', 'Ada'],
    ['a number', 7],
    ['a list', [{ id, name: 'Ada' }]],
    ['a function', () => ({ id, name: 'Ada' })],
  ])('may be %s for a payload, and is refused by its fields', (_, payload) => {
    expect(faultsIn('RenameUser', payload)).toEqual(['id', 'name']);
    expect(faultsIn('CreateUser', payload)).toEqual(['name']);
  });

  it.each([
    '{"__proto__":{"id":"ada","name":"Ada"}}',
    '{"constructor":{"prototype":{"id":"ada"}}}',
  ])('has no say over prototypes: %s', (json) => {
    expect(faultsIn('RenameUser', JSON.parse(json))).toEqual(['id', 'name']);
    expect(Object.hasOwn(Object.prototype, 'id')).toBe(false);
  });

  it('may carry a __proto__ beside what is right, which is left behind', () => {
    const payload: unknown = JSON.parse('{"id":"ada","name":"Ada","__proto__":{"email":"x"}}');
    expect(parse('RenameUser', payload)).toEqual(accepted({ type: 'RenameUser', id, name: 'Ada' }));
  });
});
