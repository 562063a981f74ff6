import { Field, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { REFUSAL_CODES, type Aggregate } from '../core/decider.js';
import type { DomainEvent, Position } from '../core/event.js';
import { execute } from '../engine/execute.js';
import { explain, type Failure, type FailureCode, type Outcome } from '../engine/outcome.js';
import { metadataOf, type Context } from './context.js';
import { EventInterface, shown } from './event.js';
import { PositionScalar } from './scalars.js';

const FAILURE_CODES: readonly FailureCode[] = [
  'VERSION_CONFLICT',
  'VALIDATION_FAILED',
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

  @Field(() => [EventInterface], { description: 'What the command appended.' })
  events!: readonly EventInterface[];

  @Field(() => PositionScalar, {
    nullable: true,
    description: "The log's position once this command was applied; null when it was not.",
  })
  position!: Position | null;

  @Field(() => CommandErrorInterface, { nullable: true, description: 'Null on success.' })
  error!: CommandErrorShape | null;
}

type CommandErrorShape =
  | ({ readonly __typename: 'VersionConflict' } & VersionConflictType)
  | ({ readonly __typename: 'ValidationFailed' } & ValidationFailedType)
  | ({ readonly __typename: 'CommandRejected' } & CommandRejectedType);

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
): Promise<Outcome<State, E>> {
  const metadata = metadataOf(context);
  return execute(context.app, aggregate, {
    type,
    payload: { ...input },
    expectedVersion,
    metadata,
  });
}

/** The part of a mutation's answer that is the same for every domain. */
export type CommandResult = Pick<
  CommandResultInterface,
  'success' | 'events' | 'position' | 'error'
>;

export function resultOf(outcome: Outcome<unknown>): CommandResult {
  if (outcome.kind === 'accepted') {
    const { events, position } = outcome;
    return { success: true, events: events.map(shown), position, error: null };
  }
  return { success: false, events: [], position: null, error: errorOf(outcome) };
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
