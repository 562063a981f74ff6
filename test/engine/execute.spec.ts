import { describe, expect, it } from 'vitest';
import { UnknownEvent } from '../../src/core/schemas.js';
import { StoreStopped } from '../../src/core/event-store.js';
import { wholeLog, upTo, versions, write } from './log.js';
import { create, deactivate, grow, reactivate, rename, startUsers } from './users.js';

const ada = { status: 'active', name: 'Ada', email: null };

describe('an accepted command', () => {
  it('answers with its events, their place in the log, and what became of the aggregate', async () => {
    const { send, store } = await startUsers();
    await send(create('bob', 'Bob'), 0);
    const outcome = await send(create('ada'), 0);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      position: 2,
      events: [
        {
          type: 'UserCreated',
          data: { name: 'Ada', email: null, status: 'active' },
          position: 2,
          version: 1,
        },
      ],
      current: { id: 'ada', version: 1, position: 2, createdPosition: 2, state: ada },
    });
    expect(await store.readStream({ type: 'User', id: 'ada' })).toEqual(
      outcome.kind === 'accepted' ? outcome.events : undefined,
    );
  });

  it('goes on from the version that the caller saw', async () => {
    const { send } = await startUsers();
    await send(create('ada'), 0);
    expect(await send(rename('ada', 'Countess'), 1)).toMatchObject({
      kind: 'accepted',
      position: 2,
      events: [{ type: 'UserRenamed', version: 2 }],
      current: { version: 2, createdPosition: 1, state: { name: 'Countess' } },
    });
  });

  it('makes an id for a user without one', async () => {
    const { sendRaw, shown } = await startUsers();
    const outcome = await sendRaw('CreateUser', { name: 'Ada' }, 0);
    expect(outcome).toMatchObject({ kind: 'accepted', current: { id: 'id-1' } });
    expect(await shown('id-1')).toMatchObject({ state: ada });
  });

  it('gives each event an id of its own', async () => {
    const users = await startUsers();
    await grow(users, 'ada', 5);
    const ids = (await wholeLog(users.store)).map((event) => event.id);
    expect(new Set(ids).size).toBe(5);
  });

  it('says who and what led to its events', async () => {
    const { send, store } = await startUsers();
    const origin = {
      actor: 'clerk',
      correlationId: 'request-7',
      causationId: 'event-3',
      traceparent: 'trace-1',
    };
    await send(create('ada'), 0, { origin });
    expect(await wholeLog(store)).toMatchObject([origin]);
  });

  it('appends nothing when it changes nothing', async () => {
    const { send, store } = await startUsers();
    await send(create('ada'), 0);
    await send(create('bob', 'Bob'), 0);
    for (const command of [rename('ada', 'Ada'), rename('ada', '  Ada '), reactivate('ada')]) {
      expect(await send(command, 1)).toMatchObject({
        kind: 'accepted',
        events: [],
        position: 2,
        current: { version: 1, state: ada },
      });
    }
    expect(await store.head()).toMatchObject({ position: 2 });
  });
});

describe('a stale command', () => {
  it('is answered with what the caller missed, oldest first, and the present state', async () => {
    const users = await startUsers();
    await grow(users, 'ada', 4);
    const outcome = await users.send(rename('ada', 'Late'), 2);
    expect(outcome).toMatchObject({
      kind: 'conflict',
      expectedVersion: 2,
      actualVersion: 4,
      missed: [
        { version: 3, data: { name: 'name 3' } },
        { version: 4, data: { name: 'name 4' } },
      ],
      current: { version: 4, state: { name: 'name 4' } },
    });
    expect(await users.store.head()).toMatchObject({ position: 4 });
  });

  it('is told a hundred missed events at most, the oldest', async () => {
    const users = await startUsers();
    await grow(users, 'ada', 150);
    const outcome = await users.send(rename('ada', 'Late'), 1);
    expect(outcome).toMatchObject({ kind: 'conflict', actualVersion: 150 });
    expect(outcome.kind === 'conflict' && versions(outcome.missed)).toEqual(upTo(101, 2));
  });

  it('conflicts though it would have changed nothing', async () => {
    const users = await startUsers();
    await grow(users, 'ada', 2);
    expect(await users.send(rename('ada', 'name 2'), 1)).toMatchObject({ kind: 'conflict' });
  });

  it('conflicts though the domain would have refused it', async () => {
    const { send } = await startUsers();
    await send(create('ada'), 0);
    await send(deactivate('ada'), 1);
    expect(await send(rename('ada', 'Countess'), 1)).toMatchObject({
      kind: 'conflict',
      missed: [{ type: 'UserDeactivated' }],
    });
  });

  it('conflicts for a version that does not exist yet, with nothing missed', async () => {
    const { send } = await startUsers();
    await send(create('ada'), 0);
    expect(await send(rename('ada', 'Countess'), 7)).toMatchObject({
      kind: 'conflict',
      expectedVersion: 7,
      actualVersion: 1,
      missed: [],
      current: { version: 1 },
    });
  });
});

describe('whether the aggregate exists', () => {
  it('is the first thing said to a second CreateUser', async () => {
    const { send } = await startUsers();
    await send(create('ada'), 0);
    expect(await send(create('ada', 'Bob'), 0)).toEqual({
      kind: 'refused',
      code: 'ALREADY_EXISTS',
      message: 'User ada already exists.',
      current: expect.objectContaining({ version: 1, state: ada }),
    });
  });

  it('is the first thing said to a change of nobody', async () => {
    const { send, store } = await startUsers();
    for (const version of [0, 3]) {
      expect(await send(rename('nobody', 'Ada'), version)).toEqual({
        kind: 'refused',
        code: 'NOT_FOUND',
        message: 'There is no user nobody.',
        current: undefined,
      });
    }
    expect(await store.head()).toMatchObject({ position: 0 });
  });

  it('is not in question for a change of somebody, stale at version 0', async () => {
    const { send } = await startUsers();
    await send(create('ada'), 0);
    expect(await send(rename('ada', 'Countess'), 0)).toMatchObject({
      kind: 'conflict',
      expectedVersion: 0,
      actualVersion: 1,
      missed: [{ type: 'UserCreated', version: 1 }],
    });
  });

  it('does not let a CreateUser begin at another version', async () => {
    const { send, store } = await startUsers();
    expect(await send(create('ada'), 3)).toMatchObject({
      kind: 'conflict',
      expectedVersion: 3,
      actualVersion: 0,
      missed: [],
      current: undefined,
    });
    expect(await store.head()).toMatchObject({ position: 0 });
  });
});

describe('a command that cannot be read', () => {
  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    'expects version %d',
    async (version) => {
      const { send, store } = await startUsers();
      const path = ['expectedVersion'];
      const issue = { path, message: 'must be a whole number, 0 or more' };
      expect(await send(create('ada'), version)).toEqual({ kind: 'invalid', issues: [issue] });
      expect(await store.head()).toMatchObject({ position: 0 });
    },
  );

  it('is told all its faults at once', async () => {
    const { sendRaw } = await startUsers();
    const outcome = await sendRaw('RenameUser', { id: '!', name: ' ' }, -1);
    expect(outcome).toMatchObject({
      kind: 'invalid',
      issues: [{ path: ['id'] }, { path: ['name'] }, { path: ['expectedVersion'] }],
    });
  });
});

describe('commands that arrive together', () => {
  it('have one winner at each version', async () => {
    const { send, store } = await startUsers();
    await send(create('ada'), 0);
    const racers = upTo(100).map((racer) => send(rename('ada', `racer ${racer}`), 1));
    const outcomes = await Promise.all(racers);
    const winner = outcomes.find((outcome) => outcome.kind === 'accepted');
    expect(winner?.events).toHaveLength(1);
    const losers = outcomes.filter((outcome) => outcome.kind === 'conflict');
    expect(losers).toHaveLength(99);
    for (const { missed, current } of losers) {
      expect(missed).toEqual(winner?.events);
      expect(current).toEqual(winner?.current);
    }
    expect(await store.head()).toMatchObject({ position: 2 });
  });

  it('make a user once', async () => {
    const { send } = await startUsers();
    const outcomes = await Promise.all(upTo(20).map(() => send(create('ada'), 0)));
    const codes = outcomes.map((outcome) =>
      outcome.kind === 'refused' ? outcome.code : outcome.kind,
    );
    expect(codes.toSorted()).toEqual([...Array(19).fill('ALREADY_EXISTS'), 'accepted']);
  });

  it('do not stand in the way of those on other users', async () => {
    const { send } = await startUsers();
    const outcomes = await Promise.all(upTo(50).map((user) => send(create(`user-${user}`), 0)));
    expect(new Set(outcomes.map((outcome) => outcome.kind))).toEqual(new Set(['accepted']));
  });
});

describe('a log that cannot be worked with', () => {
  it('rejects a command once the store has stopped, and still answers what needs no append', async () => {
    const { send, store } = await startUsers();
    await send(create('ada'), 0);
    await store.close();
    await expect(send(rename('ada', 'Countess'), 1)).rejects.toThrow(StoreStopped);
    expect(await send(rename('ada', 'Ada'), 1)).toMatchObject({ kind: 'accepted', events: [] });
    expect(await send(rename('ada', 'Countess'), 0)).toMatchObject({ kind: 'conflict' });
    expect(await send(create('ada'), 0)).toMatchObject({ kind: 'refused' });
  });

  it('rejects a command on a stream with an event of no meaning here', async () => {
    const { send, store } = await startUsers();
    await send(create('ada'), 0);
    await write(store, 'ada', { type: 'UserTeleported', data: {} });
    await expect(send(rename('ada', 'Countess'), 2)).rejects.toThrow(UnknownEvent);
  });
});
