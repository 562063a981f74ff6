import { OperationTypeNode, type GraphQLError } from 'graphql';
import { forbidden, type Caller, type Role } from '../schema/caller.js';

const NEEDED = {
  [OperationTypeNode.QUERY]: 'reader',
  [OperationTypeNode.MUTATION]: 'writer',
  [OperationTypeNode.SUBSCRIPTION]: 'reader',
} as const satisfies Record<OperationTypeNode, Role>;

/** Why a caller may not send operations of a kind; fields may need more (type-graphql's @Authorized). */
export function forbiddenTo({ roles }: Caller, type: OperationTypeNode): GraphQLError | null {
  const needed = NEEDED[type];
  return roles.has(needed) ? null : forbidden(needed);
}
