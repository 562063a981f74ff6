import type { Aggregate } from '../../core/decider.js';
import {
  parseUserCommand,
  USER_COMMAND_TYPES,
  type UserCommand,
  type UserCommandType,
} from './commands.js';
import { userClaims } from './claims.js';
import { userDecider, type UserState } from './decider.js';
import { USER, USER_EVENTS, type UserEvent } from './events.js';

export const userAggregate: Aggregate<UserState, UserCommand, UserEvent, UserCommandType> = {
  type: USER,
  version: 1,
  events: USER_EVENTS,
  commandTypes: USER_COMMAND_TYPES,
  creating: ['CreateUser'],
  parse: parseUserCommand,
  decider: userDecider,
  fields: (state) =>
    state.status === 'unknown'
      ? {}
      : { name: state.name, email: state.email, status: state.status.toUpperCase() },
  claims: userClaims,
};
