import type { EventSchemas } from '../../core/schemas.js';

/** The aggregate type: the first half of every user's stream name. */
export const USER = 'User';

/** What can happen to a user. */
export type UserEvent =
  | {
      readonly type: 'UserCreated';
      readonly data: {
        readonly name: string;
        readonly email: string | null;
        readonly status: 'active';
      };
    }
  | { readonly type: 'UserRenamed'; readonly data: { readonly name: string } }
  | { readonly type: 'UserEmailChanged'; readonly data: { readonly email: string | null } }
  | { readonly type: 'UserDeactivated'; readonly data: { readonly reason: string | null } }
  | { readonly type: 'UserReactivated'; readonly data: Readonly<Record<string, never>> };

/** Every type, with what has changed in its data. test/golden holds a history of each version. */
export const USER_EVENTS: EventSchemas<UserEvent['type']> = {
  UserCreated: [
    // 1 → 2: the event says the status, which readers of version 1 had to know.
    (data) => ({ ...data, status: 'active' }),
  ],
  UserRenamed: [],
  UserEmailChanged: [],
  UserDeactivated: [],
  UserReactivated: [],
};
