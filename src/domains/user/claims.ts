import type { Claims } from '../../core/claims.js';
import { refuse } from '../../core/decider.js';
import type { UserState } from './decider.js';
import { foldCase } from './text.js';

/** An e-mail address belongs to one active user at most, in whatever case it is written. */
export const userClaims: Claims<UserState> = {
  version: 1,
  heldIn: (state) =>
    state.status === 'active' && state.email !== null ? [`email:${foldCase(state.email)}`] : [],
  taken: () => refuse('EMAIL_TAKEN', 'Another user has this e-mail address.'),
};
