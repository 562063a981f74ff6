import type { Decision } from '../../../src/core/decider.js';
import type { UserCommand } from '../../../src/domains/user/commands.js';
import { userDecider, type UserState } from '../../../src/domains/user/decider.js';
import type { UserEvent } from '../../../src/domains/user/events.js';

/** The user that events lead to. */
export const stateAfter = (
  events: readonly UserEvent[],
  from: UserState = userDecider.initialState,
): UserState => events.reduce((state, event) => userDecider.evolve(state, event), from);

/** What the domain says to a command, given what has happened. */
export const given = (...events: readonly UserEvent[]) => ({
  when: (command: UserCommand): Decision<UserEvent> =>
    userDecider.decide(command, stateAfter(events)),
});
