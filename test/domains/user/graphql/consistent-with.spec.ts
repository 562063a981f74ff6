import { describe, expect, it } from 'vitest';
import { ask, post } from '../../../support/client.js';
import { CreateUser, GetUser, ListUsers, RenameUser } from '../../../support/documents.js';
import { startServer } from '../../../support/server.js';

/** Longer than any test may take: who waits for what never comes does not pass. */
const CONSISTENT_WITHIN = '60000';

describe('consistentWith', () => {
  it('makes what is read take in a command, by the position of its answer', async () => {
    const { url } = await startServer({ CONSISTENT_WITHIN });
    const { createUser } = await ask(url, CreateUser, { input: { id: 'ann', name: 'Ann' } });
    const first = { consistentWith: createUser.position };
    expect((await ask(url, GetUser, { id: 'ann', ...first })).user?.name).toBe('Ann');
    expect((await ask(url, ListUsers, first)).users).toMatchObject({ totalCount: 1 });

    const input = { id: 'ann', name: 'Anna' };
    const { renameUser } = await ask(url, RenameUser, { input, expectedVersion: 1 });
    for (const consistentWith of [renameUser.position, createUser.position, '0', null]) {
      const { user } = await ask(url, GetUser, { id: 'ann', consistentWith });
      expect(user).toMatchObject({ name: 'Anna', version: 2 });
      const { users } = await ask(url, ListUsers, { consistentWith });
      expect(users.edges).toMatchObject([{ node: { name: 'Anna' } }]);
    }
  });

  it('goes with a moment of the past', async () => {
    const { url } = await startServer({ CONSISTENT_WITHIN });
    await ask(url, CreateUser, { input: { id: 'ann', name: 'Ann' } });
    const asked = { id: 'ann', atVersion: 1, consistentWith: '1' };
    expect((await ask(url, GetUser, asked)).user?.name).toBe('Ann');
  });

  it('is an error at once for a position that the log has not reached', async () => {
    const { url } = await startServer({ CONSISTENT_WITHIN });
    await ask(url, CreateUser, { input: { id: 'ann', name: 'Ann' } });
    const answers = [
      await post(url, GetUser, { id: 'ann', consistentWith: '2' }),
      await post(url, ListUsers, { consistentWith: '2' }),
      await post(url, GetUser, { id: 'ann', atVersion: 1, consistentWith: '2' }),
    ];
    for (const { errors } of answers) {
      expect(errors).toMatchObject([
        {
          message: 'There is no position 2 yet; the highest is 1.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ]);
    }
  });
});
