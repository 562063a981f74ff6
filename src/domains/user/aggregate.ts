import type { Aggregate } from '../../core/decider.js';
import {
  parseUserCommand,
  USER_COMMAND_TYPES,
  type UserCommand,
  type UserCommandType,
} from './commands.js';
import { userDecider, type UserState } from './decider.js';
import { USER, USER_EVENT_TYPES, type UserEvent } from './events.js';

export const userAggregate: Aggregate<UserState, UserCommand, UserEvent, UserCommandType> = {
  type: USER,
  eventTypes: USER_EVENT_TYPES,
  commandTypes: USER_COMMAND_TYPES,
  creating: ['CreateUser'],
  parse: parseUserCommand,
  decider: userDecider,
};
