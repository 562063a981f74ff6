import { GraphQLError } from 'graphql';
import { Authorized } from 'type-graphql';

export const ROLES = ['reader', 'writer', 'auditor', 'admin'] as const;

/** What a caller may do: see {@link IMPLIED}. */
export type Role = (typeof ROLES)[number];

/** A role has these, too. An auditor sees what happened, which tells all that a reader sees. */
const IMPLIED: Readonly<Record<Role, readonly Role[]>> = {
  reader: [],
  writer: [],
  auditor: ['reader'],
  admin: ROLES,
};

/** Who sent a request, and what they may do. */
export interface Caller {
  /** The subject of a token; null where nobody is asked who they are. */
  readonly actor: string | null;
  readonly roles: ReadonlySet<Role>;
  /** When that ends, in milliseconds since 1970. */
  readonly until: number;
}

/** Who asks where nobody is asked who they are. */
export const ANYBODY: Caller = {
  actor: null,
  roles: new Set(ROLES),
  until: Number.POSITIVE_INFINITY,
};

/** The roles of these names, with those that they imply; other names mean nothing here. */
export function rolesOf(names: readonly string[]): ReadonlySet<Role> {
  const named = ROLES.filter((role) => names.includes(role));
  return new Set(named.flatMap((role) => [role, ...IMPLIED[role]]));
}

/** On a field that shows events: who did what, and when. */
export const ForAuditors = () => Authorized<Role>('auditor');

export function forbidden(role: Role): GraphQLError {
  return new GraphQLError(`This needs the role ${role}.`, {
    extensions: { code: 'FORBIDDEN', http: { status: 403 } },
  });
}
