/** What can have happened to a user, as the log's events say it. */
export type Change =
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

/** What nobody but the server can say of an event; the model takes its word, and holds it to it. */
export interface Learned {
  readonly id: string;
  readonly recordedAt: string;
  readonly correlationId: string;
}

/** An event of the log. */
export interface Fact extends Learned {
  readonly change: Change;
  readonly userId: string;
  readonly version: number;
  readonly position: number;
  readonly commandId: string | null;
}

export type Status = 'ACTIVE' | 'DEACTIVATED';

/** What there is to be seen of a user. */
export interface Fields {
  readonly name: string;
  readonly email: string | null;
  readonly status: Status;
}

/** A user after the last of some events. */
export interface Person extends Fields {
  readonly id: string;
  readonly first: Fact;
  readonly last: Fact;
}

/** The user that these events of one made; undefined for none. */
export function personAfter(facts: readonly Fact[]): Person | undefined {
  const [first, last] = [facts.at(0), facts.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const unborn: Fields = { name: '', email: null, status: 'ACTIVE' };
  const fields = facts.reduce((before, { change }) => fieldsAfter(before, change), unborn);
  return { ...fields, id: first.userId, first, last };
}

function fieldsAfter(before: Fields, change: Change): Fields {
  switch (change.type) {
    case 'UserCreated':
      return { name: change.data.name, email: change.data.email, status: 'ACTIVE' };
    case 'UserRenamed':
      return { ...before, name: change.data.name };
    case 'UserEmailChanged':
      return { ...before, email: change.data.email };
    case 'UserDeactivated':
      return { ...before, status: 'DEACTIVATED' };
    case 'UserReactivated':
      return { ...before, status: 'ACTIVE' };
    default:
      return change satisfies never;
  }
}
