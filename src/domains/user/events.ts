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

export const USER_EVENT_TYPES = [
  'UserCreated',
  'UserRenamed',
  'UserEmailChanged',
  'UserDeactivated',
  'UserReactivated',
] as const satisfies readonly UserEvent['type'][];
