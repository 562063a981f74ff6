import { ENDS } from '../documents.js';
import type { Person } from '../facts.js';
import { expectSame } from '../same.js';
import { shownFact, shownPerson } from '../shown.js';
import type { Stage, Story } from '../story.js';

/** What a story has come to, as a whole, and the last event and user that were there before it. */
export async function lookAtEverything({ world, begin }: Story, { server }: Stage): Promise<void> {
  const facts = world.upTo(world.head).slice(Math.max(0, begin - 1));
  const people = world.people().toSorted(byChange);
  const changed = new Set(facts.map(({ userId }) => userId)).size;
  expectSame(await server.data(ENDS, { events: facts.length, users: changed }), {
    head: { position: String(world.head) },
    events: { nodes: facts.map(shownFact) },
    users: { totalCount: people.length, nodes: people.slice(-changed).map(shownPerson) },
  });
}

const byChange = (one: Person, other: Person): number => one.last.position - other.last.position;
