import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { EmailAddress } from '../../../schema/scalars.js';
import type { User, UserOrderField as OrderField } from '../projection.js';
import { UserStatus } from './types.js';

@InputType()
export class CreateUserInput {
  @Field(() => ID, {
    nullable: true,
    description:
      '1 to 128 letters, digits or . _ : - with a letter or digit first; made by the server when left out.',
  })
  id?: string | null;

  @Field(() => String, { description: '1 to 200 characters, white space at the ends apart.' })
  name!: string;

  @Field(() => EmailAddress, { nullable: true })
  email?: string | null;
}

@InputType()
export class RenameUserInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: '1 to 200 characters, white space at the ends apart.' })
  name!: string;
}

@InputType()
export class ChangeUserEmailInput {
  @Field(() => ID)
  id!: string;

  @Field(() => EmailAddress, {
    nullable: true,
    description: 'null removes the address; it may not be left out.',
  })
  email?: string | null;
}

@InputType()
export class DeactivateUserInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'At most 1000 characters.' })
  reason?: string | null;
}

@InputType()
export class ReactivateUserInput {
  @Field(() => ID)
  id!: string;
}

@InputType({
  description: 'Which users; all of it must hold, and what is left out does not restrict.',
})
export class UserFilter {
  @Field(() => UserStatus, { nullable: true })
  status?: User['status'] | null;

  @Field(() => String, { nullable: true, description: 'A part of the name, in any case.' })
  nameContains?: string | null;

  @Field(() => EmailAddress, { nullable: true, description: 'The whole address, in any case.' })
  email?: string | null;
}

export const UserOrderField = {
  CREATED_AT: 'createdAt',
  UPDATED_AT: 'updatedAt',
  NAME: 'name',
} as const satisfies Record<string, OrderField>;
registerEnumType(UserOrderField, {
  name: 'UserOrderField',
  description: 'What users can be listed by.',
  valuesConfig: {
    NAME: { description: 'Without regard to case, by code units.' },
  },
});

export const OrderDirection = { ASC: 'ASC', DESC: 'DESC' } as const;
registerEnumType(OrderDirection, { name: 'OrderDirection', description: 'Which way a list runs.' });

@InputType({ description: 'The order of a list of users.' })
export class UserOrder {
  @Field(() => UserOrderField)
  field: OrderField = UserOrderField.CREATED_AT;

  @Field(() => OrderDirection)
  direction: keyof typeof OrderDirection = OrderDirection.ASC;
}
