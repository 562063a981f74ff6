import { describe, expect, it } from 'vitest';
import type { GetDiffQueryVariables } from '../../../generated/graphql.js';
import { ask, post } from '../../../support/client.js';
import { GetBlame, GetDiff } from '../../../support/documents.js';
import { liveLife, type Life } from './life.js';

const NAME = { field: 'name', from: 'Ann', to: 'Anna' };
const EMAIL = { field: 'email', from: null, to: 'anna@example.org' };
const LEFT = { field: 'status', from: 'ACTIVE', to: 'DEACTIVATED' };

const diffOf = async ({ url, id }: Life, asked: Omit<GetDiffQueryVariables, 'id'>) =>
  (await ask(url, GetDiff, { id, ...asked })).user?.diff;

describe('the diff of a user', () => {
  it('takes versions, times and positions, and mixes them', async () => {
    const life = await liveLife();
    const moments = [1, 4].map((version) => {
      const { recordedAt: at, position } = life.event(version);
      return [{ version }, { at }, { position }];
    });
    const [earlier = [], later = []] = moments;
    for (const from of earlier) {
      for (const to of later) expect(await diffOf(life, { from, to })).toEqual([NAME, EMAIL, LEFT]);
    }
  });

  it('compares with the user as it stands when only one moment is given', async () => {
    const life = await liveLife();
    expect(await diffOf(life, { from: { version: 1 } })).toEqual([NAME, EMAIL]);
    expect(await diffOf(life, { from: { version: 1 }, to: null })).toEqual([NAME, EMAIL]);
    expect(await diffOf(life, { from: { at: '2999-01-01T00:00:00Z' } })).toEqual([]);
  });

  it('says of a user to be that nothing had a value', async () => {
    const life = await liveLife();
    const created = [
      { field: 'name', from: null, to: 'Ann' },
      { field: 'status', from: null, to: 'ACTIVE' },
    ];
    const to = { version: 1 };
    expect(await diffOf(life, { from: { version: 0 }, to })).toEqual(created);
    expect(await diffOf(life, { from: { position: '0' }, to })).toEqual(created);
    expect(await diffOf(life, { from: { at: '1999-01-01T00:00:00Z' }, to })).toEqual(created);
  });

  it('may run backwards', async () => {
    const life = await liveLife();
    expect(await diffOf(life, { from: { version: 2 }, to: { version: 1 } })).toEqual([
      { field: 'name', from: 'Anna', to: 'Ann' },
    ]);
  });

  it('means by a position all of the log up to it, whoever its event is of', async () => {
    const life = await liveLife();
    // Position 2 is Bob's.
    expect(await diffOf(life, { from: { position: '2' }, to: { position: '3' } })).toEqual([NAME]);
  });

  it.each([
    ['no moment', {}, 'A moment is one of at, version and position.'],
    ['a moment that is null', { version: null }, 'A moment is one of at, version and position.'],
    [
      'two moments',
      { version: 1, position: '1' },
      'Give one moment at most: a time, a version or a position.',
    ],
    ['a version that is none yet', { version: 6 }, 'There is no version 6 yet; the highest is 5.'],
    ['a version below 0', { version: -1 }, 'A version must be 0 or more.'],
    [
      'a position that is none yet',
      { position: '7' },
      'There is no position 7 yet; the highest is 6.',
    ],
  ])('says what is wrong with %s, on either side', async (_, wrong, message) => {
    const { url, id } = await liveLife();
    for (const sides of [{ from: wrong }, { from: { version: 1 }, to: wrong }]) {
      expect((await post(url, GetDiff, { id, ...sides })).errors).toMatchObject([
        { message, path: ['user', 'diff'], extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    }
  });

  it('of a past user knows no more than that user did', async () => {
    const life = await liveLife();
    const of2 = { atVersion: 2, from: { version: 1 } };
    expect(await diffOf(life, of2)).toEqual([NAME]);
    expect(await diffOf(life, { ...of2, to: { position: '6' } })).toEqual([NAME]);
    expect(await diffOf(life, { ...of2, to: { at: '2999-01-01T00:00:00Z' } })).toEqual([NAME]);
    const { errors } = await post(life.url, GetDiff, { id: life.id, ...of2, to: { version: 3 } });
    expect(errors).toMatchObject([{ message: 'There is no version 3 yet; the highest is 2.' }]);
  });
});

describe('the blame of a user', () => {
  it('names for each field the event that gave it its value, with its time and actor', async () => {
    const { url, id, event } = await liveLife();
    expect((await ask(url, GetBlame, { id })).user?.blame).toEqual([
      { field: 'name', event: event(2) },
      { field: 'email', event: event(3) },
      { field: 'status', event: event(5) },
    ]);
    expect(event(2)).toMatchObject({ actor: null, recordedAt: expect.any(String) });
  });

  it('of a past user is what it was then', async () => {
    const { url, id, event } = await liveLife();
    const blamed = async (atVersion: number) =>
      (await ask(url, GetBlame, { id, atVersion })).user?.blame;
    expect(await blamed(1)).toEqual([
      { field: 'name', event: event(1) },
      { field: 'email', event: event(1) },
      { field: 'status', event: event(1) },
    ]);
    expect(await blamed(4)).toEqual([
      { field: 'name', event: event(2) },
      { field: 'email', event: event(3) },
      { field: 'status', event: event(4) },
    ]);
  });
});
