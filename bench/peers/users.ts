/** The job that all peers do, over the same glue, and what they answer by the product's schema. */
import type { Root } from '../servers/serve.js';

/** A type and no interface: Pongo takes documents by an index, which an interface does not have. */
export type User = {
  readonly name: string;
  readonly email: null;
  readonly status: 'ACTIVE';
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type UserEvent =
  | { readonly type: 'UserCreated'; readonly data: { readonly name: string; readonly at: string } }
  | { readonly type: 'UserRenamed'; readonly data: { readonly name: string; readonly at: string } };

/** A user as it stands after one more of its events; null before the first. */
export function evolve(user: User | null, { type, data }: UserEvent): User {
  const { name, at } = data;
  switch (type) {
    case 'UserCreated':
      return { name, email: null, status: 'ACTIVE', version: 1, createdAt: at, updatedAt: at };
    case 'UserRenamed':
      if (user === null) throw new Error('a user was renamed that was never created');
      return { ...user, name, version: user.version + 1, updatedAt: at };
    default:
      return type satisfies never;
  }
}

export const created = (name: string): UserEvent => ({
  type: 'UserCreated',
  data: { name, at: new Date().toISOString() },
});

export const renamed = (name: string): UserEvent => ({
  type: 'UserRenamed',
  data: { name, at: new Date().toISOString() },
});

/** The caller's version is not the present one. */
export class Stale extends Error {}

/** What a command led to. */
export interface Changed {
  readonly user: User;
  /** Its place in the whole log, where the library tells. */
  readonly position: string | null;
}

/** What each peer does in its own way; commands throw Stale. */
export interface Users {
  create(id: string, name: string): Promise<Changed>;
  rename(id: string, name: string, expectedVersion: number): Promise<Changed>;
  find(id: string): Promise<User | null>;
}

interface Command {
  readonly input: { readonly id: string; readonly name: string };
  readonly expectedVersion: number;
}

export const rootOf = (users: Users): Root => ({
  createUser: ({ input: { id, name } }: Command) => answer(id, users.create(id, name)),
  renameUser: ({ input: { id, name }, expectedVersion }: Command) =>
    answer(id, users.rename(id, name, expectedVersion)),
  user: async ({ id }: { readonly id: string }) => {
    const user = await users.find(id);
    return user === null ? null : { id, ...user };
  },
});

async function answer(id: string, changing: Promise<Changed>): Promise<object> {
  const common = { __typename: 'UserCommandResult', events: [], replayed: false, dryRun: false };
  try {
    const { user, position } = await changing;
    return { ...common, success: true, position, error: null, user: { id, ...user } };
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    const conflict = { __typename: 'VersionConflict', code: 'VERSION_CONFLICT', message: 'Stale.' };
    return { ...common, success: false, position: null, error: conflict, user: null };
  }
}
