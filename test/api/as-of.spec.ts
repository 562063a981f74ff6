import { describe, expect, it, vi } from 'vitest';
import type { GetWorldQueryVariables } from '../generated/graphql.js';
import { itemAt, liveLife, shifted } from '../domains/user/graphql/life.js';
import { ask, post } from '../support/client.js';
import {
  CreateUser,
  DeactivateUser,
  GetHead,
  GetHistory,
  GetRevision,
  GetWorld,
  ListEvents,
  RenameUser,
} from '../support/documents.js';
import { startServer } from '../support/server.js';

const FUTURE = '2999-01-01T00:00:00Z';
const PAST = '1999-01-01T00:00:00Z';

async function worldOf(url: string, asked: Partial<GetWorldQueryVariables> = {}) {
  const { asOf } = await ask(url, GetWorld, { id: 'ann', ...asked });
  const { position, at, user, users, events } = asOf;
  return {
    place: { position, at },
    user,
    users: { ids: users.nodes.map(({ userId }) => userId), ...users },
    events: { positions: events.nodes.map((event) => event.position), ...events },
  };
}

describe('the world as of a moment', () => {
  it('is now when no moment is given', async () => {
    const { url, event } = await liveLife();
    const { place, user, users, events } = await worldOf(url, { at: null, position: null });
    expect(place).toEqual({ position: '6', at: event(5).recordedAt });
    expect(user).toMatchObject({ name: 'Anna', version: 5, validTo: null });
    expect(users.ids).toEqual(['ann', 'bob']);
    expect(events.positions).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  it('is as it stood after the event at a position', async () => {
    const { url, event } = await liveLife();
    const { place, user, users, events } = await worldOf(url, { position: '3' });
    expect(place).toEqual({ position: '3', at: event(2).recordedAt });
    expect(user).toMatchObject({ userId: 'ann', name: 'Anna', email: null, version: 2 });
    expect(users.nodes).toEqual([user, expect.objectContaining({ userId: 'bob', version: 1 })]);
    expect(events.positions).toEqual(['1', '2', '3']);
    expect((await worldOf(url, { position: '1' })).users.ids).toEqual(['ann']);
  });

  it('takes in what was recorded at the very time, and says when that was', async () => {
    const { url, event } = await liveLife();
    for (const version of [2, 3, 4, 5]) {
      const { recordedAt, position } = event(version);
      expect((await worldOf(url, { at: recordedAt })).place).toEqual({ position, at: recordedAt });
      const before = await worldOf(url, { at: shifted(recordedAt, -1) });
      expect(before.place.position).toBe(`${Number(position) - 1}`);
      expect(before.place.at).toBe(itemAt(before.events.nodes, Number(position) - 2).recordedAt);
    }
  });

  it('is as now for a time to come, and says the time of the last event', async () => {
    const { url, event } = await liveLife();
    const { place } = await worldOf(url, { at: FUTURE });
    expect(place).toEqual({ position: '6', at: event(5).recordedAt });
  });

  it.each([
    ['a time', { at: PAST }],
    ['a position', { position: '0' }],
  ])('is empty before the first event, named by %s', async (_, moment) => {
    const { url } = await liveLife();
    const { place, user, users, events } = await worldOf(url, moment);
    expect([place, user]).toEqual([{ position: '0', at: null }, null]);
    const pageInfo = {
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    };
    expect(users).toEqual({ ids: [], nodes: [], pageInfo });
    expect(events).toEqual({ positions: [], nodes: [], pageInfo });
  });

  it('is empty on an empty log, at whatever time', async () => {
    const { url } = await startServer();
    for (const moment of [{}, { at: FUTURE }, { at: PAST }, { position: '0' }]) {
      expect((await worldOf(url, moment)).place).toEqual({ position: '0', at: null });
    }
  });

  it.each([
    ['two moments', { at: PAST, position: '1' }, 'Give at most one of at and position.'],
    [
      'a position beyond the end',
      { position: '7' },
      'There is no position 7 yet; the highest is 6.',
    ],
    ['a position that is no number', { position: '-1' }, 'Position must be a decimal integer'],
    ['a time without a zone', { at: '2026-01-01T00:00:00' }, 'DateTime must be an RFC 3339'],
  ])('says what is wrong with %s', async (_, moment, message) => {
    const { url } = await liveLife();
    expect((await post(url, GetWorld, { id: 'ann', ...moment })).errors).toMatchObject([
      { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('knows of no end to what was the last then, though others came since', async () => {
    const { url, id, event } = await liveLife();
    const { user, users } = await worldOf(url, { position: '3' });
    expect(user).toMatchObject({ version: 2, validTo: null });
    expect(users.nodes.map(({ validTo }) => validTo)).toEqual([null, null]);
    const now = await ask(url, GetRevision, { id, version: 2 });
    expect(now.user?.revision).toEqual({ ...user, validTo: event(3).recordedAt });
  });

  it('has no user that there was not, though there is one by now', async () => {
    const { url } = await liveLife();
    expect((await worldOf(url, { id: 'bob', position: '1' })).user).toBeNull();
    expect((await worldOf(url, { id: 'bob', position: '2' })).user?.name).toBe('Bob');
    expect((await worldOf(url, { id: 'nobody' })).user).toBeNull();
  });
});

describe('the users as of a moment', () => {
  it('are paged in the order of their creation, and end with those that there were', async () => {
    const url = await serverWithUsers(5);
    // What happens later, to the first of them and beyond them, is not of that moment.
    await ask(url, RenameUser, { input: { id: 'user-1', name: 'Late' }, expectedVersion: 1 });
    await ask(url, DeactivateUser, { input: { id: 'user-2' }, expectedVersion: 1 });

    const first = (await worldOf(url, { position: '3', first: 2 })).users;
    expect(first.ids).toEqual(['user-1', 'user-2']);
    expect(first.nodes).toMatchObject([{ name: 'User 1' }, { status: 'ACTIVE' }]);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });

    const after = first.pageInfo.endCursor;
    const rest = (await worldOf(url, { position: '3', first: 2, after })).users;
    expect(rest.ids).toEqual(['user-3']);
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });

    const exact = (await worldOf(url, { position: '3', first: 1, after })).users;
    expect(exact.pageInfo).toMatchObject({ hasNextPage: false });
    const over = (await worldOf(url, { position: '3', after: rest.pageInfo.endCursor })).users;
    expect([over.ids, over.pageInfo.hasNextPage]).toEqual([[], false]);
    expect((await worldOf(url, { position: '5', after })).users.ids).toEqual([
      'user-3',
      'user-4',
      'user-5',
    ]);
  });

  it('are never later ones, not even after a cursor from later', async () => {
    const url = await serverWithUsers(5);
    const { endCursor: after } = (await worldOf(url, { first: 4 })).users.pageInfo;
    expect((await worldOf(url, { position: '3', after })).users).toMatchObject({
      ids: [],
      pageInfo: { hasNextPage: false },
    });
  });

  it('are twenty when no number is given', async () => {
    const url = await serverWithUsers(25);
    const { users } = await worldOf(url, { position: '24' });
    expect(users.ids).toHaveLength(20);
    expect(users.pageInfo.hasNextPage).toBe(true);
  });

  it.each([
    ['a negative number', { first: -1 }, 'first must be from 0 to 500.'],
    ['too large a page', { first: 501 }, 'first must be from 0 to 500.'],
    ['a cursor of nothing', { after: 'nonsense' }, 'after is not a cursor of this list.'],
  ])('say what is wrong with %s', async (_, page, message) => {
    const url = await serverWithUsers(1);
    expect((await post(url, GetWorld, { id: 'ann', ...page })).errors).toMatchObject([
      { message, path: ['asOf', 'users'], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});

describe('the log as of a moment', () => {
  it('is paged from its end, and ends at that moment', async () => {
    const { url } = await liveLife();
    const last = (await worldOf(url, { position: '4', last: 2 })).events;
    expect(last.positions).toEqual(['3', '4']);
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });

    const before = last.pageInfo.startCursor;
    const rest = (await worldOf(url, { position: '4', last: 2, before })).events;
    expect(rest.positions).toEqual(['1', '2']);
    expect(rest.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  });

  it('ends there before a cursor from later, too', async () => {
    const { url } = await liveLife();
    const { events } = await ask(url, ListEvents, { last: 1 });
    const before = events.pageInfo.startCursor;
    const then = (await worldOf(url, { position: '3', last: 1, before })).events;
    expect(then.positions).toEqual(['3']);
    expect(then.pageInfo.hasNextPage).toBe(false);
  });

  it('can be filtered, the last of those that match', async () => {
    const { url } = await liveLife();
    const of = async (where: GetWorldQueryVariables['where'], last: number) =>
      (await worldOf(url, { position: '5', where, last })).events;
    expect((await of({ aggregateId: 'ann' }, 2)).positions).toEqual(['4', '5']);
    expect((await of({ aggregateId: 'bob' }, 2)).positions).toEqual(['2']);
    expect((await of({ types: ['UserReactivated'] }, 2)).positions).toEqual([]);
    const renamed = await of({ types: ['UserRenamed', 'UserReactivated'], aggregateId: null }, 5);
    expect(renamed.positions).toEqual(['3']);
    expect(renamed.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
  });
});

describe('one answer as of a moment', () => {
  it('is all from one position while commands go on, and the same to the byte for ever', async () => {
    const url = await serverWithUsers(20);
    const worlds: string[] = [];
    const ROUNDS = 5;
    let changes = 0;
    const asking = async () => {
      while (worlds.length < ROUNDS) {
        const before = changes;
        worlds.push(await textOf(url, WHOLE('')));
        await vi.waitUntil(() => changes > before);
      }
    };
    const changing = async (id: string) => {
      for (let version = 1; worlds.length < ROUNDS; version += 1) {
        const input = { id, name: `Name ${version}` };
        await ask(url, RenameUser, { input, expectedVersion: version });
        await ask(url, CreateUser, { input: { name: 'Another' } });
        changes += 1;
      }
    };
    await Promise.all([asking(), changing('user-1'), changing('user-2'), changing('user-3')]);

    const positions = worlds.map((text) => consistentPosition(text));
    expect(Number(positions[0])).toBeLessThan(Number((await ask(url, GetHead)).head.position));
    expect(new Set(positions).size).toBeGreaterThan(1);
    for (const [index, position] of positions.entries()) {
      expect(await textOf(url, WHOLE(`(position: "${position}")`))).toBe(worlds[index]);
    }
  });

  it('says of a user what its history says', async () => {
    const { url, id } = await liveLife();
    const { user } = await ask(url, GetHistory, { id });
    for (const revision of user?.history.nodes ?? []) {
      const { position } = revision;
      expect((await worldOf(url, { position })).user).toEqual({ ...revision, validTo: null });
    }
  });
});

const REVISION = 'userId name version position validFrom validTo event { position }';

/** Many fields that read for themselves, so that there is time for appends between them. */
const WHOLE = (moment: string): string => `{
  asOf${moment} {
    position
    at
    first: users(first: 500) { nodes { ${REVISION} } pageInfo { hasNextPage } }
    ${Array.from({ length: 20 }, (_, index) => `u${index + 1}: user(id: "user-${index + 1}") { ${REVISION} }`).join('\n')}
    last: events(last: 1) { nodes { position recordedAt } pageInfo { hasNextPage } }
    users(first: 500) { nodes { ${REVISION} } pageInfo { hasNextPage } }
  }
}`;

interface Whole {
  readonly position: string;
  readonly at: string;
  readonly first: { readonly nodes: readonly Seen[] };
  readonly users: { readonly nodes: readonly Seen[] };
  readonly last: { readonly nodes: readonly { position: string; recordedAt: string }[] };
}

interface Seen {
  readonly userId: string;
  readonly position: string;
  readonly validTo: string | null;
}

async function textOf(url: string, query: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.text();
}

/** The one position that every part of an answer is from. */
function consistentPosition(text: string): string {
  const { data }: { data: { asOf: Whole } } = JSON.parse(text);
  const { position, at, first, users, last, ...aliases } = data.asOf;
  expect(last).toEqual({
    nodes: [{ position, recordedAt: at }],
    pageInfo: { hasNextPage: false },
  });
  expect(users).toEqual(first);
  expect(users.nodes.slice(0, 20)).toEqual(Object.values(aliases));
  const highest = Math.max(...users.nodes.map((user) => Number(user.position)));
  expect(highest).toBe(Number(position));
  expect(users.nodes.filter(({ validTo }) => validTo !== null)).toEqual([]);
  return position;
}

async function serverWithUsers(count: number): Promise<string> {
  const { url } = await startServer();
  for (let number = 1; number <= count; number += 1) {
    await ask(url, CreateUser, { input: { id: `user-${number}`, name: `User ${number}` } });
  }
  return url;
}
