import * as fc from 'fast-check';
import { DIFF, HISTORY, REVISION_OF, USER } from '../documents.js';
import { personAfter, type Fact } from '../facts.js';
import { expectBeyond, moments, ofUser, versionOf, type Moment } from '../moments.js';
import { expectPages, walks } from '../pages.js';
import type { Server, Variables } from '../server.js';
import { expectSame } from '../same.js';
import { shownBlame, shownChanges, shownPerson, shownRevisions } from '../shown.js';
import { people, step } from '../story.js';
import type { World } from '../world.js';

const NOW: Moment = { kind: 'now' };
const now = fc.constant(NOW);
const subjects = fc.record({
  who: people,
  when: fc.oneof(now, moments),
});

/** A user as it was then: the events up to then, and how a question names it. */
interface Then {
  readonly facts: readonly Fact[];
  readonly variables: Variables;
}

/** The user as it was at a moment; undefined for one that is yet to come, which the server must say. */
async function userThen(
  world: World,
  server: Server,
  id: string,
  when: Moment,
): Promise<Then | undefined> {
  const meant = versionOf(world, id, when);
  const variables = { id, ...ofUser(meant) };
  if ('means' in meant) return { facts: world.of(id).slice(0, meant.means), variables };
  expectBeyond(await server.ask(USER, variables), meant.highest);
  return undefined;
}

export const lookAtUser = step(
  'look at a user',
  subjects,
  async (story, { server }, { who, when }) => {
    const then = await userThen(story.world, server, story.userId(who), when);
    if (then === undefined) return;
    const { facts, variables } = then;
    const person = personAfter(facts);
    const revision = shownRevisions(facts).at(-1);
    const user = person && { ...shownPerson(person), revision, blame: shownBlame(facts) };
    expectSame(await server.data(USER, variables), { user: user ?? null });
  },
);

export const lookAtRevision = step(
  'look at a revision',
  fc.record({ subject: subjects, which: fc.oneof(now, moments) }),
  async (story, { server }, { subject, which }) => {
    // What can be asked of a user is a version or a time.
    if (which.kind === 'position') return;
    const id = story.somebody(subject.who);
    const then = await userThen(story.world, server, id, subject.when);
    if (then === undefined || then.facts.length === 0) return;
    const { facts, variables } = then;
    const meant = versionOf(story.world, id, which, facts.length);
    const { version, at: revisionAt } = meant.named;
    const asked = { ...variables, version, revisionAt };
    if (!('means' in meant)) {
      expectBeyond(await server.ask(REVISION_OF, asked), meant.highest);
      return;
    }
    const revision = shownRevisions(facts)[meant.means - 1] ?? null;
    expectSame(await server.data(REVISION_OF, asked), { user: { revision } });
  },
);

const page = (answer: Readonly<Record<string, unknown>>): unknown =>
  (answer['user'] as { readonly page: unknown }).page;

export const walkHistory = step(
  'walk through a history',
  fc.record({ subject: subjects, walk: walks }),
  async (story, { server }, { subject, walk }) => {
    const id = story.somebody(subject.who);
    const then = await userThen(story.world, server, id, subject.when);
    if (then === undefined || then.facts.length === 0) return;
    const revisions = shownRevisions(then.facts).toReversed();
    await expectPages(revisions, walk, async (args) =>
      page(await server.data(HISTORY, { ...then.variables, ...args })),
    );
  },
);

export const compare = step(
  'compare',
  fc.record({ subject: subjects, from: moments, to: fc.option(moments, { nil: undefined }) }),
  async (story, { server }, { subject, from, to }) => {
    const id = story.somebody(subject.who);
    const then = await userThen(story.world, server, id, subject.when);
    // Of nobody nothing is compared, and no time is asked for.
    if (then === undefined || then.facts.length === 0) return;
    const { facts, variables } = then;
    const first = versionOf(story.world, id, from, facts.length);
    if (!('means' in first)) {
      const asked = { ...variables, from: first.named };
      expectBeyond(await server.ask(DIFF, asked), first.highest);
      return;
    }
    const last = versionOf(story.world, id, to ?? NOW, facts.length);
    const asked = { ...variables, from: first.named, ...(to && { to: last.named }) };
    if (!('means' in last)) {
      expectBeyond(await server.ask(DIFF, asked), last.highest);
      return;
    }
    const diff = shownChanges(facts.slice(0, first.means), facts.slice(0, last.means));
    expectSame(await server.data(DIFF, asked), { user: { diff } });
  },
);
