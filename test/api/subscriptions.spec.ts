import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { NewEvent } from '../../src/core/event-store.js';
import { ask, listen } from '../support/client.js';
import {
  CreateUser,
  DeactivateUser,
  Events,
  ListEvents,
  RenameUser,
  WatchUser,
} from '../support/documents.js';
import { METADATA } from '../support/metadata.js';
import { openStore, startServer } from '../support/server.js';
import { tempFolder } from '../support/temp-folder.js';

/** Three users, and the second renamed: a log of four. */
async function serverWithUsers(): Promise<string> {
  const { url } = await startServer();
  for (const id of ['ann', 'bob', 'eve']) await ask(url, CreateUser, { input: { id, name: id } });
  await rename(url, 'bob', 'Rob', 1);
  return url;
}

const rename = (url: string, id: string, name: string, expectedVersion: number) =>
  ask(url, RenameUser, { input: { id, name }, expectedVersion });

async function take<T>(iterator: AsyncIterator<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  while (taken.length < count) {
    const { done, value } = await iterator.next();
    if (done) throw new Error(`it ended after ${taken.length}`);
    taken.push(value);
  }
  return taken;
}

/** What a subscription that must fail answers instead of its first message. */
async function errorsOf(messages: AsyncIterator<unknown>): Promise<unknown> {
  try {
    return { instead: await messages.next() };
  } catch (cause) {
    // Of one that has begun, test/support/client.ts makes a text.
    return cause instanceof Error ? JSON.parse(cause.message) : cause;
  }
}

describe('events(after)', () => {
  it('sends the whole log after the beginning, and then what is appended', async () => {
    const url = await serverWithUsers();
    const frames = listen(url, Events, { after: '0' });
    const { events } = await ask(url, ListEvents, {});
    const history = (await take(frames, 5)).map((frame) => frame.events);
    expect(history.map(({ event }) => event)).toEqual([null, ...events.nodes]);
    expect(history.map(({ position }) => position)).toEqual(['0', '1', '2', '3', '4']);
    expect(history.map(({ caughtUp }) => caughtUp)).toEqual([false, false, false, false, true]);
    await rename(url, 'ann', 'Anna', 1);
    expect(await take(frames, 1)).toMatchObject([
      { events: { position: '5', caughtUp: true, event: { __typename: 'UserRenamed' } } },
    ]);
  });

  it.each([
    ['1', ['2', '3', '4']],
    ['3', ['4']],
    ['4', []],
  ])('resumes after %s', async (after, expected) => {
    const url = await serverWithUsers();
    const frames = listen(url, Events, { after });
    expect(await take(frames, 1)).toEqual([
      { events: { position: after, caughtUp: after === '4', event: null } },
    ]);
    await rename(url, 'ann', 'Anna', 1);
    const rest = await take(frames, expected.length + 1);
    expect(rest.map((frame) => frame.events.event?.position)).toEqual([...expected, '5']);
  });

  it('sends only what its filter lets through, and says when that is all', async () => {
    const url = await serverWithUsers();
    const where = { aggregateId: 'bob', types: ['UserRenamed', 'UserCreated'] };
    expect(await take(listen(url, Events, { after: '0', where }), 3)).toMatchObject([
      { events: { position: '0', caughtUp: false, event: null } },
      { events: { position: '2', caughtUp: false, event: { type: 'UserCreated' } } },
      { events: { position: '4', caughtUp: true, event: { type: 'UserRenamed' } } },
    ]);
    const ofNobody = listen(url, Events, { after: '0', where: { aggregateId: 'nobody' } });
    expect(await take(ofNobody, 2)).toEqual([
      { events: { position: '0', caughtUp: false, event: null } },
      { events: { position: '4', caughtUp: true, event: null } },
    ]);
  });

  it.each([
    ['null', null],
    ['nothing', undefined],
  ])('begins at the end when it is given %s', async (_, after) => {
    const url = await serverWithUsers();
    expect(await take(listen(url, Events, { after }), 1)).toEqual([
      { events: { position: '4', caughtUp: true, event: null } },
    ]);
  });

  it.each([
    ['beyond the end', '5', 'There is no position 5 yet; the highest is 4.'],
    ['far beyond the end', `${Number.MAX_SAFE_INTEGER}`, 'the highest is 4'],
    ['that is negative', '-1', 'Position must be'],
    ['that is no number', 'four', 'Position must be'],
    ['that is empty', '', 'Position must be'],
    ['with a zero before it', '04', 'Position must be'],
    ['with white space', ' 4', 'Position must be'],
    ['that is broken', '1.5', 'Position must be'],
    ['in another notation', '1e0', 'Position must be'],
    ['that no log can have', '99999999999999999999', 'Position must be'],
  ])('refuses a position %s', async (_, after, message) => {
    const url = await serverWithUsers();
    expect(await errorsOf(listen(url, Events, { after }))).toEqual([
      expect.objectContaining({
        message: expect.stringContaining(message),
        extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }),
      }),
    ]);
  });
});

describe('user(id)', () => {
  it('is the user now, then again after each change', async () => {
    const url = await serverWithUsers();
    const users = listen(url, WatchUser, { id: 'bob' });
    expect(await take(users, 1)).toMatchObject([{ user: { id: 'bob', name: 'Rob', version: 2 } }]);
    await rename(url, 'ann', 'Anna', 1);
    await rename(url, 'bob', 'Robert', 2);
    expect(await take(users, 1)).toMatchObject([{ user: { name: 'Robert', version: 3 } }]);
    await ask(url, DeactivateUser, { input: { id: 'bob' }, expectedVersion: 3 });
    expect(await take(users, 1)).toMatchObject([{ user: { status: 'DEACTIVATED', version: 4 } }]);
  });

  it('shows later and later versions, the latest last', async () => {
    const url = await serverWithUsers();
    const users = listen(url, WatchUser, { id: 'ann' });
    const versions = [(await take(users, 1))[0]?.user.version ?? 0];
    for (let version = 1; version < 60; version += 1) {
      await rename(url, 'ann', `Ann ${version}`, version);
    }
    while (versions.at(-1) !== 60) versions.push((await take(users, 1))[0]?.user.version ?? 0);
    expect(versions).toEqual([...new Set(versions)].toSorted((one, other) => one - other));
  });

  it('is an error when there is no such user', async () => {
    const url = await serverWithUsers();
    expect(await errorsOf(listen(url, WatchUser, { id: 'nobody' }))).toMatchObject([
      { message: 'There is no user nobody.', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});

/** A server over a log that somebody else wrote: Ann was created, then this. */
async function serverAfter(event: Omit<NewEvent, 'id'>): Promise<string> {
  const DATA_DIR = await tempFolder();
  const store = await openStore(DATA_DIR);
  const data = { name: 'Ann', email: null, status: 'active' };
  const created = { type: 'UserCreated', schemaVersion: 2, data };
  for (const [expectedVersion, each] of [created, event].entries()) {
    await store.append({
      stream: { type: 'User', id: 'ann' },
      expectedVersion,
      events: [{ id: randomUUID(), ...each }],
      metadata: METADATA,
      claims: [],
      releases: [],
    });
  }
  await store.close();
  return (await startServer({ DATA_DIR })).url;
}

describe('errors of subscriptions', () => {
  const MASKED = {
    message: 'Something went wrong on the server; its log says what, under this errorId.',
    extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: expect.any(String) },
  };

  it('that nobody foresaw are masked', async () => {
    const url = await serverAfter({ type: 'UserRenamed', schemaVersion: 1, data: { name: null } });
    const frames = listen(url, Events, { after: '1' });
    await take(frames, 1);
    const errors = await errorsOf(frames);
    expect(errors).toMatchObject([MASKED]);
    expect(JSON.stringify(errors)).not.toContain('null');
  });

  it('say that an event is unknown', async () => {
    const unknown = { type: 'UserTeleported', schemaVersion: 1, data: {} };
    const url = await serverAfter(unknown);
    expect(await errorsOf(listen(url, WatchUser, { id: 'ann' }))).toMatchObject([
      { extensions: { code: 'UNKNOWN_EVENT' } },
    ]);
  });
});
