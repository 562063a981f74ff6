import { describe, expect, it } from 'vitest';
import {
  ChangeUserEmail,
  CreateUser,
  DeactivateUser,
  GetHead,
  GetUser,
  ListEvents,
  ReactivateUser,
  RenameUser,
} from '../../../support/documents.js';
import { ask } from '../../../support/client.js';
import { startServer } from '../../../support/server.js';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('the mutations of users', () => {
  it('create a user and answer with the event, the position and the user', async () => {
    const { url } = await startServer();
    const { createUser } = await ask(url, CreateUser, {
      input: { id: 'user-1', name: '  Ann ', email: 'ann@example.org' },
    });
    expect(createUser).toMatchObject({
      success: true,
      position: '1',
      error: null,
      events: [
        {
          __typename: 'UserCreated',
          type: 'UserCreated',
          aggregateType: 'User',
          aggregateId: 'user-1',
          version: 1,
          position: '1',
          actor: null,
          causationId: null,
          name: 'Ann',
          email: 'ann@example.org',
          status: 'ACTIVE',
          data: { name: 'Ann', email: 'ann@example.org', status: 'active' },
        },
      ],
      user: { id: 'user-1', name: 'Ann', email: 'ann@example.org', status: 'ACTIVE', version: 1 },
    });
    expect(createUser.user?.createdAt).toMatch(ISO);
    expect(createUser.events[0]?.recordedAt).toBe(createUser.user?.createdAt);
  });

  it('make an id, a UUID of version 7, when none is given', async () => {
    const { url } = await startServer();
    const { createUser } = await ask(url, CreateUser, { input: { name: 'Ann' } });
    expect(createUser.user?.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-/);
  });

  it('take a user through its life, each answer naming the next version', async () => {
    const { url } = await startServer();
    const id = 'user-1';
    await ask(url, CreateUser, { input: { id, name: 'Ann' } });
    const { renameUser } = await ask(url, RenameUser, {
      input: { id, name: 'Anna' },
      expectedVersion: 1,
    });
    const { changeUserEmail } = await ask(url, ChangeUserEmail, {
      input: { id, email: 'anna@example.org' },
      expectedVersion: 2,
    });
    const { deactivateUser } = await ask(url, DeactivateUser, {
      input: { id, reason: 'on leave' },
      expectedVersion: 3,
    });
    const { reactivateUser } = await ask(url, ReactivateUser, {
      input: { id },
      expectedVersion: 4,
    });
    expect(renameUser.events).toMatchObject([{ type: 'UserRenamed', name: 'Anna' }]);
    expect(changeUserEmail.events).toMatchObject([
      { type: 'UserEmailChanged', email: 'anna@example.org' },
    ]);
    expect(deactivateUser.events).toMatchObject([{ type: 'UserDeactivated', reason: 'on leave' }]);
    expect(deactivateUser.user).toMatchObject({ status: 'DEACTIVATED', version: 4 });
    expect(reactivateUser.events).toMatchObject([{ type: 'UserReactivated', data: {} }]);
    expect(reactivateUser.user).toMatchObject({
      name: 'Anna',
      email: 'anna@example.org',
      status: 'ACTIVE',
      version: 5,
    });
  });

  it('answer a stale version with what was missed, and change nothing', async () => {
    const { url } = await startServer();
    const id = 'user-1';
    await ask(url, CreateUser, { input: { id, name: 'Ann' } });
    await ask(url, RenameUser, { input: { id, name: 'Anna' }, expectedVersion: 1 });
    const { renameUser } = await ask(url, RenameUser, {
      input: { id, name: 'Bob' },
      expectedVersion: 1,
    });
    expect(renameUser).toMatchObject({
      success: false,
      events: [],
      position: null,
      error: {
        __typename: 'VersionConflict',
        code: 'VERSION_CONFLICT',
        expectedVersion: 1,
        actualVersion: 2,
        missed: [{ type: 'UserRenamed', version: 2, name: 'Anna' }],
      },
      user: { name: 'Anna', version: 2 },
    });
    expect((await ask(url, GetHead)).head.position).toBe('2');
  });

  it('tell of what was missed the first hundred, oldest first, beside the user as it stands', async () => {
    const { url } = await startServer();
    const id = 'user-1';
    await ask(url, CreateUser, { input: { id, name: 'Ann' } });
    for (let version = 1; version <= 102; version += 1) {
      const input = { id, name: `Name ${version + 1}` };
      await ask(url, RenameUser, { input, expectedVersion: version });
    }
    const missedBy = async (expectedVersion: number) => {
      const { deactivateUser } = await ask(url, DeactivateUser, { input: { id }, expectedVersion });
      const { error, user } = deactivateUser;
      expect(user).toMatchObject({ name: 'Name 103', status: 'ACTIVE', version: 103 });
      expect(error).toMatchObject({ expectedVersion, actualVersion: 103 });
      if (error?.__typename !== 'VersionConflict') throw new Error('not a conflict');
      return error.missed.map(({ version }) => version);
    };
    expect(await missedBy(1)).toEqual(range(2, 101));
    expect(await missedBy(2)).toEqual(range(3, 102));
    expect(await missedBy(102)).toEqual([103]);
    // A caller that is ahead of the user has missed nothing.
    expect(await missedBy(200)).toEqual([]);
  });

  it('give an address to one active user at a time, in whatever case it is written', async () => {
    const { url } = await startServer();
    const email = 'Ann@Example.org';
    await ask(url, CreateUser, { input: { id: 'ann', name: 'Ann', email } });
    const taken = {
      success: false,
      position: null,
      events: [],
      error: {
        __typename: 'CommandRejected',
        code: 'EMAIL_TAKEN',
        message: 'Another user has this e-mail address.',
      },
    };
    const bob = { input: { id: 'bob', name: 'Bob', email: 'ann@example.org' } };
    expect((await ask(url, CreateUser, bob)).createUser).toMatchObject({ ...taken, user: null });
    await ask(url, CreateUser, { input: { id: 'bob', name: 'Bob' } });
    const change = { input: { id: 'bob', email: 'ANN@example.org' }, expectedVersion: 1 };
    const { changeUserEmail } = await ask(url, ChangeUserEmail, change);
    expect(changeUserEmail).toMatchObject({ ...taken, user: { email: null, version: 1 } });

    await ask(url, DeactivateUser, { input: { id: 'ann' }, expectedVersion: 1 });
    const freed = (await ask(url, ChangeUserEmail, change)).changeUserEmail;
    expect(freed).toMatchObject({ success: true, user: { email: 'ANN@example.org' } });
    const back = await ask(url, ReactivateUser, { input: { id: 'ann' }, expectedVersion: 2 });
    expect(back.reactivateUser).toMatchObject({ ...taken, user: { status: 'DEACTIVATED' } });
  });

  it('answer wrong input with the path of each wrong field', async () => {
    const { url } = await startServer();
    const { createUser } = await ask(url, CreateUser, {
      input: { id: '-no', name: ' ', email: 'nobody' },
      expectedVersion: -1,
    });
    expect(createUser).toMatchObject({
      success: false,
      error: {
        __typename: 'ValidationFailed',
        code: 'VALIDATION_FAILED',
        issues: [
          { path: ['id'] },
          { path: ['name'] },
          { path: ['email'] },
          { path: ['expectedVersion'] },
        ],
      },
      user: null,
    });
    expect((await ask(url, GetHead)).head).toEqual({ position: '0', recordedAt: null });
  });

  it('show the user as it stands beside wrong input for it', async () => {
    const { url } = await startServer();
    await ask(url, CreateUser, { input: { id: 'user-1', name: 'Ann' } });
    const { renameUser } = await ask(url, RenameUser, {
      input: { id: 'user-1', name: '' },
      expectedVersion: 1,
    });
    expect(renameUser).toMatchObject({
      error: { code: 'VALIDATION_FAILED' },
      user: { name: 'Ann', version: 1 },
    });
  });

  it('refuse what the domain refuses, with a code', async () => {
    const { url } = await startServer();
    const id = 'user-1';
    const unknown = await ask(url, RenameUser, { input: { id, name: 'Ann' }, expectedVersion: 1 });
    await ask(url, CreateUser, { input: { id, name: 'Ann' } });
    const twice = await ask(url, CreateUser, { input: { id, name: 'Ann' } });
    await ask(url, DeactivateUser, { input: { id }, expectedVersion: 1 });
    const inactive = await ask(url, RenameUser, { input: { id, name: 'A' }, expectedVersion: 2 });
    const rejected = { __typename: 'CommandRejected' };
    expect(unknown.renameUser).toMatchObject({
      error: { ...rejected, code: 'NOT_FOUND' },
      user: null,
    });
    expect(twice.createUser).toMatchObject({
      error: { ...rejected, code: 'ALREADY_EXISTS' },
      user: { version: 1 },
    });
    expect(inactive.renameUser).toMatchObject({
      error: { ...rejected, code: 'DEACTIVATED' },
      user: { name: 'Ann', status: 'DEACTIVATED' },
    });
  });

  it('succeed without events when there is nothing to change', async () => {
    const { url } = await startServer();
    await ask(url, CreateUser, { input: { id: 'user-1', name: 'Ann' } });
    const { renameUser } = await ask(url, RenameUser, {
      input: { id: 'user-1', name: 'Ann' },
      expectedVersion: 1,
    });
    expect(renameUser).toMatchObject({
      success: true,
      events: [],
      position: '1',
      error: null,
      user: { version: 1 },
    });
  });

  it('give one of a hundred racers the version, and tell the others', async () => {
    const { url } = await startServer();
    await ask(url, CreateUser, { input: { id: 'user-1', name: 'Ann' } });
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, racer) =>
        ask(url, RenameUser, {
          input: { id: 'user-1', name: `Racer ${racer}` },
          expectedVersion: 1,
        }),
      ),
    );
    const winners = answers.filter(({ renameUser }) => renameUser.success);
    const losers = answers.filter(
      ({ renameUser }) => renameUser.error?.__typename === 'VersionConflict',
    );
    expect([winners.length, losers.length]).toEqual([1, 99]);
    const { user } = await ask(url, GetUser, { id: 'user-1' });
    expect(user).toMatchObject({ name: winners[0]?.renameUser.user?.name, version: 2 });
  });

  it('tie the events of one request together', async () => {
    const { url } = await startServer();
    await ask(url, CreateUser, { input: { id: 'user-1', name: 'Ann' } });
    await ask(url, CreateUser, { input: { id: 'user-2', name: 'Bob' } });
    const { events } = await ask(url, ListEvents);
    const [first, second] = events.nodes.map((event) => event.correlationId);
    expect(first).not.toBe(second);
    const found = await ask(url, ListEvents, { where: { correlationId: second ?? null } });
    expect(found.events.nodes).toMatchObject([{ aggregateId: 'user-2' }]);
  });
});

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
