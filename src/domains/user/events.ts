/** The aggregate type: the first half of every user's stream name. */
export const USER = 'User';

/** What can happen to a user. */
export type UserEvent =
  | {
      readonly type: 'UserCreated';
      readonly data: { readonly name: string; readonly email: string | null };
    }
  | { readonly type: 'UserRenamed'; readonly data: { readonly name: string } }
  | { readonly type: 'UserEmailChanged'; readonly data: { readonly email: string | null } }
  | { readonly type: 'UserDeactivated'; readonly data: { readonly reason: string | null } }
  | { readonly type: 'UserReactivated'; readonly data: Readonly<Record<string, never>> };

// A record, because the compiler asks it to be complete.
const TYPES: Readonly<Record<UserEvent['type'], true>> = {
  UserCreated: true,
  UserRenamed: true,
  UserEmailChanged: true,
  UserDeactivated: true,
  UserReactivated: true,
};
export const USER_EVENT_TYPES = Object.keys(TYPES) as readonly UserEvent['type'][];
