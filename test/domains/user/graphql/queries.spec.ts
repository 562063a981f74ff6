import { describe, expect, it } from 'vitest';
import type { ListUsersQueryVariables } from '../../../generated/graphql.js';
import { ask, post } from '../../../support/client.js';
import {
  CreateUser,
  DeactivateUser,
  GetUser,
  ListUsers,
  RenameUser,
} from '../../../support/documents.js';
import { startServer } from '../../../support/server.js';

const forged = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

describe('user', () => {
  it('is null for one that does not exist', async () => {
    const { url } = await startServer();
    expect((await ask(url, GetUser, { id: '__proto__' })).user).toBeNull();
    expect((await ask(url, GetUser, { id: 'nobody', atVersion: 0 })).user).toBeNull();
  });

  it('is as it was at a time, a version or a position', async () => {
    const { url } = await startServer();
    const id = 'user-1';
    const { createUser } = await ask(url, CreateUser, { input: { id, name: 'Ann' } });
    const created = createUser.user?.createdAt ?? null;
    await expect.poll(() => new Date().toISOString()).not.toBe(created);
    await ask(url, RenameUser, { input: { id, name: 'Anna' }, expectedVersion: 1 });

    const ann = { name: 'Ann', version: 1, createdAt: created, updatedAt: created };
    expect((await ask(url, GetUser, { id, at: created })).user).toMatchObject(ann);
    expect((await ask(url, GetUser, { id, atVersion: 1 })).user).toMatchObject(ann);
    expect((await ask(url, GetUser, { id, atPosition: '1' })).user).toMatchObject(ann);
    expect((await ask(url, GetUser, { id, atVersion: 2 })).user?.name).toBe('Anna');
    expect((await ask(url, GetUser, { id, atPosition: '2' })).user?.name).toBe('Anna');
    const future = '2999-01-01T00:00:00+02:00';
    expect((await ask(url, GetUser, { id, at: future })).user?.name).toBe('Anna');
    expect((await ask(url, GetUser, { id, at: '1999-01-01T00:00:00Z' })).user).toBeNull();
    expect((await ask(url, GetUser, { id, atVersion: 0 })).user).toBeNull();
    expect((await ask(url, GetUser, { id, atPosition: '0' })).user).toBeNull();
  });

  it.each([
    ['more than one moment', { atVersion: 1, atPosition: '1' }, 'Give one moment at most'],
    ['a version beyond the end', { atVersion: 3 }, 'There is no version 3 yet; the highest is 1.'],
    ['a position beyond the end', { atPosition: '7' }, 'There is no position 7 yet; the highest'],
    ['a version below 0', { atVersion: -1 }, 'A version must be 0 or more'],
    ['a time without a zone', { at: '2026-01-01T00:00:00' }, 'DateTime must be an RFC 3339'],
    ['a day that is none', { at: '2026-02-30T00:00:00Z' }, 'DateTime must be an RFC 3339'],
    ['a position that is no number', { atPosition: '1e3' }, 'Position must be a decimal integer'],
    ['a position beyond 2^53', { atPosition: '9007199254740993' }, 'Position must be a decimal'],
  ])('says what is wrong with %s', async (_, moment, message) => {
    const { url } = await startServer();
    await ask(url, CreateUser, { input: { id: 'user-1', name: 'Ann' } });
    const { errors } = await post(url, GetUser, { id: 'user-1', ...moment });
    expect(errors).toMatchObject([
      { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});

describe('users', () => {
  const names = ['Eve', 'adam', 'Bob', 'Dora', 'carl'];

  it('come in the order of their creation, by name or by their last change, both ways', async () => {
    const url = await serverWith(names);
    await ask(url, RenameUser, { input: { id: 'user-1', name: 'Adam' }, expectedVersion: 1 });
    const all = ['user-0', 'user-1', 'user-2', 'user-3', 'user-4'];
    const byName = ['user-1', 'user-2', 'user-4', 'user-3', 'user-0'];
    expect(await idsOf(url, {})).toEqual(all);
    expect(await idsOf(url, { orderBy: { direction: 'DESC' } })).toEqual(all.toReversed());
    expect(await idsOf(url, { orderBy: { field: 'NAME' } })).toEqual(byName);
    expect(await idsOf(url, { orderBy: { field: 'NAME', direction: 'DESC' } })).toEqual(
      byName.toReversed(),
    );
    const changed = await idsOf(url, { orderBy: { field: 'UPDATED_AT' } });
    expect(changed).toEqual(['user-0', 'user-2', 'user-3', 'user-4', 'user-1']);
  });

  it('page forwards and backwards, and say whether there is more', async () => {
    const url = await serverWith(names);
    const { users: first } = await ask(url, ListUsers, { first: 2 });
    expect(first.edges.map(({ node }) => node.id)).toEqual(['user-0', 'user-1']);
    expect(first.totalCount).toBe(5);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });

    const { users: second } = await ask(url, ListUsers, {
      first: 2,
      after: first.pageInfo.endCursor,
    });
    expect(second.nodes.map(({ id }) => id)).toEqual(['user-2', 'user-3']);
    expect(second.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });

    const { users: last } = await ask(url, ListUsers, { last: 2 });
    expect(last.nodes.map(({ id }) => id)).toEqual(['user-3', 'user-4']);
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });

    const { users: before } = await ask(url, ListUsers, {
      last: 2,
      before: last.pageInfo.startCursor,
    });
    expect(before.nodes.map(({ id }) => id)).toEqual(['user-1', 'user-2']);
    const { users: none } = await ask(url, ListUsers, { first: 0 });
    expect(none.nodes).toEqual([]);
    expect(none.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const { users: over } = await ask(url, ListUsers, { after: last.pageInfo.endCursor });
    expect(over.nodes).toEqual([]);
    expect(over.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('keep their places while others come and change', async () => {
    const url = await serverWith(names);
    const { users } = await ask(url, ListUsers, { first: 2 });
    await ask(url, CreateUser, { input: { id: 'late', name: 'Late' } });
    const rest = await idsOf(url, { after: users.pageInfo.endCursor });
    expect(rest).toEqual(['user-2', 'user-3', 'user-4', 'late']);
  });

  it('can be filtered by status, a part of the name and the address, in any case', async () => {
    const url = await serverWith(names);
    await ask(url, DeactivateUser, { input: { id: 'user-2' }, expectedVersion: 1 });
    expect(await idsOf(url, { where: { status: 'DEACTIVATED' } })).toEqual(['user-2']);
    expect(await idsOf(url, { where: { nameContains: 'AD' } })).toEqual(['user-1']);
    expect(await idsOf(url, { where: { email: ' Dora@Example.org' } })).toEqual(['user-3']);
    expect(await idsOf(url, { where: { email: '' } })).toEqual([]);
    expect(await idsOf(url, { where: { status: 'ACTIVE', nameContains: 'b' } })).toEqual([]);
    const { users } = await ask(url, ListUsers, { first: 1, where: { status: 'ACTIVE' } });
    expect(users.totalCount).toBe(4);
  });

  it.each([
    ['first and last', { first: 1, last: 1 }, 'Give first or last, not both.'],
    ['a negative first', { first: -1 }, 'first must be from 0 to 500.'],
    ['too large a last', { last: 501 }, 'last must be from 0 to 500.'],
    [
      'a forged cursor',
      { after: forged(['createdAt', 'x', 'y']) },
      'after is not a cursor of this list.',
    ],
    ['a cursor of nothing', { after: 'nonsense' }, 'after is not a cursor of this list.'],
  ])('say what is wrong with %s', async (_, variables, message) => {
    const url = await serverWith([]);
    const { errors } = await post(url, ListUsers, variables);
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('refuse a cursor of another order', async () => {
    const url = await serverWith(names);
    const { users } = await ask(url, ListUsers, { first: 1 });
    const after = users.pageInfo.endCursor;
    const { errors } = await post(url, ListUsers, { after, orderBy: { field: 'NAME' } });
    expect(errors).toMatchObject([{ message: 'after is not a cursor of this list.' }]);
  });
});

async function serverWith(names: readonly string[]): Promise<string> {
  const { url } = await startServer();
  for (const [index, name] of names.entries()) {
    const email = `${name.toLowerCase()}@example.org`;
    await ask(url, CreateUser, { input: { id: `user-${index}`, name, email } });
  }
  return url;
}

async function idsOf(url: string, variables: ListUsersQueryVariables): Promise<string[]> {
  const { users } = await ask(url, ListUsers, variables);
  return users.nodes.map(({ id }) => id);
}
