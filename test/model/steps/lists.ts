import * as fc from 'fast-check';
import { EVENTS, STATE, USERS } from '../documents.js';
import type { Person } from '../facts.js';
import { expectBeyond } from '../moments.js';
import { expectPages, walks } from '../pages.js';
import { expectSame } from '../same.js';
import { shownFact, shownPerson } from '../shown.js';
import { people, step, type Story, type Who } from '../story.js';
import { filters, whereOf } from './filters.js';

/** Which users, as a story has yet to say it. */
interface UserFilter {
  readonly status: 'ACTIVE' | 'DEACTIVATED' | undefined;
  readonly nameContains: string | undefined;
  readonly addressOf: Who | undefined;
}

const userFilters: fc.Arbitrary<UserFilter> = fc.record({
  status: fc.constantFrom(undefined, undefined, 'ACTIVE' as const, 'DEACTIVATED' as const),
  nameContains: fc.constantFrom(undefined, undefined, 'A', 'd', 'O\u0308', 'İ', '🦉', ''),
  addressOf: fc.option(people, { nil: undefined, freq: 1 }),
});

const orders = fc.option(
  fc.record({
    field: fc.constantFrom('CREATED_AT' as const, 'UPDATED_AT' as const, 'NAME' as const),
    direction: fc.constantFrom('ASC' as const, 'DESC' as const),
  }),
  { nil: undefined, freq: 3 },
);
type UserOrder = NonNullable<typeof orders extends fc.Arbitrary<infer Value> ? Value : never>;

/** In another case than the user's own. */
function emailOf(story: Story, { addressOf }: UserFilter): string | undefined {
  if (addressOf === undefined) return undefined;
  return story.world.person(story.userId(addressOf))?.email?.toUpperCase();
}

const lower = (text: string): string => text.normalize('NFC').toLowerCase();

function isListed(person: Person, filter: UserFilter, email: string | undefined): boolean {
  return (
    (filter.status === undefined || filter.status === person.status) &&
    (filter.nameContains === undefined ||
      lower(person.name).includes(lower(filter.nameContains))) &&
    (email === undefined || person.email?.toUpperCase() === email)
  );
}

/** By code points; users of the same name by their ids. */
function compare(one: Person, other: Person, { field }: UserOrder): number {
  switch (field) {
    case 'CREATED_AT':
      return one.first.position - other.first.position;
    case 'UPDATED_AT':
      return one.last.position - other.last.position;
    case 'NAME': {
      const [first, second] = [lower(one.name), lower(other.name)];
      // The order of code points is that of their bytes in UTF-8.
      const difference = Buffer.compare(Buffer.from(first), Buffer.from(second));
      return difference === 0
        ? Buffer.compare(Buffer.from(one.id), Buffer.from(other.id))
        : difference;
    }
    default:
      return field satisfies never;
  }
}

export const walkUsers = step(
  'walk through the users',
  fc.record({
    filter: userFilters,
    orderBy: orders,
    walk: walks,
    ahead: fc.integer({ min: -1, max: 1 }),
  }),
  async (story, { server }, { filter, orderBy, walk, ahead }) => {
    const { world } = story;
    const email = emailOf(story, filter);
    const { status, nameContains } = filter;
    const asked = {
      where: { status, nameContains, email },
      orderBy,
      consistentWith: String(Math.max(0, world.head + ahead)),
    };
    if (ahead > 0) {
      expectBeyond(await server.ask(USERS, asked), world.head);
      return;
    }
    const order = orderBy ?? { field: 'CREATED_AT', direction: 'ASC' };
    const sorted = world
      .people()
      .filter((person) => isListed(person, filter, email))
      .toSorted((one, other) => compare(one, other, order));
    const listed = order.direction === 'ASC' ? sorted : sorted.toReversed();
    await expectPages(listed.map(shownPerson), walk, async (args) => {
      const { page } = await server.data(USERS, { ...asked, ...args });
      return page;
    });
  },
);

export const walkEvents = step(
  'walk through the events',
  fc.record({ filter: filters, walk: walks }),
  async (story, { server }, { filter, walk }) => {
    const where = whereOf(story, filter);
    await expectPages(story.world.slice(where).map(shownFact), walk, async (args) => {
      const { page } = await server.data(EVENTS, { where, ...args });
      return page;
    });
  },
);

/** Where the log ends, and that nothing is behind it. */
export const lookAtState = step(
  'look at the end',
  fc.constant('now'),
  async ({ world }, { server }) => {
    const position = String(world.head);
    const recordedAt = world.upTo(world.head).at(-1)?.recordedAt ?? null;
    expectSame(await server.data(STATE), {
      head: { position, recordedAt },
      projections: [{ name: 'users', position, lag: 0, status: 'LIVE' }],
    });
  },
);
