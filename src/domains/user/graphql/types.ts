import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { FieldChange } from '../../../core/changes.js';
import type { Position, RecordedEvent } from '../../../core/event.js';
import type { Timestamp } from '../../../core/time.js';
import type { Step } from '../../../engine/history.js';
import { CommandResultInterface } from '../../../schema/command.js';
import { connectionOf } from '../../../schema/connection.js';
import { ForAuditors } from '../../../schema/caller.js';
import { EventInterface, shown } from '../../../schema/event.js';
import { FieldChangeType } from '../../../schema/revision.js';
import { DateTime, EmailAddress, PositionScalar } from '../../../schema/scalars.js';
import { existing, type UserState } from '../decider.js';
import type { User } from '../projection.js';

export const UserStatus = { ACTIVE: 'active', DEACTIVATED: 'deactivated' } as const;
registerEnumType(UserStatus, {
  name: 'UserStatus',
  description: 'Whether a user takes commands.',
  valuesConfig: {
    ACTIVE: { description: 'Takes every command.' },
    DEACTIVATED: { description: 'Refuses every command but reactivateUser.' },
  },
});

/** A user on its way to its fields. */
export interface UserRoot extends User {
  /** Events that it shows the effect of, though they are not in the log: a dry run's. */
  readonly forecast?: readonly RecordedEvent[];
}

@ObjectType('User', { description: 'A user, as its events have made it.' })
export class UserType implements User {
  @Field(() => ID, { description: 'Given when it was created; never changes.' })
  id!: string;

  @Field(() => String, { description: '1 to 200 characters, in Unicode NFC.' })
  name!: string;

  @Field(() => EmailAddress, { nullable: true, description: 'Null when there is none.' })
  email!: string | null;

  @Field(() => UserStatus, { description: 'Whether it takes commands.' })
  status!: User['status'];

  @Field(() => Int, {
    description: 'How many events made it; give it back as expectedVersion with the next command.',
  })
  version!: number;

  @Field(() => DateTime, { description: 'When its first event was recorded.' })
  createdAt!: Timestamp;

  @Field(() => DateTime, { description: 'When its last event was recorded.' })
  updatedAt!: Timestamp;
}

@ObjectType('UserRevision', {
  description:
    "A user as it stood after one of its events. It has no `id`, so that a client's normalised cache cannot take the past for the present.",
})
export class UserRevision implements Omit<User, 'id' | 'createdAt' | 'updatedAt'> {
  @Field(() => ID, { description: 'Which user.' })
  userId!: string;

  @Field(() => String, { description: 'Its name at that time.' })
  name!: string;

  @Field(() => EmailAddress, { nullable: true, description: 'Null when there was none.' })
  email!: string | null;

  @Field(() => UserStatus, { description: 'Whether it took commands.' })
  status!: User['status'];

  @Field(() => Int, { description: 'How many events had made it.' })
  version!: number;

  @Field(() => PositionScalar, { description: 'Where in the log the event is that made it.' })
  position!: Position;

  @Field(() => DateTime, { description: 'When that event was recorded.' })
  validFrom!: Timestamp;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the next event was recorded. Null where there is none: for the present, and for what is the last as seen from the moment that was asked for.',
  })
  validTo!: Timestamp | null;

  @ForAuditors()
  @Field(() => EventInterface, { description: 'The event that made it. Needs the role auditor.' })
  event!: EventInterface;

  @Field(() => [FieldChangeType], { description: 'What that event changed.' })
  changes!: readonly FieldChange[];
}

@ObjectType('UserRevisionConnection', { description: 'One page of revisions.' })
export class UserRevisionConnection extends connectionOf('UserRevision', UserRevision) {}

export function toUserRevision(step: Step<UserState>): UserRevision {
  const { revision, event, changes, validTo } = step;
  const { id, version, state, position, updatedAt: validFrom } = revision;
  const { name, email, status } = existing(state);
  return {
    userId: id,
    name,
    email,
    status,
    version,
    position,
    validFrom,
    validTo,
    event: shown(event),
    changes,
  };
}

@ObjectType('UserCommandResult', {
  implements: CommandResultInterface,
  description: 'What became of a command to a user.',
})
export class UserCommandResult extends CommandResultInterface {
  @Field(() => UserType, {
    nullable: true,
    description: 'The user after the command; after a refused one, the user as it stands.',
  })
  user!: UserRoot | null;
}

@ObjectType('UserConnection', { description: 'One page of the users.' })
export class UserConnection extends connectionOf('User', UserType) {
  @Field(() => Int, { description: 'How many users the filter lets through, on all pages.' })
  totalCount!: number;
}

@ObjectType({ implements: EventInterface, description: 'A user came to be.' })
export class UserCreated extends EventInterface {
  @Field(() => String, { description: 'The name from then on.' })
  name!: string;

  @Field(() => EmailAddress, {
    nullable: true,
    description: 'The address from then on; null for none.',
  })
  email!: string | null;

  @Field(() => UserStatus, { description: 'The state from then on.' })
  status!: User['status'];
}

@ObjectType({ implements: EventInterface, description: 'A user got another name.' })
export class UserRenamed extends EventInterface {
  @Field(() => String, { description: 'The name from then on.' })
  name!: string;
}

@ObjectType({
  implements: EventInterface,
  description: 'A user got another e-mail address, or none.',
})
export class UserEmailChanged extends EventInterface {
  @Field(() => EmailAddress, {
    nullable: true,
    description: 'The address from then on; null for none.',
  })
  email!: string | null;
}

@ObjectType({ implements: EventInterface, description: 'A user was deactivated.' })
export class UserDeactivated extends EventInterface {
  @Field(() => String, { nullable: true, description: 'Why, in words; null when none were given.' })
  reason!: string | null;
}

@ObjectType({ implements: EventInterface, description: 'A user was reactivated.' })
export class UserReactivated extends EventInterface {}
