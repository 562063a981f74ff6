import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accept } from '../../src/core/decider.js';
import type { RecordedEvent } from '../../src/core/event.js';
import { execute } from '../../src/engine/execute.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import type { UserCommand, UserCommandType } from '../../src/domains/user/commands.js';
import { userDecider } from '../../src/domains/user/decider.js';
import { commandsOn, userIds } from '../domains/user/arbitraries.js';
import { ORIGIN } from '../support/metadata.js';
import { upTo, wholeLog } from './log.js';
import { STORES } from './stores.js';
import {
  changeEmail,
  codeOf,
  create,
  deactivate,
  reactivate,
  rename,
  startUsers,
  type UserOutcome,
  type Users,
} from './users.js';

const said = { commandId: 'request-1' };

/** What a repeated command is answered with. */
const again = (first: UserOutcome) => ({ ...first, replayed: true });

const eventsIn = (outcome: UserOutcome): readonly RecordedEvent[] =>
  outcome.kind === 'accepted' ? outcome.events : [];

async function renamed(): Promise<Users & { readonly first: UserOutcome }> {
  const users = await startUsers();
  await users.send(create('ada'), 0);
  const first = await users.send(rename('ada', 'Countess'), 1, said);
  expect(first).toMatchObject({ kind: 'accepted', replayed: false, position: 2 });
  return { ...users, first };
}

describe('a command sent again under its id', () => {
  it('is answered as it was the first time, and not carried out again', async () => {
    const { send, store, first } = await renamed();
    expect(await send(rename('ada', 'Countess'), 1, said)).toEqual(again(first));
    expect(await store.head()).toMatchObject({ position: 2 });
  });

  it.each([0, 2, 99])('is the same whatever version it expects: %d', async (version) => {
    const { send, store, first } = await renamed();
    expect(await send(rename('ada', 'Countess'), version, said)).toEqual(again(first));
    expect(await store.head()).toMatchObject({ position: 2 });
  });

  it('is the same by whichever request it comes', async () => {
    const { send, first } = await renamed();
    const origin = { ...ORIGIN, correlationId: 'request-9' };
    expect(await send(rename('ada', 'Countess'), 1, { ...said, origin })).toEqual(again(first));
  });

  it('is not told to another than who sent it first', async () => {
    const { send } = await renamed();
    const origin = { ...ORIGIN, actor: 'somebody else' };
    expect(await send(rename('ada', 'Countess'), 1, { ...said, origin })).toMatchObject({
      kind: 'refused',
      code: 'COMMAND_ID_REUSED',
    });
  });

  it('is told its own events, and the user as it has become meanwhile', async () => {
    const { send, first } = await renamed();
    await send(rename('ada', 'Lovelace'), 2);
    expect(await send(rename('ada', 'Countess'), 1, said)).toEqual({
      ...again(first),
      current: expect.objectContaining({
        version: 3,
        state: { status: 'active', name: 'Lovelace', email: null },
      }),
    });
  });

  it('is answered though the domain would refuse it by now', async () => {
    const { send, first } = await renamed();
    await send(deactivate('ada'), 2);
    const answer = await send(rename('ada', 'Countess'), 1, said);
    expect(answer).toMatchObject({ kind: 'accepted', replayed: true, current: { version: 3 } });
    expect(eventsIn(answer)).toEqual(eventsIn(first));
  });

  it('is carried out anew without the id', async () => {
    const { send } = await renamed();
    expect(await send(rename('ada', 'Countess'), 1)).toMatchObject({ kind: 'conflict' });
    expect(await send(rename('ada', 'Countess'), 2)).toMatchObject({ events: [] });
  });

  it('is answered after the store has stopped', async () => {
    const { send, store, first } = await renamed();
    await store.close();
    expect(await send(rename('ada', 'Countess'), 1, said)).toEqual(again(first));
  });

  it('names the user that it made when it leaves the id to the server', async () => {
    const { sendRaw, store } = await startUsers();
    const first = await sendRaw('CreateUser', { name: 'Ada' }, 0, said);
    expect(first).toMatchObject({ kind: 'accepted', current: { id: 'id-1' } });
    expect(await sendRaw('CreateUser', { name: 'Ada' }, 0, said)).toEqual(again(first));
    expect(await sendRaw('CreateUser', { id: null, name: 'Ada' }, 0, said)).toEqual(again(first));
    expect(await store.head()).toMatchObject({ position: 1 });
  });

  it.each([
    ['white space around it', { name: ' \tÅsa\n' }],
    ['another form of Unicode', { name: 'A\u030asa' }],
    ['no address said to be none', { name: 'Åsa', email: null }],
    ['another order', { email: null, name: 'Åsa' }],
    ['something that nobody asked for', { name: 'Åsa', shoeSize: 38 }],
  ])('is the same in its normal form: %s', async (_, payload) => {
    const { sendRaw, store } = await startUsers();
    const first = await sendRaw('CreateUser', { id: 'asa', name: 'Åsa' }, 0, said);
    expect(await sendRaw('CreateUser', { ...payload, id: 'asa' }, 0, said)).toEqual(again(first));
    expect(await store.head()).toMatchObject({ position: 1 });
  });
});

describe('an id that another command had', () => {
  const reused = {
    kind: 'refused',
    code: 'COMMAND_ID_REUSED',
    message: 'The commandId request-1 was used for another command.',
  };

  it.each<readonly [string, UserCommandType, object, number]>([
    ['another payload', 'RenameUser', { id: 'ada', name: 'Lovelace' }, 2],
    ['a payload in another case', 'RenameUser', { id: 'ada', name: 'COUNTESS' }, 2],
    ['another type', 'DeactivateUser', { id: 'ada' }, 2],
    ['another user', 'RenameUser', { id: 'bob', name: 'Countess' }, 1],
    ['nobody', 'RenameUser', { id: 'nobody', name: 'Countess' }, 1],
    ['a new user', 'CreateUser', { id: 'eve', name: 'Countess' }, 0],
    ['a new user without an id', 'CreateUser', { name: 'Countess' }, 0],
    ['what would change nothing', 'RenameUser', { id: 'bob', name: 'Ada' }, 1],
    ['what expects a stale version', 'RenameUser', { id: 'ada', name: 'Lovelace' }, 1],
  ])('is refused for %s, and nothing is appended', async (_, type, payload, version) => {
    const { sendRaw, send, store } = await renamed();
    await send(create('bob'), 0);
    expect(await sendRaw(type, payload, version, said)).toMatchObject(reused);
    expect(await store.head()).toMatchObject({ position: 3 });
  });

  it('is refused with the user that was asked about', async () => {
    const { send } = await renamed();
    await send(create('bob', 'Bob'), 0);
    const outcome = await send(rename('bob', 'Countess'), 1, said);
    expect(outcome).toEqual({ ...reused, current: expect.objectContaining({ id: 'bob' }) });
  });

  it('is refused for the same words about another type of aggregate', async () => {
    const { app, store } = await renamed();
    const outcome = await execute(
      app,
      { ...userAggregate, type: 'Person' },
      { ...said, ...create('ada'), payload: create('ada'), expectedVersion: 0, ...UNSAID },
    );
    expect(outcome).toMatchObject(reused);
    expect(await store.head()).toMatchObject({ position: 2 });
  });

  it('tells a user that the caller named from one that the server did', async () => {
    const { sendRaw } = await startUsers();
    await sendRaw('CreateUser', { name: 'Ada' }, 0, said);
    const named = await sendRaw('CreateUser', { id: 'id-1', name: 'Ada' }, 0, said);
    expect(named).toMatchObject(reused);
  });

  it('does not keep wrong values from being told first', async () => {
    const { sendRaw } = await renamed();
    expect(await sendRaw('RenameUser', { id: 'ada', name: ' ' }, 2, said)).toMatchObject({
      kind: 'invalid',
      issues: [{ path: ['name'] }],
    });
  });
});

const UNSAID = { dryRun: false, origin: ORIGIN };

describe.each(STORES)('the same command a hundred times at once, %s', (_, open) => {
  it.each<readonly [string, object]>([
    ['with an id', { id: 'ada', name: 'Ada' }],
    ['without an id', { name: 'Ada' }],
  ])('is carried out once: a user %s', async (_case, payload) => {
    const { sendRaw, store, app } = await startUsers(await open());
    const outcomes = await Promise.all(
      upTo(100).map(() => sendRaw('CreateUser', payload, 0, said)),
    );
    const carriedOut = outcomes.filter((outcome) => 'replayed' in outcome && !outcome.replayed);
    expect(carriedOut).toMatchObject([{ kind: 'accepted', position: 1 }]);
    const [first] = carriedOut;
    for (const outcome of outcomes)
      expect(outcome).toEqual({ ...first, replayed: expect.anything() });
    expect(await store.head()).toMatchObject({ position: 1 });
    await app.close();
  });

  it('is carried out once though they expect different versions', async () => {
    const { send, store, app } = await startUsers(await open());
    await send(create('ada'), 0);
    const outcomes = await Promise.all(
      upTo(100).map((each) => send(rename('ada', 'Countess'), each % 3, said)),
    );
    const answered = outcomes.filter((outcome) => outcome.kind === 'accepted');
    expect(answered.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answered.map(({ position }) => position))).toEqual(new Set([2]));
    expect(await store.head()).toMatchObject({ position: 2 });
    await app.close();
  });

  it('leaves ninety-nine other commands under its id refused', async () => {
    const { send, store, app } = await startUsers(await open());
    const outcomes = await Promise.all(
      upTo(100).map((each) => send(create(`user-${each}`), 0, said)),
    );
    expect(outcomes.map(codeOf).toSorted()).toEqual([
      ...Array(99).fill('COMMAND_ID_REUSED'),
      'accepted',
    ]);
    expect(await store.head()).toMatchObject({ position: 1 });
    await app.close();
  });
});

describe('a command is not remembered', () => {
  const carriedOut = { kind: 'accepted', replayed: false };

  it('when it conflicts: with the right version the same id serves', async () => {
    const { send } = await startUsers();
    await send(create('ada'), 0);
    await send(rename('ada', 'Countess'), 1);
    expect(codeOf(await send(rename('ada', 'Lovelace'), 1, said))).toBe('conflict');
    expect(await send(rename('ada', 'Lovelace'), 2, said)).toMatchObject(carriedOut);
  });

  it('when its values are wrong: put right, the same id serves', async () => {
    const { sendRaw } = await startUsers();
    const wrong = await sendRaw('CreateUser', { id: 'ada', name: '' }, 0, said);
    expect(codeOf(wrong)).toBe('invalid');
    const right = await sendRaw('CreateUser', { id: 'ada', name: 'Ada' }, 0, said);
    expect(right).toMatchObject(carriedOut);
  });

  it('when it is refused: once nothing stands in its way, the same id serves', async () => {
    const { send } = await startUsers();
    expect(codeOf(await send(rename('ada', 'Countess'), 1, said))).toBe('NOT_FOUND');
    await send(create('ada'), 0);
    expect(await send(rename('ada', 'Countess'), 1, said)).toMatchObject(carriedOut);
  });

  it('when it wants what another holds: once that is free, the same id serves', async () => {
    const { send } = await startUsers();
    await send(create('bob', 'Bob', 'ada@example.org'), 0);
    const wanting = create('ada', 'Ada', 'ada@example.org');
    expect(codeOf(await send(wanting, 0, said))).toBe('EMAIL_TAKEN');
    await send(changeEmail('bob', null), 1);
    expect(await send(wanting, 0, said)).toMatchObject(carriedOut);
  });

  it('when it changes nothing: another may have its id', async () => {
    const { send, store } = await startUsers();
    await send(create('ada'), 0);
    const nothing = { kind: 'accepted', events: [], replayed: false };
    expect(await send(rename('ada', 'Ada'), 1, said)).toMatchObject(nothing);
    expect(await send(rename('ada', 'Ada'), 1, said)).toMatchObject(nothing);
    expect(await send(reactivate('ada'), 1, said)).toMatchObject(nothing);
    expect(await store.readCommand('request-1')).toEqual([]);
    expect(await send(rename('ada', 'Countess'), 1, said)).toMatchObject(carriedOut);
  });
});

describe('a commandId', () => {
  const invalid = {
    kind: 'invalid',
    issues: [{ path: ['commandId'], message: 'must be 1 to 200 visible ASCII characters' }],
  };

  it.each(['', 'a b', ' a', 'a\n', '\n', 'a\tb', 'é', '\u007f', '🦉', '\0'])(
    'is invalid: %j',
    async (commandId) => {
      const { send, store } = await startUsers();
      expect(await send(create('ada'), 0, { commandId })).toEqual(invalid);
      expect(await store.head()).toMatchObject({ position: 0 });
    },
  );

  it('has at most 200 characters', async () => {
    const { send } = await startUsers();
    const [long, longer] = ['x'.repeat(200), 'x'.repeat(201)];
    expect(await send(create('ada'), 0, { commandId: longer })).toEqual(invalid);
    const first = await send(create('ada'), 0, { commandId: long });
    expect(await send(create('ada'), 0, { commandId: long })).toEqual(again(first));
  });

  it.each(['0', '!"#$%&/()=?~', '__proto__', 'toString'])(
    'is taken, and told from others: %j',
    async (commandId) => {
      const { send, store } = await startUsers();
      expect(await store.readCommand(commandId)).toEqual([]);
      const first = await send(create('ada'), 0, { commandId });
      expect(await send(create('bob'), 0, { commandId: `${commandId.slice(1)}:` })).toMatchObject({
        replayed: false,
      });
      expect(await send(create('ada'), 0, { commandId })).toEqual(again(first));
    },
  );

  it('stands with a digest of the command in every event that it led to', async () => {
    const { app, store, first } = await renamed();
    // A domain that answers one command with two events.
    const thorough = {
      ...userAggregate,
      decider: {
        ...userDecider,
        decide: () =>
          accept(
            { type: 'UserRenamed', data: { name: 'Lovelace' } } as const,
            { type: 'UserDeactivated', data: { reason: null } } as const,
          ),
      },
    };
    const command = { type: 'DeactivateUser', payload: { id: 'ada' }, expectedVersion: 2 } as const;
    const request = { ...command, ...UNSAID, commandId: 'request-2' };
    const outcome = await execute(app, thorough, request);
    expect(outcome).toMatchObject({ position: 4, current: { version: 4 } });

    const events = await store.readCommand('request-2');
    expect(events).toMatchObject([
      { commandId: 'request-2', position: 3, type: 'UserRenamed' },
      { commandId: 'request-2', position: 4, type: 'UserDeactivated' },
    ]);
    const digests = new Set(events.map((event) => event.commandDigest));
    expect(digests.size).toBe(1);
    expect(digests).not.toContain(null);
    expect(digests).not.toContain(eventsIn(first)[0]?.commandDigest);
    expect(await execute(app, thorough, request)).toEqual({ ...outcome, replayed: true });
    expect(await store.head()).toMatchObject({ position: 4 });
  });

  it('stands in no event of a command that had none, nor does a digest', async () => {
    const { send, store } = await startUsers();
    await send(create('ada'), 0);
    expect(await wholeLog(store)).toMatchObject([{ commandId: null, commandDigest: null }]);
  });
});

const sent = fc.record({
  command: commandsOn(userIds),
  commandId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  lag: fc.constantFrom(0, 0, 0, 1),
  /** Sends what was sent first under the id instead, if anything was. */
  resends: fc.boolean(),
});

interface Remembered {
  readonly command: UserCommand;
  readonly outcome: UserOutcome;
}

/** What a command without an id would come to, but for the id. */
const essence = (outcome: UserOutcome) =>
  outcome.kind === 'accepted'
    ? outcome.events.map(({ type, version, position, data }) => ({ type, version, position, data }))
    : codeOf(outcome);

it('answers, whatever was sent before, as a server that only remembers what it carried out', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(sent, { minLength: 10, maxLength: 40 }), async (conversation) => {
      const [users, plain] = [await startUsers(), await startUsers()];
      const remembered = new Map<string, Remembered>();
      for (const { command: another, commandId, lag, resends } of conversation) {
        const known = remembered.get(commandId);
        const command = resends && known !== undefined ? known.command : another;
        const isRepeat = JSON.stringify(known?.command) === JSON.stringify(command);
        const version = Math.max(0, ((await users.shown(command.id))?.version ?? 0) - lag);

        const outcome = await users.send(command, version, { commandId });
        const first = known?.outcome ?? (await plain.send(command, version));
        const expected = known === undefined || isRepeat ? essence(first) : 'COMMAND_ID_REUSED';
        expect(essence(outcome)).toEqual(expected);
        expect('replayed' in outcome && outcome.replayed).toBe(isRepeat);
        if (eventsIn(outcome).length > 0) {
          remembered.set(commandId, known ?? { command, outcome });
        }
        seen.add(isRepeat ? 'replayed' : codeOf(outcome));
      }
      expect(await users.store.head()).toMatchObject({
        position: (await plain.store.head()).position,
      });
    }),
    { numRuns: 150 },
  );
  // Else the generator would have tried less than it says.
  for (const code of ['accepted', 'replayed', 'conflict', 'COMMAND_ID_REUSED']) {
    expect(seen).toContain(code);
  }
});
