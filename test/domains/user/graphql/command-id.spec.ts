import { describe, expect, it } from 'vitest';
import { ask, post } from '../../../support/client.js';
import {
  ChangeUserEmail,
  CreateUser,
  DeactivateUser,
  GetHead,
  ReactivateUser,
  RenameUser,
} from '../../../support/documents.js';
import { startServer } from '../../../support/server.js';

const commandId = 'command-1';

interface Trial {
  readonly trial: { readonly user: object };
}

const PAST = `user {
  revision { version name validTo }
  history { nodes { version validTo } }
  diff(from: { version: 0 }) { field from to }
  blame { field event { type version } }
}`;
const TRIAL_OF_CREATION = `mutation {
  trial: createUser(input: { id: "ann", name: "Ann" }, dryRun: true) { ${PAST} }
}`;
const TRIAL_OF_RENAMING = `mutation {
  trial: renameUser(input: { id: "ann", name: "Anna" }, expectedVersion: 1, dryRun: true) { ${PAST} }
}`;

describe('a command with a commandId', () => {
  it('is carried out once however often it is sent, and answered as it was', async () => {
    const { url } = await startServer();
    const input = { id: 'ann', name: 'Ann', email: 'ann@example.org' };
    const first = (await ask(url, CreateUser, { input, commandId })).createUser;
    expect(first).toMatchObject({
      success: true,
      replayed: false,
      position: '1',
      events: [{ commandId }],
    });
    // The log goes on meanwhile, which moves neither the events nor the position of the answer.
    await ask(url, RenameUser, { input: { id: 'ann', name: 'Anna' }, expectedVersion: 1 });
    const again = (await ask(url, CreateUser, { input, commandId })).createUser;
    expect(again).toMatchObject({ success: true, replayed: true, position: '1', error: null });
    expect(again.events).toEqual(first.events);
    expect(again.user).toMatchObject({ name: 'Anna', version: 2 });
    expect((await ask(url, GetHead)).head.position).toBe('2');
  });

  it('is one on every mutation', async () => {
    const { url } = await startServer();
    const id = 'ann';
    await ask(url, CreateUser, { input: { id, name: 'Ann' } });
    const answers = [];
    for (const replayed of [false, true]) {
      const { renameUser } = await ask(url, RenameUser, {
        input: { id, name: 'Anna' },
        expectedVersion: 1,
        commandId: 'rename',
      });
      const { changeUserEmail } = await ask(url, ChangeUserEmail, {
        input: { id, email: 'anna@example.org' },
        expectedVersion: 2,
        commandId: 'email',
      });
      const { deactivateUser } = await ask(url, DeactivateUser, {
        input: { id },
        expectedVersion: 3,
        commandId: 'deactivate',
      });
      const { reactivateUser } = await ask(url, ReactivateUser, {
        input: { id },
        expectedVersion: 4,
        commandId: 'reactivate',
      });
      const all = [renameUser, changeUserEmail, deactivateUser, reactivateUser];
      expect(all.map((answer) => answer.replayed)).toEqual(all.map(() => replayed));
      answers.push(all.map(({ events, position }) => ({ events, position })));
    }
    expect(answers[1]).toEqual(answers[0]);
  });

  it('is carried out once when it is sent fifty times at once', async () => {
    const { url } = await startServer();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => ask(url, CreateUser, { input: { name: 'Ann' }, commandId })),
    );
    const [first] = answers;
    expect(answers.filter(({ createUser }) => !createUser.replayed)).toHaveLength(1);
    for (const { createUser } of answers) {
      expect(createUser).toMatchObject({ success: true, position: '1' });
      expect(createUser.events).toEqual(first?.createUser.events);
      expect(createUser.user).toEqual(first?.createUser.user);
    }
    expect((await ask(url, GetHead)).head.position).toBe('1');
  });

  it('is refused when its id was another command\u2019s', async () => {
    const { url } = await startServer();
    await ask(url, CreateUser, { input: { id: 'ann', name: 'Ann' }, commandId });
    const other = await ask(url, CreateUser, { input: { id: 'bob', name: 'Bob' }, commandId });
    expect(other.createUser).toMatchObject({
      success: false,
      replayed: false,
      position: null,
      events: [],
      error: { __typename: 'CommandRejected', code: 'COMMAND_ID_REUSED' },
      user: null,
    });
  });

  it('may be sent again after a refusal: nothing is remembered of it', async () => {
    const { url } = await startServer();
    const rename = { input: { id: 'ann', name: 'Anna' }, expectedVersion: 1, commandId };
    const refused = (await ask(url, RenameUser, rename)).renameUser;
    expect(refused.error?.code).toBe('NOT_FOUND');
    await ask(url, CreateUser, { input: { id: 'ann', name: 'Ann' } });
    const { renameUser } = await ask(url, RenameUser, rename);
    expect(renameUser).toMatchObject({ success: true, replayed: false, user: { version: 2 } });
  });

  it.each([
    ['is empty', ''],
    ['has a space', 'a b'],
    ['is too long', 'x'.repeat(201)],
    ['is not ASCII', 'caf\u00e9'],
  ])('is wrong when its id %s', async (_, wrong) => {
    const { url } = await startServer();
    const { createUser } = await ask(url, CreateUser, { input: { name: 'A' }, commandId: wrong });
    expect(createUser).toMatchObject({
      success: false,
      error: {
        __typename: 'ValidationFailed',
        issues: [{ path: ['commandId'], message: 'must be 1 to 200 visible ASCII characters' }],
      },
    });
  });
});

describe('a dry run', () => {
  const dryRun = true;

  it('answers as the command would be answered, and stores nothing', async () => {
    const { url } = await startServer();
    const input = { id: 'ann', name: ' Ann ', email: 'ann@example.org' };
    const { createUser } = await ask(url, CreateUser, { input, dryRun });
    expect(createUser).toMatchObject({
      success: true,
      dryRun: true,
      replayed: false,
      position: null,
      error: null,
      events: [{ __typename: 'UserCreated', aggregateId: 'ann', version: 1, name: 'Ann' }],
      user: { id: 'ann', name: 'Ann', email: 'ann@example.org', status: 'ACTIVE', version: 1 },
    });
    expect((await ask(url, GetHead)).head).toEqual({ position: '0', recordedAt: null });
    const { createUser: real } = await ask(url, CreateUser, { input });
    expect(real).toMatchObject({ success: true, dryRun: false, position: '1' });
  });

  it('shows the next version of a user that stays as it is', async () => {
    const { url } = await startServer();
    const id = 'ann';
    await ask(url, CreateUser, { input: { id, name: 'Ann' } });
    const rename = { input: { id, name: 'Anna' }, expectedVersion: 1 };
    const change = { input: { id, email: 'ann@example.org' }, expectedVersion: 1 };
    const runs = [
      (await ask(url, RenameUser, { ...rename, dryRun })).renameUser,
      (await ask(url, ChangeUserEmail, { ...change, dryRun })).changeUserEmail,
      (await ask(url, DeactivateUser, { input: { id }, expectedVersion: 1, dryRun }))
        .deactivateUser,
    ];
    const would = { dryRun: true, position: null };
    expect(runs).toMatchObject([
      { ...would, events: [{ type: 'UserRenamed', version: 2 }], user: { name: 'Anna' } },
      { ...would, events: [{ version: 2 }], user: { name: 'Ann', email: 'ann@example.org' } },
      { ...would, events: [{ version: 2 }], user: { status: 'DEACTIVATED', version: 2 } },
    ]);
    const same = await ask(url, ReactivateUser, { input: { id }, expectedVersion: 1, dryRun });
    expect(same.reactivateUser).toMatchObject({ ...would, success: true, events: [] });
    expect((await ask(url, GetHead)).head.position).toBe('1');
  });

  it('shows a user with the history that it would have', async () => {
    const { url } = await startServer();
    const { data: created } = await post<Trial, never>(url, TRIAL_OF_CREATION);
    expect(created?.trial.user).toMatchObject({
      revision: { version: 1, name: 'Ann', validTo: null },
      history: { nodes: [{ version: 1 }] },
      diff: [{ field: 'name', from: null, to: 'Ann' }, { field: 'status' }],
      blame: [{ event: { version: 1 } }, { event: { version: 1 } }, { event: { version: 1 } }],
    });
    await ask(url, CreateUser, { input: { id: 'ann', name: 'Ann' } });
    const { data: renamed } = await post<Trial, never>(url, TRIAL_OF_RENAMING);
    expect(renamed?.trial.user).toMatchObject({
      revision: { version: 2, name: 'Anna', validTo: null },
      history: { nodes: [{ version: 2 }, { version: 1, validTo: expect.any(String) }] },
      diff: [
        { field: 'name', from: null, to: 'Anna' },
        { field: 'status', from: null, to: 'ACTIVE' },
      ],
      blame: [
        { field: 'name', event: { type: 'UserRenamed', version: 2 } },
        { field: 'email', event: { version: 1 } },
        { field: 'status', event: { version: 1 } },
      ],
    });
    expect((await ask(url, GetHead)).head.position).toBe('1');
  });

  it('is refused as the command would be', async () => {
    const { url } = await startServer();
    const email = 'ann@example.org';
    await ask(url, CreateUser, { input: { id: 'ann', name: 'Ann', email } });
    const create = async (input: { id: string; name: string; email?: string }) =>
      (await ask(url, CreateUser, { input, dryRun })).createUser;
    const rename = { input: { id: 'ann', name: 'A' }, expectedVersion: 2, dryRun };
    const refused = { success: false, dryRun: true, position: null, events: [] };
    expect([
      await create({ id: 'ann', name: 'Ann' }),
      await create({ id: 'bob', name: '' }),
      await create({ id: 'bob', name: 'Bob', email }),
      (await ask(url, RenameUser, rename)).renameUser,
    ]).toMatchObject([
      { ...refused, error: { code: 'ALREADY_EXISTS' } },
      { ...refused, error: { code: 'VALIDATION_FAILED' } },
      { ...refused, error: { code: 'EMAIL_TAKEN' } },
      { ...refused, error: { code: 'VERSION_CONFLICT', actualVersion: 1 } },
    ]);
  });

  it('takes neither its commandId nor an address', async () => {
    const { url } = await startServer();
    const email = 'ann@example.org';
    const run = { input: { id: 'ann', name: 'Ann', email }, commandId };
    await ask(url, CreateUser, { ...run, dryRun });
    const other = await ask(url, CreateUser, { input: { id: 'bob', name: 'Bob', email } });
    expect(other.createUser.success).toBe(true);
    const input = { id: 'eve', name: 'Eve' };
    const { createUser } = await ask(url, CreateUser, { input, commandId });
    expect(createUser).toMatchObject({ success: true, replayed: false });
  });

  it('of a command that was carried out says so', async () => {
    const { url } = await startServer();
    const run = { input: { id: 'ann', name: 'Ann' }, commandId };
    const first = (await ask(url, CreateUser, run)).createUser;
    const { createUser } = await ask(url, CreateUser, { ...run, dryRun });
    expect(createUser).toEqual({ ...first, replayed: true, dryRun: true });
  });
});
