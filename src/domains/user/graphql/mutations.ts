import { Arg, Args, Ctx, Int, Mutation, Resolver } from 'type-graphql';
import { CommandOptions, perform, resultOf } from '../../../schema/command.js';
import type { Context } from '../../../schema/context.js';
import { userAggregate } from '../aggregate.js';
import type { UserCommandType } from '../commands.js';
import { toUser, usersProjection } from '../projection.js';
import {
  ChangeUserEmailInput,
  CreateUserInput,
  DeactivateUserInput,
  ReactivateUserInput,
  RenameUserInput,
} from './inputs.js';
import { UserCommandResult } from './types.js';

const INPUT = { description: 'What the command says.' };
const EXPECTED_VERSION = {
  description:
    'The version that the caller last saw. If it is not the present one, the answer is VersionConflict; or ALREADY_EXISTS or NOT_FOUND, where that is what differs.',
};

@Resolver()
export class UserMutations {
  @Mutation(() => UserCommandResult, { description: 'Creates a user.' })
  createUser(
    @Arg('input', () => CreateUserInput, INPUT) input: CreateUserInput,
    @Arg('expectedVersion', () => Int, { ...EXPECTED_VERSION, defaultValue: 0 }) version: number,
    @Args(() => CommandOptions) options: CommandOptions,
    @Ctx() context: Context,
  ): Promise<UserCommandResult> {
    return command(context, 'CreateUser', input, version, options);
  }

  @Mutation(() => UserCommandResult, { description: 'Gives a user another name.' })
  renameUser(
    @Arg('input', () => RenameUserInput, INPUT) input: RenameUserInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) version: number,
    @Args(() => CommandOptions) options: CommandOptions,
    @Ctx() context: Context,
  ): Promise<UserCommandResult> {
    return command(context, 'RenameUser', input, version, options);
  }

  @Mutation(() => UserCommandResult, {
    description: 'Gives a user another e-mail address, or none.',
  })
  changeUserEmail(
    @Arg('input', () => ChangeUserEmailInput, INPUT) input: ChangeUserEmailInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) version: number,
    @Args(() => CommandOptions) options: CommandOptions,
    @Ctx() context: Context,
  ): Promise<UserCommandResult> {
    return command(context, 'ChangeUserEmail', input, version, options);
  }

  @Mutation(() => UserCommandResult, {
    description: 'Deactivates a user, who then refuses every command but reactivateUser.',
  })
  deactivateUser(
    @Arg('input', () => DeactivateUserInput, INPUT) input: DeactivateUserInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) version: number,
    @Args(() => CommandOptions) options: CommandOptions,
    @Ctx() context: Context,
  ): Promise<UserCommandResult> {
    return command(context, 'DeactivateUser', input, version, options);
  }

  @Mutation(() => UserCommandResult, {
    description: 'Lets a deactivated user take commands again.',
  })
  reactivateUser(
    @Arg('input', () => ReactivateUserInput, INPUT) input: ReactivateUserInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) version: number,
    @Args(() => CommandOptions) options: CommandOptions,
    @Ctx() context: Context,
  ): Promise<UserCommandResult> {
    return command(context, 'ReactivateUser', input, version, options);
  }
}

async function command(
  context: Context,
  type: UserCommandType,
  input: { readonly id?: string | null },
  expectedVersion: number,
  options: CommandOptions,
): Promise<UserCommandResult> {
  const outcome = await perform(context, userAggregate, type, input, expectedVersion, options);
  const current =
    outcome.kind === 'invalid'
      ? await context.app.projector.model(usersProjection).get(input.id ?? '')
      : outcome.current;
  const forecast =
    options.dryRun && outcome.kind === 'accepted' && !outcome.replayed ? outcome.events : [];
  const user = current === undefined ? null : { ...toUser(current), forecast };
  return { ...resultOf(outcome, options), user };
}
