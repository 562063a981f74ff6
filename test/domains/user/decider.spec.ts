import { describe, expect, it } from 'vitest';
import { accept, refuse, type Decision } from '../../../src/core/decider.js';
import { USER_COMMAND_TYPES, type UserCommand } from '../../../src/domains/user/commands.js';
import type { UserEvent } from '../../../src/domains/user/events.js';
import { given, stateAfter } from './given.js';

const id = 'ada';
const email = 'ada@example.org';

const created: UserEvent = { type: 'UserCreated', data: { name: 'Ada', email, status: 'active' } };
const createdBare: UserEvent = {
  type: 'UserCreated',
  data: { name: 'Ada', email: null, status: 'active' },
};
const renamed: UserEvent = { type: 'UserRenamed', data: { name: 'Countess' } };
const emailRemoved: UserEvent = { type: 'UserEmailChanged', data: { email: null } };
const emailChanged: UserEvent = { type: 'UserEmailChanged', data: { email: 'new@example.org' } };
const deactivated: UserEvent = { type: 'UserDeactivated', data: { reason: 'left' } };
const reactivated: UserEvent = { type: 'UserReactivated', data: {} };

const create: UserCommand = { type: 'CreateUser', id, name: 'Ada', email };
const rename: UserCommand = { type: 'RenameUser', id, name: 'Countess' };
const renameToSame: UserCommand = { type: 'RenameUser', id, name: 'Ada' };
const changeEmail: UserCommand = { type: 'ChangeUserEmail', id, email: 'new@example.org' };
const changeEmailToSame: UserCommand = { type: 'ChangeUserEmail', id, email };
const removeEmail: UserCommand = { type: 'ChangeUserEmail', id, email: null };
const deactivate: UserCommand = { type: 'DeactivateUser', id, reason: 'left' };
const deactivateSilently: UserCommand = { type: 'DeactivateUser', id, reason: null };
const reactivate: UserCommand = { type: 'ReactivateUser', id };

const HISTORIES = {
  'no user': [],
  'an active user': [created],
  'an active user without an e-mail address': [createdBare],
  'a renamed user': [created, renamed],
  'a deactivated user': [created, deactivated],
  'a user that came back': [created, deactivated, reactivated],
} as const satisfies Record<string, readonly UserEvent[]>;

const notFound = refuse('NOT_FOUND', 'There is no user ada.');
const exists = refuse('ALREADY_EXISTS', 'User ada already exists.');
const isDeactivated = refuse('DEACTIVATED', 'User ada is deactivated; reactivate it first.');
const nothing = accept<UserEvent>();

type Row = readonly [
  given: keyof typeof HISTORIES,
  when: UserCommand,
  then: Decision<UserEvent>,
  because: string,
];

const SPECIFICATION: readonly Row[] = [
  ['no user', create, accept(created), 'a create makes a user'],
  ['no user', { ...create, email: null }, accept(createdBare), 'an e-mail address may be left out'],
  ['no user', rename, notFound, 'nobody to rename'],
  ['no user', changeEmail, notFound, 'nobody to write to'],
  ['no user', deactivate, notFound, 'nobody to deactivate'],
  ['no user', reactivate, notFound, 'nobody to reactivate'],

  ['an active user', create, exists, 'an id is taken once, whoever asks again'],
  ['an active user', { ...create, name: 'Bob' }, exists, 'an id is taken, whatever the name'],
  ['an active user', rename, accept(renamed), 'a new name'],
  ['an active user', renameToSame, nothing, 'the same name changes nothing'],
  ['a renamed user', rename, nothing, 'the latest name is the one compared'],
  ['a renamed user', renameToSame, accept({ type: 'UserRenamed', data: { name: 'Ada' } }), 'back'],
  ['an active user', changeEmail, accept(emailChanged), 'a new address'],
  ['an active user', changeEmailToSame, nothing, 'the same address changes nothing'],
  ['an active user', removeEmail, accept(emailRemoved), 'null removes the address'],
  ['an active user without an e-mail address', removeEmail, nothing, 'there is none to remove'],
  ['an active user', deactivate, accept(deactivated), 'a reason is kept'],
  [
    'an active user',
    deactivateSilently,
    accept({ type: 'UserDeactivated', data: { reason: null } }),
    'no reason need be given',
  ],
  ['an active user', reactivate, nothing, 'an active user is active already'],

  ['a deactivated user', create, exists, 'a deactivated user still exists'],
  ['a deactivated user', rename, isDeactivated, 'refused'],
  ['a deactivated user', renameToSame, isDeactivated, 'refused, though nothing would change'],
  ['a deactivated user', changeEmail, isDeactivated, 'refused'],
  ['a deactivated user', changeEmailToSame, isDeactivated, 'refused, though nothing would change'],
  ['a deactivated user', deactivate, isDeactivated, 'refused'],
  ['a deactivated user', reactivate, accept(reactivated), 'the one way back'],

  ['a user that came back', create, exists, 'it never went away'],
  ['a user that came back', rename, accept(renamed), 'as any active user'],
  ['a user that came back', changeEmail, accept(emailChanged), 'as any active user'],
  ['a user that came back', deactivate, accept(deactivated), 'it may leave again'],
  ['a user that came back', reactivate, nothing, 'it is active already'],
];

describe('the user decider', () => {
  const rows = SPECIFICATION.map(
    ([history, command, decision, because]) =>
      [history, command.type, because, command, decision] as const,
  );

  it.each(rows)('given %s, when %s: %s', (history, _type, _because, command, decision) => {
    expect(given(...HISTORIES[history]).when(command)).toEqual(decision);
  });

  it.each(['unknown', 'active', 'deactivated'])(
    'is specified for every command when %s',
    (status) => {
      const specified = SPECIFICATION.filter(
        ([history]) => stateAfter(HISTORIES[history]).status === status,
      ).map(([, command]) => command.type);
      expect([...new Set(specified)].toSorted()).toEqual(USER_COMMAND_TYPES.toSorted());
    },
  );
});

describe('the user that events lead to', () => {
  it.each<readonly [string, readonly UserEvent[], ReturnType<typeof stateAfter>]>([
    ['no event', [], { status: 'unknown' }],
    ['its creation', [created], { status: 'active', name: 'Ada', email }],
    ['a rename', [created, renamed], { status: 'active', name: 'Countess', email }],
    [
      'the removal of its address',
      [created, emailRemoved],
      { status: 'active', name: 'Ada', email: null },
    ],
    ['its deactivation', [created, deactivated], { status: 'deactivated', name: 'Ada', email }],
    ['its return', [created, deactivated, reactivated], { status: 'active', name: 'Ada', email }],
  ])('after %s', (_, events, state) => {
    expect(stateAfter(events)).toEqual(state);
  });

  it.each([renamed, emailChanged, deactivated, reactivated])('cannot begin with $type', (event) => {
    expect(() => stateAfter([event])).toThrow('a user has events, but none that created it');
  });
});
