import { accept, refuse, type Decider, type Decision } from '../../core/decider.js';
import type { UserCommand } from './commands.js';
import type { UserEvent } from './events.js';

export type UserState =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'active' | 'deactivated';
      readonly name: string;
      readonly email: string | null;
    };

/** A user that has been created. */
export type ExistingUser = Exclude<UserState, { status: 'unknown' }>;

export const userDecider: Decider<UserState, UserCommand, UserEvent> = {
  initialState: { status: 'unknown' },

  evolve(state, event) {
    switch (event.type) {
      case 'UserCreated':
        return event.data;
      case 'UserRenamed':
      case 'UserEmailChanged':
        return { ...existing(state), ...event.data };
      case 'UserDeactivated':
        return { ...existing(state), status: 'deactivated' };
      case 'UserReactivated':
        return { ...existing(state), status: 'active' };
      default:
        return event satisfies never;
    }
  },

  decide(command, state) {
    if (command.type === 'CreateUser') return create(command, state);
    switch (state.status) {
      case 'unknown':
        return refuse('NOT_FOUND', `There is no user ${command.id}.`);
      case 'active':
        return changeActive(command, state);
      case 'deactivated':
        return changeDeactivated(command);
      default:
        return state satisfies never;
    }
  },
};

type Create = Extract<UserCommand, { type: 'CreateUser' }>;
type Change = Exclude<UserCommand, Create>;

function create({ id, name, email }: Create, state: UserState): Decision<UserEvent> {
  if (state.status !== 'unknown') return refuse('ALREADY_EXISTS', `User ${id} already exists.`);
  return accept({ type: 'UserCreated', data: { name, email, status: 'active' } });
}

function changeActive(command: Change, user: ExistingUser): Decision<UserEvent> {
  switch (command.type) {
    case 'RenameUser':
      if (command.name === user.name) return accept();
      return accept({ type: 'UserRenamed', data: { name: command.name } });
    case 'ChangeUserEmail':
      if (command.email === user.email) return accept();
      return accept({ type: 'UserEmailChanged', data: { email: command.email } });
    case 'DeactivateUser':
      return accept({ type: 'UserDeactivated', data: { reason: command.reason } });
    case 'ReactivateUser':
      return accept();
    default:
      return command satisfies never;
  }
}

function changeDeactivated(command: Change): Decision<UserEvent> {
  if (command.type === 'ReactivateUser') return accept({ type: 'UserReactivated', data: {} });
  return refuse('DEACTIVATED', `User ${command.id} is deactivated; reactivate it first.`);
}

/** Throws for a history that does not begin with UserCreated: `decide` never makes one. */
export function existing(state: UserState): ExistingUser {
  if (state.status === 'unknown') throw new Error('a user has events, but none that created it');
  return state;
}
