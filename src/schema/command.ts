import {
  ArgsType,
  Field,
  ID,
  Int,
  InterfaceType,
  ObjectType,
  registerEnumType,
} from 'type-graphql';
import { REFUSAL_CODES, type Aggregate } from '../core/decider.js';
import type { DomainEvent, Position } from '../core/event.js';
import { execute } from '../engine/execute.js';
import { explain, type Failure, type FailureCode, type Outcome } from '../engine/outcome.js';
import type { Context } from './context.js';
import { badInput } from './errors.js';
import { EventInterface, shown } from './event.js';
import { PositionScalar } from './scalars.js';

const FAILURE_CODES: readonly FailureCode[] = [
  'VERSION_CONFLICT',
  'VALIDATION_FAILED',
  'COMMAND_ID_REUSED',
  ...REFUSAL_CODES,
];
const CommandErrorCode = Object.fromEntries(FAILURE_CODES.map((code) => [code, code]));
registerEnumType(CommandErrorCode, {
  name: 'CommandErrorCode',
  description: 'Why a command was not carried out.',
  valuesConfig: {
    VERSION_CONFLICT: { description: 'The aggregate has moved on since the caller last saw it.' },
    VALIDATION_FAILED: { description: 'The input does not make a command.' },
    NOT_FOUND: { description: 'There is no such aggregate.' },
    ALREADY_EXISTS: { description: 'There is such an aggregate already.' },
    DEACTIVATED: { description: 'The aggregate is deactivated.' },
    EMAIL_TAKEN: { description: 'Another user has the e-mail address, in whatever case.' },
    COMMAND_ID_REUSED: { description: 'The commandId was used before, for another command.' },
  } satisfies Record<FailureCode, { description: string }>,
});

@InterfaceType('CommandError', {
  description: 'Why a command was not carried out; nothing was changed.',
  resolveType: (error: CommandErrorShape) => error.__typename,
})
export abstract class CommandErrorInterface {
  @Field(() => CommandErrorCode, { description: 'The reason in a word, for programs.' })
  code!: FailureCode;

  @Field(() => String, { description: 'The same in words for people.' })
  message!: string;
}

@ObjectType('VersionConflict', {
  implements: CommandErrorInterface,
  description: 'The aggregate has moved on since the caller last saw it.',
})
export class VersionConflictType extends CommandErrorInterface {
  @Field(() => Int, { description: 'The version that the command named.' })
  expectedVersion!: number;

  @Field(() => Int, { description: 'The version that the aggregate really has.' })
  actualVersion!: number;

  @Field(() => [EventInterface], {
    description: 'The events that the caller had not seen, oldest first, at most 100.',
  })
  missed!: EventInterface[];
}

@ObjectType('FieldIssue', { description: 'What is wrong with one value of the input.' })
export class FieldIssueType {
  @Field(() => [String], { description: 'Where the value stands in the command.' })
  path!: readonly string[];

  @Field(() => String, { description: 'What it must be instead.' })
  message!: string;
}

@ObjectType('ValidationFailed', {
  implements: CommandErrorInterface,
  description: 'The input does not make a command.',
})
export class ValidationFailedType extends CommandErrorInterface {
  @Field(() => [FieldIssueType], { description: 'All that is wrong, at least one.' })
  issues!: readonly FieldIssueType[];
}

@ObjectType('CommandRejected', {
  implements: CommandErrorInterface,
  description: 'The domain refuses the command, as things stand.',
})
export class CommandRejectedType extends CommandErrorInterface {}

@InterfaceType('CommandResult', { description: 'What became of a command.' })
export abstract class CommandResultInterface {
  @Field(() => Boolean, { description: 'True when it was carried out, or nothing was to change.' })
  success!: boolean;

  @Field(() => [EventInterface], {
    description:
      'What the command appended. With dryRun, what it would append: their ids, positions and times are only what they would be now.',
  })
  events!: readonly EventInterface[];

  @Field(() => PositionScalar, {
    nullable: true,
    description:
      "The log's position once this command was applied: give it to consistentWith. Null when it was not applied.",
  })
  position!: Position | null;

  @Field(() => Boolean, {
    description:
      'True when the log holds a command of this commandId already, and this is its answer again.',
  })
  replayed!: boolean;

  @Field(() => Boolean, { description: 'True when it was only asked what would happen.' })
  dryRun!: boolean;

  @Field(() => CommandErrorInterface, { nullable: true, description: 'Null on success.' })
  error!: CommandErrorShape | null;
}

type CommandErrorShape =
  | ({ readonly __typename: 'VersionConflict' } & VersionConflictType)
  | ({ readonly __typename: 'ValidationFailed' } & ValidationFailedType)
  | ({ readonly __typename: 'CommandRejected' } & CommandRejectedType);

@ArgsType()
export class CommandOptions {
  @Field(() => ID, {
    nullable: true,
    description:
      'A name of your own for this command, 1 to 200 visible ASCII characters: sent again with it, a command that appended events is not carried out again but answered as it was. The HTTP header Idempotency-Key says the same.',
  })
  commandId?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Only ask what would happen; nothing is stored, published or remembered. Send it past your cache, as `user` is then not what it is.',
  })
  dryRun!: boolean;
}

/** Carries a mutation out as a command of a domain. */
export function perform<
  State,
  Command extends { readonly id: string },
  E extends DomainEvent,
  T extends string,
>(
  context: Context,
  aggregate: Aggregate<State, Command, E, T>,
  type: T,
  input: object,
  expectedVersion: number,
  options: CommandOptions,
): Promise<Outcome<State, E>> {
  const { app, origin } = context;
  return execute(app, aggregate, {
    type,
    payload: { ...input },
    expectedVersion,
    commandId: commandIdOf(context, options),
    dryRun: options.dryRun,
    origin: origin(),
  });
}

function commandIdOf(context: Context, options: CommandOptions): string | null {
  const [byHeader, byArgument] = [context.commandId, options.commandId ?? null];
  if (byHeader !== null && byArgument !== null && byHeader !== byArgument) {
    throw badInput('commandId and the header Idempotency-Key differ; one of them is enough.');
  }
  return byArgument ?? byHeader;
}

/** The part of a mutation's answer that is the same for every domain. */
export type CommandResult = Pick<
  CommandResultInterface,
  'success' | 'events' | 'position' | 'replayed' | 'dryRun' | 'error'
>;

export function resultOf(outcome: Outcome<unknown>, { dryRun }: CommandOptions): CommandResult {
  if (outcome.kind !== 'accepted') {
    const error = errorOf(outcome);
    return { success: false, events: [], position: null, replayed: false, dryRun, error };
  }
  const { replayed } = outcome;
  return {
    success: true,
    events: outcome.events.map(shown),
    position: dryRun && !replayed ? null : outcome.position,
    replayed,
    dryRun,
    error: null,
  };
}

function errorOf(failure: Failure): CommandErrorShape {
  const explained = explain(failure);
  switch (failure.kind) {
    case 'conflict': {
      const { expectedVersion, actualVersion } = failure;
      const missed = failure.missed.map(shown);
      return {
        __typename: 'VersionConflict',
        ...explained,
        expectedVersion,
        actualVersion,
        missed,
      };
    }
    case 'invalid':
      return { __typename: 'ValidationFailed', ...explained, issues: failure.issues };
    case 'refused':
      return { __typename: 'CommandRejected', ...explained };
    default:
      return failure satisfies never;
  }
}
