import { describe, expect, it } from 'vitest';
import type { GetHistoryQueryVariables } from '../../../generated/graphql.js';
import { ask, post } from '../../../support/client.js';
import { CreateUser, GetHistory, GetRevision } from '../../../support/documents.js';
import { startServer } from '../../../support/server.js';
import { liveLife, shifted, type Life } from './life.js';

const FUTURE = '2999-01-01T00:00:00Z';

async function revisionOf({ url, id }: Life, moment: { at?: string; version?: number } = {}) {
  return (await ask(url, GetRevision, { id, ...moment })).user?.revision;
}

describe('the revision of a user', () => {
  it('is the user as it stood after so many of its events', async () => {
    const life = await liveLife();
    expect(await revisionOf(life, { version: 3 })).toEqual({
      userId: 'ann',
      name: 'Anna',
      email: 'anna@example.org',
      status: 'ACTIVE',
      version: 3,
      position: '4',
      validFrom: life.event(3).recordedAt,
      validTo: life.event(4).recordedAt,
      event: life.event(3),
      changes: [{ field: 'email', from: null, to: 'anna@example.org' }],
    });
  });

  it('is the user as it stands when no moment is given, valid until further notice', async () => {
    const life = await liveLife();
    expect(await revisionOf(life)).toMatchObject({ status: 'ACTIVE', version: 5, validTo: null });
  });

  it('holds from the very time of its event to that of the next', async () => {
    const life = await liveLife();
    for (const version of [1, 2, 3, 4, 5]) {
      const { recordedAt } = life.event(version);
      expect(await revisionOf(life, { at: recordedAt })).toMatchObject({ version });
      const before = (await revisionOf(life, { at: shifted(recordedAt, -1) }))?.version;
      expect(before).toBe(version === 1 ? undefined : version - 1);
    }
    expect(await revisionOf(life, { at: FUTURE })).toMatchObject({ version: 5 });
  });

  it('is null before the user was created', async () => {
    const life = await liveLife();
    expect(await revisionOf(life, { version: 0 })).toBeNull();
    expect(await revisionOf(life, { at: '1999-01-01T00:00:00Z' })).toBeNull();
  });

  it.each([
    ['a version that is none yet', { version: 6 }, 'There is no version 6 yet; the highest is 5.'],
    ['a version below 0', { version: -1 }, 'A version must be 0 or more.'],
    ['two moments', { version: 1, at: FUTURE }, 'Give one moment at most'],
  ])('is an error that says what is wrong with %s', async (_, moment, message) => {
    const { url, id } = await liveLife();
    expect((await post(url, GetRevision, { id, ...moment })).errors).toMatchObject([
      {
        message: expect.stringContaining(message),
        path: ['user', 'revision'],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('says of the first event that it set every field that has a value', async () => {
    const { url } = await startServer();
    const input = { id: 'u', name: 'Uma', email: 'uma@example.org' };
    await ask(url, CreateUser, { input });
    expect((await ask(url, GetRevision, { id: 'u', version: 1 })).user?.revision?.changes).toEqual([
      { field: 'name', from: null, to: 'Uma' },
      { field: 'email', from: null, to: 'uma@example.org' },
      { field: 'status', from: null, to: 'ACTIVE' },
    ]);
  });

  it('asked of a past user knows no more than that user did', async () => {
    const { url, id, event } = await liveLife();
    const of2 = { id, atVersion: 2 };
    const latest = { version: 2, validTo: null };
    expect((await ask(url, GetRevision, of2)).user?.revision).toMatchObject(latest);
    const at = { at: FUTURE };
    expect((await ask(url, GetRevision, { ...of2, ...at })).user?.revision).toMatchObject(latest);
    const late = { at: event(4).recordedAt };
    expect((await ask(url, GetRevision, { ...of2, ...late })).user?.revision).toMatchObject(latest);
    const first = await ask(url, GetRevision, { ...of2, version: 1 });
    expect(first.user?.revision).toMatchObject({ validTo: event(2).recordedAt });
    const { errors } = await post(url, GetRevision, { ...of2, version: 3 });
    expect(errors).toMatchObject([
      {
        message: 'There is no version 3 yet; the highest is 2.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });
});

async function pageOf(life: Life, page: Omit<GetHistoryQueryVariables, 'id'>) {
  const { user } = await ask(life.url, GetHistory, { id: life.id, ...page });
  if (!user) throw new Error('there is no user');
  const { nodes, edges, pageInfo } = user.history;
  expect(edges.map(({ node }) => node.version)).toEqual(nodes.map(({ version }) => version));
  expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([
    edges.at(0)?.cursor ?? null,
    edges.at(-1)?.cursor ?? null,
  ]);
  const versions = nodes.map(({ version }) => version);
  return { nodes, edges, versions, more: [pageInfo.hasPreviousPage, pageInfo.hasNextPage] };
}

describe('the history of a user', () => {
  it('is every revision, newest first, each valid until the next', async () => {
    const life = await liveLife();
    const { nodes, versions, more } = await pageOf(life, {});
    expect(versions).toEqual([5, 4, 3, 2, 1]);
    expect(more).toEqual([false, false]);
    for (const revision of nodes) {
      expect(revision).toEqual(await revisionOf(life, { version: revision.version }));
    }
    expect(nodes.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual(
      [5, 4, 3, 2, 1].map((version) => [
        life.event(version).recordedAt,
        version === 5 ? null : life.event(version + 1).recordedAt,
      ]),
    );
    expect(nodes.map(({ changes }) => changes.map(({ field }) => field))).toEqual([
      ['status'],
      ['status'],
      ['email'],
      ['name'],
      ['name', 'status'],
    ]);
  });

  it('pages from its beginning to its end', async () => {
    const life = await liveLife();
    const first = await pageOf(life, { first: 2 });
    expect([first.versions, first.more]).toEqual([
      [5, 4],
      [false, true],
    ]);
    const second = await pageOf(life, { first: 2, after: first.edges.at(-1)?.cursor ?? null });
    expect([second.versions, second.more]).toEqual([
      [3, 2],
      [true, true],
    ]);
    const third = await pageOf(life, { first: 2, after: second.edges.at(-1)?.cursor ?? null });
    expect([third.versions, third.more]).toEqual([[1], [true, false]]);
    const fourth = await pageOf(life, { first: 2, after: third.edges.at(-1)?.cursor ?? null });
    expect([fourth.versions, fourth.more]).toEqual([[], [true, false]]);
  });

  it('pages from its end to its beginning', async () => {
    const life = await liveLife();
    const last = await pageOf(life, { last: 2 });
    expect([last.versions, last.more]).toEqual([
      [2, 1],
      [true, false],
    ]);
    const before = await pageOf(life, { last: 2, before: last.edges.at(0)?.cursor ?? null });
    expect([before.versions, before.more]).toEqual([
      [4, 3],
      [true, true],
    ]);
    const rest = await pageOf(life, { last: 2, before: before.edges.at(0)?.cursor ?? null });
    expect([rest.versions, rest.more]).toEqual([[5], [false, true]]);
    const over = await pageOf(life, { last: 2, before: rest.edges.at(0)?.cursor ?? null });
    expect([over.versions, over.more]).toEqual([[], [false, true]]);
  });

  it('tells of an empty page what lies before and behind it', async () => {
    const life = await liveLife();
    const { edges } = await pageOf(life, {});
    const [second, third] = [edges.at(1)?.cursor ?? null, edges.at(2)?.cursor ?? null];
    const more = async (page: Partial<GetHistoryQueryVariables>) => (await pageOf(life, page)).more;
    expect(await more({ first: 0 })).toEqual([false, true]);
    expect(await more({ first: 0, after: second })).toEqual([true, true]);
    expect(await more({ last: 0 })).toEqual([true, false]);
    expect(await more({ last: 0, before: second })).toEqual([true, true]);
    expect(await more({ after: second, before: third })).toEqual([true, true]);
  });

  it('lets both cursors bound a page, and either number make it empty', async () => {
    const life = await liveLife();
    const { edges } = await pageOf(life, {});
    const [after, before] = [edges.at(0)?.cursor ?? null, edges.at(4)?.cursor ?? null];
    expect((await pageOf(life, { after, before })).versions).toEqual([4, 3, 2]);
    expect((await pageOf(life, { after, before, first: 1 })).versions).toEqual([4]);
    expect((await pageOf(life, { after, before, last: 1 })).versions).toEqual([2]);
    expect((await pageOf(life, { first: 0 })).versions).toEqual([]);
    expect((await pageOf(life, { last: 0 })).versions).toEqual([]);
  });

  it('keeps its pages as the user goes on', async () => {
    const life = await liveLife();
    const { edges } = await pageOf(life, { first: 1, atVersion: 3 });
    const after = edges.at(-1)?.cursor ?? null;
    expect((await pageOf(life, { after })).versions).toEqual([2, 1]);
  });

  it('of a past user ends with that user, for whom nothing came after', async () => {
    const life = await liveLife();
    const { nodes, versions, more } = await pageOf(life, { atVersion: 2 });
    expect([versions, more]).toEqual([
      [2, 1],
      [false, false],
    ]);
    expect(nodes.map(({ validTo }) => validTo)).toEqual([null, life.event(2).recordedAt]);
    expect((await pageOf(life, { atVersion: 2, last: 1 })).more).toEqual([true, false]);
  });

  it.each([
    ['first and last', { first: 1, last: 1 }, 'Give first or last, not both.'],
    ['too large a page', { first: 501 }, 'first must be from 0 to 500.'],
    ['a cursor of nothing', { after: 'nonsense' }, 'after is not a cursor of this list.'],
  ])('says what is wrong with %s', async (_, page, message) => {
    const { url, id } = await liveLife();
    expect((await post(url, GetHistory, { id, ...page })).errors).toMatchObject([
      { message, extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});
