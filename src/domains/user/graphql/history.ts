import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { FieldChange } from '../../../core/changes.js';
import type { Version } from '../../../core/event.js';
import { BeyondTheEnd, type Moment } from '../../../core/moment.js';
import type { Timestamp } from '../../../core/time.js';
import { blame, diffBetween, readSteps, type Step } from '../../../engine/history.js';
import { imagine } from '../../../engine/imagine.js';
import { resolveVersion, type Past } from '../../../engine/replay.js';
import {
  PageArgs,
  parseNumberPlace,
  readPage,
  type List,
  type Page,
} from '../../../schema/connection.js';
import { ForAuditors } from '../../../schema/caller.js';
import type { Context } from '../../../schema/context.js';
import { folds, foldsEach } from '../../../schema/cost.js';
import { shown } from '../../../schema/event.js';
import { givenMoment, MomentInput, momentOf } from '../../../schema/moment.js';
import { FieldBlameType, FieldChangeType } from '../../../schema/revision.js';
import { DateTime } from '../../../schema/scalars.js';
import { userAggregate } from '../aggregate.js';
import type { UserState } from '../decider.js';
import type { User } from '../projection.js';
import {
  toUserRevision,
  UserRevision,
  UserRevisionConnection,
  UserType,
  type UserRoot,
} from './types.js';

/** The past of a user, as far as the user that it is asked of knows it: up to its own version. */
@Resolver(() => UserType)
export class UserHistory {
  @FieldResolver(() => UserRevision, {
    nullable: true,
    description:
      'The user as it stood at a moment, one at most; as it stands when none is given. Null before it was created.',
    complexity: folds,
  })
  async revision(
    @Root() user: UserRoot,
    @Arg('at', () => DateTime, {
      nullable: true,
      description: 'After all that was recorded up to then.',
    })
    at: Timestamp | null | undefined,
    @Arg('version', () => Int, { nullable: true, description: 'After this many of its events.' })
    version: number | null | undefined,
    @Ctx() { app }: Context,
  ): Promise<UserRevision | null> {
    const moment = givenMoment({ at, version }) ?? { version: user.version };
    const past = pastOf(user, app);
    const [step] = await stepsOf(past, user, await versionAt(past, user, moment));
    return step === undefined ? null : toUserRevision(step);
  }

  @ForAuditors()
  @FieldResolver(() => UserRevisionConnection, {
    description: 'Its revisions, newest first. Needs the role auditor.',
    complexity: foldsEach,
  })
  history(
    @Root() user: UserRoot,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { app }: Context,
  ): Promise<Page<UserRevision>> {
    return readPage(revisionsOf(pastOf(user, app), user), page);
  }

  @FieldResolver(() => [FieldChangeType], {
    description: 'The fields that are not the same at two moments.',
    complexity: folds,
  })
  async diff(
    @Root() user: UserRoot,
    @Arg('from', () => MomentInput, { description: 'The one moment.' }) from: MomentInput,
    @Arg('to', () => MomentInput, {
      nullable: true,
      description: 'The other; when left out, the user as it stands here.',
    })
    to: MomentInput | null | undefined,
    @Ctx() { app }: Context,
  ): Promise<readonly FieldChange[]> {
    const past = pastOf(user, app);
    const first = await versionAt(past, user, momentOf(from));
    const last = to ? await versionAt(past, user, momentOf(to)) : user.version;
    return diffBetween(past, userAggregate, user.id, first, last);
  }

  @ForAuditors()
  @FieldResolver(() => [FieldBlameType], {
    description:
      'For each field, the event that gave it the value that it has here. Needs the role auditor.',
    complexity: folds,
  })
  async blame(@Root() user: UserRoot, @Ctx() { app }: Context): Promise<FieldBlameType[]> {
    const found = await blame(pastOf(user, app), userAggregate, user.id, user.version);
    return found.map(({ field, event }) => ({ field, event: shown(event) }));
  }
}

/** What a user that a dry run shows has behind it is not in the log. */
const pastOf = ({ forecast = [] }: UserRoot, past: Past): Past => imagine(past, forecast);

const stepsOf = (past: Past, { id, version: horizon }: User, from: Version, through = from) =>
  readSteps(past, userAggregate, id, { from, through, horizon });

/** The version that the user had at a moment. Rejects with BeyondTheEnd for what it does not know. */
async function versionAt(past: Past, { id, version }: User, moment: Moment): Promise<Version> {
  if ('version' in moment) {
    if (moment.version > version) throw new BeyondTheEnd('version', moment.version, version);
    return moment.version;
  }
  const then = await resolveVersion(past.store, { type: userAggregate.type, id }, moment);
  return Math.min(version, then);
}

function revisionsOf(past: Past, user: User): List<Step<UserState>, Version, UserRevision> {
  return {
    // Newest first: what follows a version in the list came before it in time.
    async read({ after = Number.MAX_SAFE_INTEGER, before = 0, backwards, limit }) {
      const last = Math.min(after - 1, user.version);
      const oldest = Math.max(before + 1, backwards ? 1 : last - limit + 1);
      const newest = backwards ? Math.min(last, before + limit) : last;
      const steps = await stepsOf(past, user, oldest, newest);
      return backwards ? steps : steps.toReversed();
    },
    placeOf: ({ revision }) => revision.version,
    show: toUserRevision,
    parsePlace: parseNumberPlace,
  };
}
