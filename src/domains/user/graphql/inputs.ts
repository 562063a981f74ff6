import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { EmailAddress } from '../../../schema/scalars.js';
import type { User, UserOrderField as OrderField } from '../projection.js';
import { UserStatus } from './types.js';

@InputType({ description: 'A user to be.' })
export class CreateUserInput {
  @Field(() => ID, {
    nullable: true,
    description:
      '1 to 128 letters, digits or . _ : - with a letter or digit first; made by the server when left out.',
  })
  id?: string | null;

  @Field(() => String, { description: '1 to 200 characters, white space at the ends apart.' })
  name!: string;

  @Field(() => EmailAddress, { nullable: true, description: 'None when left out.' })
  email?: string | null;
}

@InputType({ description: 'Another name for a user.' })
export class RenameUserInput {
  @Field(() => ID, { description: 'Which user.' })
  id!: string;

  @Field(() => String, { description: '1 to 200 characters, white space at the ends apart.' })
  name!: string;
}

@InputType({ description: 'Another e-mail address for a user.' })
export class ChangeUserEmailInput {
  @Field(() => ID, { description: 'Which user.' })
  id!: string;

  @Field(() => EmailAddress, {
    nullable: true,
    description: 'null removes the address; it may not be left out.',
  })
  email?: string | null;
}

@InputType({ description: 'A user to deactivate.' })
export class DeactivateUserInput {
  @Field(() => ID, { description: 'Which user.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'At most 1000 characters.' })
  reason?: string | null;
}

@InputType({ description: 'A user to reactivate.' })
export class ReactivateUserInput {
  @Field(() => ID, { description: 'Which user.' })
  id!: string;
}

@InputType({
  description: 'Which users; all of it must hold, and what is left out does not restrict.',
})
export class UserFilter {
  @Field(() => UserStatus, { nullable: true, description: 'Only those in this state.' })
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
    CREATED_AT: { description: 'When they were created.' },
    UPDATED_AT: { description: 'When they last changed.' },
    NAME: { description: 'Without regard to case, by code points.' },
  },
});

export const OrderDirection = { ASC: 'ASC', DESC: 'DESC' } as const;
registerEnumType(OrderDirection, {
  name: 'OrderDirection',
  description: 'Which way a list runs.',
  valuesConfig: {
    ASC: { description: 'The least or the earliest first.' },
    DESC: { description: 'The greatest or the latest first.' },
  },
});

@InputType({ description: 'The order of a list of users.' })
export class UserOrder {
  @Field(() => UserOrderField, { description: 'What they are listed by.' })
  field: OrderField = UserOrderField.CREATED_AT;

  @Field(() => OrderDirection, { description: 'Which way the list runs.' })
  direction: keyof typeof OrderDirection = OrderDirection.ASC;
}
