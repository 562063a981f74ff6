import type { Projection } from '../../core/projection.js';
import { advance, type Revision } from '../../core/revision.js';
import { known } from '../../core/schemas.js';
import type { Timestamp } from '../../core/time.js';
import type { Version } from '../../core/event.js';
import { existing, userDecider, type UserState } from './decider.js';
import { USER, USER_EVENTS } from './events.js';
import { foldCase } from './text.js';

/** A user as it is shown. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly status: 'active' | 'deactivated';
  readonly version: Version;
  readonly createdAt: Timestamp;
  readonly updatedAt: Timestamp;
}

export function toUser({ id, state, version, createdAt, updatedAt }: Revision<UserState>): User {
  return { id, ...existing(state), version, createdAt, updatedAt };
}

export type UserField = 'status' | 'name' | 'email';
export type UserOrderField = 'createdAt' | 'updatedAt' | 'name';

/** Every user there is, with its present state. */
export const usersProjection: Projection<Revision<UserState>, UserField, UserOrderField> = {
  name: 'users',
  version: 1,
  aggregateType: USER,
  apply: (row, event) => advance(userDecider, row, known(USER_EVENTS, event)),
  fields: ['status', 'name', 'email'],
  field({ state }, field) {
    const user = existing(state);
    return field === 'status' ? user.status : foldCase(user[field] ?? '');
  },
  orders: { createdAt: 'number', updatedAt: 'number', name: 'text' },
  sortValue(row, order) {
    switch (order) {
      // Time never decreases along positions, and positions tell equal times apart.
      case 'createdAt':
        return row.createdPosition;
      case 'updatedAt':
        return row.position;
      case 'name':
        return usersProjection.field(row, 'name');
      default:
        return order satisfies never;
    }
  },
};
