import { Ctx, Field, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql';
import { ROLES, type Caller, type Role } from '../schema/caller.js';
import type { Context } from '../schema/context.js';

const ROLE = {
  READER: { description: 'Queries the present and any moment.' },
  WRITER: { description: 'Sends mutations.' },
  AUDITOR: { description: 'A reader who also sees events: who did what, and when.' },
  ADMIN: { description: 'Everything.' },
} satisfies Record<Uppercase<Role>, { description: string }>;

const RoleType = Object.fromEntries(ROLES.map((role) => [role.toUpperCase(), role]));
registerEnumType(RoleType, {
  name: 'Role',
  description: 'What somebody may do.',
  valuesConfig: ROLE,
});

@ObjectType('Viewer', { description: 'Who asks, and what they may do.' })
class ViewerType {
  @Field(() => String, {
    nullable: true,
    description: 'The subject of the token; null where nobody is asked who they are.',
  })
  actor!: Caller['actor'];

  @Field(() => [RoleType], { description: 'What they may do, with what that implies.' })
  roles!: readonly Role[];
}

@Resolver()
export class ViewerResolver {
  @Query(() => ViewerType, { description: 'Who asks, and what they may do.' })
  viewer(@Ctx() { caller: { actor, roles } }: Context): ViewerType {
    return { actor, roles: ROLES.filter((role) => roles.has(role)) };
  }
}
