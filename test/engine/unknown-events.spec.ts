import { describe, expect, it } from 'vitest';
import { positionOf } from '../../src/core/event.js';
import { UnknownEvent } from '../../src/core/schemas.js';
import { faults } from '../../src/engine/app.js';
import { blame, readSteps } from '../../src/engine/history.js';
import { replay } from '../../src/engine/replay.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import { usersProjection } from '../../src/domains/user/projection.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { tempFolder } from '../support/temp-folder.js';
import { write } from './log.js';
import { openLowdb } from './stores.js';
import {
  changeEmail,
  codeOf,
  create,
  deactivate,
  rename,
  startUsers,
  VOCABULARY,
} from './users.js';

const UNKNOWN = [
  { what: 'of an unknown type', type: 'UserTeleported', schemaVersion: 1, data: { to: 'Paris' } },
  { what: 'of a newer form', type: 'UserRenamed', schemaVersion: 9, data: { names: ['Ada', 'L'] } },
];

describe.each(UNKNOWN)('an event $what', ({ type, schemaVersion, data }) => {
  const unknown = { type, schemaVersion, data };

  /** Ada and Bob, each with an address; then something happens to Ada that nobody knows here. */
  async function start() {
    const users = await startUsers(new MemoryStore({ vocabulary: VOCABULARY }));
    await users.send(create('ada', 'Ada', 'ada@example.org'), 0);
    await users.send(create('bob', 'Bob', 'bob@example.org'), 0);
    await write(users.store, 'ada', unknown);
    return users;
  }

  it('stops the projection just before it', async () => {
    const { app, send, shown, news } = await start();
    await send(rename('bob', 'Rob'), 1);
    expect(app.projector.states()).toEqual([
      { name: 'users', version: 1, position: 2, status: 'FAILED' },
    ]);
    const message = `Event 3 of User is unknown to this build: ${type}, schema version ${schemaVersion}.`;
    expect(news).toMatchObject([
      { projection: 'users', position: 2, cause: { name: 'UnknownEvent', message } },
    ]);
    expect(faults(app)).toEqual(['projection users fails at position 2']);
    expect(await shown('bob')).toMatchObject({ version: 1, state: { name: 'Bob' } });
    const consistent = app.projector.consistentWith(usersProjection, positionOf(3));
    await expect(consistent).rejects.toMatchObject({ name: 'ProjectionBehind', reached: 2 });
  });

  it('does not keep commands on other users from being carried out and answered', async () => {
    const { send, store, app } = await start();
    const said = { commandId: 'request-1' };
    const outcome = await send(rename('bob', 'Rob'), 1, said);
    expect(outcome).toMatchObject({ kind: 'accepted', position: 4, current: { version: 2 } });
    expect(await send(rename('bob', 'Rob'), 1, said)).toEqual({ ...outcome, replayed: true });
    expect(await send(rename('bob', 'Bob'), 2, { dryRun: true })).toMatchObject({ position: 5 });
    expect(await send(rename('bob', 'Bob'), 1)).toMatchObject({ kind: 'conflict' });
    expect(await send(create('eve'), 0)).toMatchObject({ kind: 'accepted', position: 5 });
    expect(await replay(app, userAggregate, 'bob', { version: 2 })).toMatchObject({
      state: { name: 'Rob' },
    });
    expect(await store.head()).toMatchObject({ position: 5 });
  });

  it('keeps commands from being decided on what is not understood', async () => {
    const { send, store } = await start();
    for (const dryRun of [false, true]) {
      await expect(send(rename('ada', 'Countess'), 2, { dryRun })).rejects.toThrow(UnknownEvent);
      await expect(send(create('ada'), 0, { dryRun })).rejects.toThrow(UnknownEvent);
    }
    expect(await store.head()).toMatchObject({ position: 3 });
  });

  it('can be gone back behind, and not beyond', async () => {
    const { app } = await start();
    const past = (version: number) => replay(app, userAggregate, 'ada', { version });
    expect(await past(1)).toMatchObject({ version: 1, state: { name: 'Ada' } });
    expect(await replay(app, userAggregate, 'ada', { position: positionOf(2) })).toMatchObject({
      version: 1,
    });
    await expect(past(2)).rejects.toThrow(UnknownEvent);
    await expect(replay(app, userAggregate, 'ada', { position: positionOf(3) })).rejects.toThrow(
      UnknownEvent,
    );
    expect(await blame(app, userAggregate, 'ada', 1)).toHaveLength(3);
    await expect(blame(app, userAggregate, 'ada', 2)).rejects.toThrow(UnknownEvent);
    const steps = (horizon: number) =>
      readSteps(app, userAggregate, 'ada', { from: 1, through: horizon, horizon });
    expect(await steps(1)).toHaveLength(1);
    await expect(steps(2)).rejects.toThrow(UnknownEvent);
  });

  it('leaves the addresses with those who had them', async () => {
    const { send } = await start();
    expect(codeOf(await send(changeEmail('bob', 'ADA@example.org'), 1))).toBe('EMAIL_TAKEN');
    expect(codeOf(await send(create('eve', 'Eve', 'bob@example.org'), 0))).toBe('EMAIL_TAKEN');
    expect(codeOf(await send(deactivate('bob'), 1))).toBe('accepted');
    expect(codeOf(await send(create('eve', 'Eve', 'bob@example.org'), 0))).toBe('accepted');
  });

  it('leaves them there though the log is opened anew', async () => {
    const folder = await tempFolder();
    const before = await openLowdb(folder);
    const writing = await startUsers(before);
    await writing.send(create('ada', 'Ada', 'ada@example.org'), 0);
    // What came after it may have changed the address again: not to be told here.
    await write(before, 'ada', unknown, { type: 'UserEmailChanged', data: { email: null } });
    await writing.app.close();

    const { app, send, news } = await startUsers(await openLowdb(folder));
    expect(news).toMatchObject([{ projection: 'users', position: 1 }]);
    expect(codeOf(await send(create('eve', 'Eve', 'Ada@Example.org'), 0))).toBe('EMAIL_TAKEN');
    expect(codeOf(await send(create('eve', 'Eve', 'eve@example.org'), 0))).toBe('accepted');
    await app.close();
  });
});
