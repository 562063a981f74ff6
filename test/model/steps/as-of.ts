import * as fc from 'fast-check';
import { carryOut, send } from '../carry-out.js';
import { AS_OF_EVENTS, AS_OF_USER, AS_OF_USERS } from '../documents.js';
import { expectBeyond, positionOf, worldMoments } from '../moments.js';
import { expectPages, walksBackwards, walksForwards } from '../pages.js';
import { expectSame } from '../same.js';
import { shownFact, shownRevisions } from '../shown.js';
import { people, step } from '../story.js';
import type { World } from '../world.js';
import { intents, orderOf } from './intents.js';
import { filters, whereOf } from './filters.js';

const pageIn = ({ asOf }: Readonly<Record<string, unknown>>): unknown =>
  (asOf as { readonly page: unknown }).page;

export const lookAtWorld = step(
  'look at the world',
  fc.record({ when: worldMoments, who: people }),
  async (story, { server }, { when, who }) => {
    const { world } = story;
    const id = story.userId(who);
    const meant = positionOf(world, when);
    const asked = { id, ...meant.named };
    if (!('means' in meant)) {
      expectBeyond(await server.ask(AS_OF_USER, asked), meant.highest);
      return;
    }
    expectSame(await server.data(AS_OF_USER, asked), worldAt(world, id, meant.means));
  },
);

/** The world with one user in it. */
function worldAt(world: World, id: string, position: number) {
  const at = world.upTo(position).at(-1)?.recordedAt ?? null;
  const user = shownRevisions(world.of(id, position)).at(-1) ?? null;
  return { asOf: { position: String(position), at, user } };
}

/** An answer for this very time is final, whatever is on its way to the log. */
export const lookMeanwhile = step(
  'look at the world while it changes, by',
  fc.record({ intent: intents, looksFirst: fc.boolean() }),
  async (story, { server }, { intent, looksFirst }) => {
    const { world } = story;
    const order = orderOf(story, intent, null);
    const { id } = order.command.input;
    const at = new Date().toISOString();
    const early = looksFirst ? server.data(AS_OF_USER, { id, at }) : undefined;
    const sent = send(server, order);
    const asked = early ?? server.data(AS_OF_USER, { id, at });
    const [reply, seen] = await Promise.all([sent, asked]);
    carryOut(world, order, reply);
    world.settle(at);
    expectSame(seen, worldAt(world, id, world.positionAt(at)));
  },
);

export const walkUsersAsOf = step(
  'walk through the users of a moment',
  fc.record({ when: worldMoments, walk: walksForwards }),
  async ({ world }, { server }, { when, walk }) => {
    const meant = positionOf(world, when);
    if (!('means' in meant)) return;
    const users = world
      .ids(meant.means)
      .map((id) => shownRevisions(world.of(id, meant.means)).at(-1));
    await expectPages(users, walk, async (args) =>
      pageIn(await server.data(AS_OF_USERS, { ...meant.named, ...args })),
    );
  },
);

export const walkEventsAsOf = step(
  'walk through the events of a moment',
  fc.record({ when: worldMoments, filter: filters, walk: walksBackwards }),
  async (story, { server }, { when, filter, walk }) => {
    const meant = positionOf(story.world, when);
    if (!('means' in meant)) return;
    const where = whereOf(story, filter);
    const events = story.world.slice(where, 0, meant.means).map(shownFact);
    await expectPages(events, walk, async (args) =>
      pageIn(await server.data(AS_OF_EVENTS, { where, ...meant.named, ...args })),
    );
  },
);
