import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Commit, NewEvent } from '../../src/core/event-store.js';
import { ask, listen, post } from '../support/client.js';
import {
  CreateUser,
  Events,
  GetHead,
  GetProjections,
  GetUser,
  GetWorld,
  ListEvents,
  ListUsers,
  RenameUser,
} from '../support/documents.js';
import { METADATA } from '../support/metadata.js';
import { openStore, startServer } from '../support/server.js';
import { tempFolder } from '../support/temp-folder.js';
import { command, query, talkOn } from './node/talk.js';

const TELEPORTED = { type: 'UserTeleported', schemaVersion: 1, data: { to: 'the moon' } };
const RENAMED_IN_ANOTHER_FORM = {
  type: 'UserRenamed',
  schemaVersion: 9,
  data: { given: 'Ann', family: 'Lee' },
};

/** The folder of a log that a newer build wrote: Ann was created, then came an event of its own. */
async function folderWith(event: Omit<NewEvent, 'id'>): Promise<string> {
  const DATA_DIR = await tempFolder();
  const store = await openStore(DATA_DIR);
  const created = { name: 'Ann', email: null, status: 'active' };
  await store.append(commitOf(0, { type: 'UserCreated', schemaVersion: 2, data: created }));
  await store.append(commitOf(1, event));
  await store.close();
  return DATA_DIR;
}

async function serverAfter(event: Omit<NewEvent, 'id'>): Promise<string> {
  return (await startServer({ DATA_DIR: await folderWith(event) })).url;
}

const commitOf = (expectedVersion: number, event: Omit<NewEvent, 'id'>): Commit => ({
  stream: { type: 'User', id: 'ann' },
  expectedVersion,
  events: [{ id: randomUUID(), ...event }],
  metadata: METADATA,
  claims: [],
  releases: [],
});

describe('an event that this build does not know', () => {
  it.each([
    ['by its type', TELEPORTED],
    ['by its schema version', RENAMED_IN_ANOTHER_FORM],
  ])('is shown for what it is: %s', async (_, event) => {
    const url = await serverAfter(event);
    const { events } = await ask(url, ListEvents);
    expect(events.nodes).toMatchObject([
      { __typename: 'UserCreated', name: 'Ann' },
      {
        __typename: 'UnrecognisedEvent',
        ...event,
        aggregateType: 'User',
        aggregateId: 'ann',
        version: 2,
        position: '2',
      },
    ]);
    const found = await ask(url, ListEvents, { where: { types: [event.type] } });
    expect(found.events.nodes).toEqual([events.nodes[1]]);
    const { asOf } = await ask(url, GetWorld, { id: 'nobody', first: 0, last: 1 });
    expect(asOf.events.nodes).toEqual([events.nodes[1]]);
  });

  it('stops the projection before it, which says so, and makes the server not ready', async () => {
    const url = await serverAfter(TELEPORTED);
    const failed = { name: 'users', position: '1', lag: 1, status: 'FAILED' };
    expect((await ask(url, GetProjections)).projections).toMatchObject([failed]);
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({
      status: 'not ready',
      faults: ['projection users fails at position 1'],
    });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('keeps no other user from commands, nor their past from being asked for', async () => {
    const url = await serverAfter(TELEPORTED);
    const { createUser } = await ask(url, CreateUser, { input: { id: 'bob', name: 'Bob' } });
    expect(createUser).toMatchObject({ success: true, position: '3', user: { name: 'Bob' } });
    const input = { id: 'bob', name: 'Bobby' };
    const { renameUser } = await ask(url, RenameUser, { input, expectedVersion: 1 });
    expect(renameUser).toMatchObject({ success: true, user: { name: 'Bobby', version: 2 } });
    expect((await ask(url, GetUser, { id: 'bob', atVersion: 2 })).user?.name).toBe('Bobby');
    expect((await ask(url, GetProjections)).projections).toMatchObject([
      { position: '1', lag: 3, status: 'FAILED' },
    ]);
  });

  it('lets its own user be seen as it was before, and takes no command on it', async () => {
    const url = await serverAfter(TELEPORTED);
    const before = await ask(url, GetWorld, { id: 'ann', position: '1' });
    expect(before.asOf).toMatchObject({
      user: { name: 'Ann', version: 1 },
      users: { nodes: [{ userId: 'ann' }] },
    });
    expect((await ask(url, GetUser, { id: 'ann', atVersion: 1 })).user?.name).toBe('Ann');
    const input = { id: 'ann', name: 'Anna' };
    for (const expectedVersion of [1, 2]) {
      const answer = await post(url, RenameUser, { input, expectedVersion });
      expect(answer.errors).toMatchObject([
        {
          message: expect.stringContaining('UserTeleported'),
          path: ['renameUser'],
          extensions: { code: 'UNKNOWN_EVENT' },
        },
      ]);
    }
    expect((await ask(url, GetHead)).head.position).toBe('2');
  });

  it('is said to be why its own user cannot be seen since then, while others can', async () => {
    const url = await serverAfter(TELEPORTED);
    await ask(url, CreateUser, { input: { id: 'bob', name: 'Bob' } });
    const message = 'Event 2 of User is unknown to this build: UserTeleported, schema version 1.';
    const error = { message, extensions: { code: 'UNKNOWN_EVENT' } };
    const then = await post(url, GetUser, { id: 'ann', atVersion: 2 });
    expect(then.errors).toMatchObject([error]);
    const world = await post(url, GetWorld, { id: 'ann', first: 0 });
    expect(world.errors).toMatchObject([{ ...error, path: ['asOf', 'user'] }]);
    const others = await ask(url, GetWorld, { id: 'bob', first: 0 });
    expect(others.asOf.user?.name).toBe('Bob');
  });

  it('does not change the answer to a command that was carried out before it', async () => {
    const DATA_DIR = await tempFolder();
    const creation = { input: { id: 'ann', name: 'Ann' }, commandId: 'create-ann' };
    const first = await startServer({ DATA_DIR });
    const { createUser } = await ask(first.url, CreateUser, creation);
    await first.stop();
    const store = await openStore(DATA_DIR);
    await store.append(commitOf(1, TELEPORTED));
    await store.close();
    const { url } = await startServer({ DATA_DIR });
    const again = await ask(url, CreateUser, creation);
    expect(again.createUser).toEqual({ ...createUser, replayed: true, user: null });
    const other = { ...creation, input: { id: 'ann', name: 'Anna' } };
    expect((await ask(url, CreateUser, other)).createUser.error).toMatchObject({
      code: 'COMMAND_ID_REUSED',
    });
  });

  it('is told of on the node protocol, too', async () => {
    const replies = await talkOn({ DATA_DIR: await folderWith(TELEPORTED) }, [
      command('RenameUser', { id: 'ann', name: 'Anna' }, 2),
      query('GetUserAtVersion', { userId: 'ann', version: 2 }),
      query('GetUserAtVersion', { userId: 'ann', version: 1 }),
      command('CreateUser', { id: 'bob', name: 'Bob' }),
      query('GetUserDiff', { userId: 'ann', from: { version: 0 }, to: { version: 1 } }),
      query('GetUserDiff', { userId: 'nobody', from: { version: 0 } }),
    ]);
    const error = { type: 'error', code: 13, text: expect.stringContaining('UserTeleported') };
    expect(replies).toMatchObject([
      error,
      error,
      { data: { name: 'Ann' } },
      { success: true },
      { data: [{ field: 'name', from: null, to: 'Ann' }, { field: 'status' }] },
      { data: null },
    ]);
  });

  it('makes consistentWith say at once how far the projection is', async () => {
    const url = await serverAfter(TELEPORTED);
    const error = {
      message: 'Projection users has not reached position 2; it is at 1.',
      extensions: { code: 'PROJECTION_BEHIND', position: '1' },
    };
    for (const answer of [
      await post(url, GetUser, { id: 'ann', consistentWith: '2' }),
      await post(url, ListUsers, { consistentWith: '2' }),
    ]) {
      expect(answer.errors).toMatchObject([error]);
    }
    expect((await ask(url, GetUser, { id: 'ann', consistentWith: '1' })).user?.name).toBe('Ann');
    // The past comes from the log, which is never behind.
    const past = { id: 'ann', atVersion: 1, consistentWith: '2' };
    expect((await ask(url, GetUser, past)).user?.name).toBe('Ann');
  });

  it('is no end to the events subscription', async () => {
    const url = await serverAfter(TELEPORTED);
    const frames = listen(url, Events);
    expect((await frames.next()).value).toMatchObject({ events: { position: '2', event: null } });
    await ask(url, CreateUser, { input: { id: 'bob', name: 'Bob' } });
    expect((await frames.next()).value).toMatchObject({
      events: { position: '3', event: { __typename: 'UserCreated', name: 'Bob' } },
    });
  });
});
