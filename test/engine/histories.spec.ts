import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { known } from '../../src/core/schemas.js';
import type { Version } from '../../src/core/event.js';
import { fold } from '../../src/core/revision.js';
import type { UserCommand } from '../../src/domains/user/commands.js';
import { userDecider } from '../../src/domains/user/decider.js';
import { USER, USER_EVENTS, type UserEvent } from '../../src/domains/user/events.js';
import { usersProjection } from '../../src/domains/user/projection.js';
import { commandsOn, userIds } from '../domains/user/arbitraries.js';
import { positions, upTo, versions, wholeLog } from './log.js';
import { startUsers, type UserOutcome, type Users } from './users.js';

const IDS = ['ada', 'bob', 'eve'];

/** What a caller takes the version for, given what it is. */
type Belief = (actual: Version) => Version;

const beliefs: fc.Arbitrary<Belief> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Belief>((actual) => actual) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 3 }).map(stale) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }).map(ahead) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(-1, 0.5, Number.NaN, 2 ** 53, 1e9).map((wrong) => () => wrong),
  },
);

function stale(by: number): Belief {
  return (actual) => Math.max(0, actual - by);
}

function ahead(by: number): Belief {
  return (actual) => actual + by;
}

interface Attempt {
  readonly command: UserCommand;
  readonly belief: Belief;
}

const attempts: fc.Arbitrary<Attempt> = fc.record({
  command: commandsOn(userIds),
  belief: beliefs,
});

/** Some at a time: the next ones are sent when these are answered. */
const conversations = fc.array(fc.array(attempts, { minLength: 1, maxLength: 5 }), {
  maxLength: 15,
});

async function sendAll(
  users: Users,
  together: readonly Attempt[],
): Promise<readonly UserOutcome[]> {
  const aimed = await Promise.all(
    together.map(async ({ command, belief }) => {
      const actual = await users.store.readStream({ type: USER, id: command.id });
      return { command, version: belief(actual.length) };
    }),
  );
  return Promise.all(
    aimed.map(async ({ command, version }) => {
      const outcome = await users.send(command, version);
      const needed = outcome.kind === 'accepted' ? outcome.position : 0;
      const reached = users.app.projector.model(usersProjection).position();
      expect(reached).toBeGreaterThanOrEqual(needed);
      return outcome;
    }),
  );
}

async function expectGapless({ store }: Users, outcomes: readonly UserOutcome[]): Promise<void> {
  const log = await wholeLog(store);
  expect(positions(log)).toEqual(upTo(log.length));
  expect(log.map((event) => event.recordedAt)).toEqual(
    log.map((event) => event.recordedAt).toSorted(),
  );
  for (const id of IDS) {
    const stream = await store.readStream({ type: USER, id });
    expect(versions(stream)).toEqual(upTo(stream.length));
    expect(stream).toEqual(log.filter((event) => event.aggregateId === id));
  }
  const told = outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? outcome.events : []));
  expect(told.toSorted((one, other) => one.position - other.position)).toEqual(log);
}

async function expectProjected({ app, store, shown, news }: Users): Promise<void> {
  const log = await wholeLog(store);
  const made = new Set(log.map((event) => event.aggregateId));
  for (const id of IDS) {
    const own = log
      .filter((event) => event.aggregateId === id)
      .map((event) => known<UserEvent>(USER_EVENTS, event));
    expect(await shown(id)).toEqual(fold(userDecider, own));
  }
  expect(await app.projector.model(usersProjection).count([])).toBe(made.size);
  expect(news).toEqual([]);
}

it('leaves no gap in any stream nor in the log, and a projection equal to a fold of it', async () => {
  const seen = new Set<UserOutcome['kind']>();
  await fc.assert(
    fc.asyncProperty(conversations, async (conversation) => {
      const users = await startUsers();
      const outcomes: UserOutcome[] = [];
      for (const together of conversation) outcomes.push(...(await sendAll(users, together)));
      await expectGapless(users, outcomes);
      await expectProjected(users);
      await users.app.close();
      for (const { kind } of outcomes) seen.add(kind);
    }),
    { numRuns: 200 },
  );
  // Else the generator would have tried less than it says.
  expect([...seen].toSorted()).toEqual(['accepted', 'conflict', 'invalid', 'refused']);
});
