import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent, Version } from '../../src/core/event.js';
import { StoreStopped } from '../../src/core/event-store.js';
import { Cursor } from '../../src/engine/feed.js';
import type { UserCommand } from '../../src/domains/user/commands.js';
import { usersProjection } from '../../src/domains/user/projection.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { commandsOn, userIds } from '../domains/user/arbitraries.js';
import { fakeClock } from './fake-clock.js';
import { HeldReadModels } from './held-models.js';
import { wholeLog } from './log.js';
import { isPending } from './pending.js';
import { STORES } from './stores.js';
import {
  changeEmail,
  codeOf,
  create,
  deactivate,
  rename,
  startUsers,
  type UserOutcome,
  type Users,
} from './users.js';

const dryRun = true;
const ASKED: readonly (readonly [string, UserCommand, Version])[] = [
  ['a new user', create('eve', 'Eve', 'eve@example.org'), 0],
  ['a change', rename('ada', 'Countess'), 1],
  ['a change of address', changeEmail('ada', 'new@example.org'), 1],
  ['a change of nothing', rename('ada', 'Ada'), 1],
  ['a conflict', rename('ada', 'Countess'), 7],
  ['a refusal', create('ada'), 0],
  ['a taken address', changeEmail('ada', 'bob@example.org'), 1],
  ['an invalid command', rename('ada', ''), 1],
];

async function startTwo(open: () => Promise<Users['store']>): Promise<Users> {
  const users = await startUsers(await open());
  await users.send(create('ada', 'Ada', 'ada@example.org'), 0);
  await users.send(create('bob', 'Bob', 'bob@example.org'), 0);
  return users;
}

const wanting = (id: string) => create(id, 'Eve', 'eve@example.org');

describe.each(STORES)('a dry run of %s', (_, open) => {
  it.each(ASKED)('stores, tells and projects nothing: %s', async (_case, command, version) => {
    const { app, store, send, shown } = await startTwo(open);
    const before = [await wholeLog(store), app.projector.states(), await shown('ada')];
    const cursor = new Cursor(store, (await store.head()).position);
    const next = cursor.next();
    let appends = 0;
    store.onAppend(() => (appends += 1));

    await send(command, version, { dryRun, commandId: 'dry' });
    expect(await isPending(next)).toBe(true);
    expect(appends).toBe(0);
    expect(await store.readCommand('dry')).toEqual([]);
    expect([await wholeLog(store), app.projector.states(), await shown('ada')]).toEqual(before);
    expect(await app.projector.model(usersProjection).count([])).toBe(2);

    // The real one is the first of its id, and finds its place and its address free.
    const real = await send(command, version, { commandId: 'dry' });
    expect(real).not.toMatchObject({ replayed: true });
    await cursor.return();
    await app.close();
  });

  it('holds no address that it asked about', async () => {
    const { app, send } = await startTwo(open);
    expect(codeOf(await send(wanting('eve'), 0, { dryRun }))).toBe('accepted');
    expect(codeOf(await send(wanting('joy'), 0, { dryRun }))).toBe('accepted');
    expect(codeOf(await send(wanting('joy'), 0))).toBe('accepted');
    expect(codeOf(await send(wanting('eve'), 0, { dryRun }))).toBe('EMAIL_TAKEN');
    await app.close();
  });

  it('sets no address free that it would leave', async () => {
    const { app, send } = await startTwo(open);
    expect(codeOf(await send(deactivate('bob'), 1, { dryRun }))).toBe('accepted');
    const change = changeEmail('ada', 'bob@example.org');
    expect(codeOf(await send(change, 1, { dryRun }))).toBe('EMAIL_TAKEN');
    expect(codeOf(await send(change, 1))).toBe('EMAIL_TAKEN');
    await app.close();
  });
});

describe('a dry run', () => {
  it('shows what would be taken', async () => {
    const { send } = await startTwo(async () => new MemoryStore());
    expect(await send(create('eve', 'Eve', 'BOB@example.org'), 0, { dryRun })).toEqual({
      kind: 'refused',
      code: 'EMAIL_TAKEN',
      message: 'Another user has this e-mail address.',
      current: undefined,
    });
  });

  it('shows the user as it would be, at the place that it would have', async () => {
    const { send } = await startTwo(async () => new MemoryStore());
    expect(await send(rename('ada', 'Countess'), 1, { dryRun })).toMatchObject({
      kind: 'accepted',
      replayed: false,
      position: 3,
      events: [{ type: 'UserRenamed', position: 3, version: 2, data: { name: 'Countess' } }],
      current: { version: 2, position: 3, state: { name: 'Countess' } },
    });
  });

  it('of a command that was carried out is its first answer', async () => {
    const { send } = await startUsers();
    const said = { commandId: 'request-1' };
    const first = await send(create('ada'), 0, said);
    expect(await send(create('ada'), 0, { ...said, dryRun })).toEqual({ ...first, replayed: true });
    expect(codeOf(await send(create('bob'), 0, { ...said, dryRun }))).toBe('COMMAND_ID_REUSED');
  });

  it('tells of wrong values and a wrong id as the real one does', async () => {
    const { sendRaw } = await startUsers();
    const [payload, said] = [{ id: '!', name: '' }, { commandId: '' }];
    const forecast = await sendRaw('CreateUser', payload, -1, { ...said, dryRun });
    expect(forecast).toMatchObject({ kind: 'invalid' });
    expect(await sendRaw('CreateUser', payload, -1, said)).toEqual(forecast);
  });

  it('need not wait for a projection that is behind', async () => {
    const models = new HeldReadModels();
    const { send } = await startUsers(new MemoryStore(), [], models);
    models.hold();
    const created = send(create('ada'), 0);
    expect(await isPending(created)).toBe(true);
    expect(await send(rename('ada', 'Countess'), 1, { dryRun })).toMatchObject({ position: 2 });
    models.release();
    await created;
  });

  it('promises nothing once the store has stopped', async () => {
    const { send, store } = await startUsers();
    await store.close();
    await expect(send(create('ada'), 0, { dryRun })).rejects.toThrow(StoreStopped);
  });
});

function withoutId(event: RecordedEvent) {
  const { id: _, ...rest } = event;
  return rest;
}

/** An outcome but for the ids of its events, which are new each time. */
const essence = (outcome: UserOutcome) => {
  switch (outcome.kind) {
    case 'accepted':
      return { ...outcome, events: outcome.events.map(withoutId) };
    case 'conflict':
    case 'refused':
    case 'invalid':
      return outcome;
    default:
      return outcome satisfies never;
  }
};

const addresses = fc.constantFrom(null, 'one@example.org', 'ONE@example.org', 'two@example.org');
const attempts = fc.array(
  fc.record({
    command: commandsOn(userIds, addresses),
    off: fc.constantFrom(0, 0, 0, 0, 0, 1, -1, Number.NaN),
    commandId: fc.constantFrom(undefined, undefined, undefined, undefined, 'a', 'b'),
    pause: fc.nat(5),
  }),
  { minLength: 10, maxLength: 40 },
);

it('foretells the outcome of sending it for real, whatever was sent before', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(attempts, async (conversation) => {
      const time = fakeClock();
      const { app, send, shown, store } = await startUsers(new MemoryStore(time));
      await send(create('ada', 'Ada', 'one@example.org'), 0);
      await send(create('bob', 'Bob', 'two@example.org'), 0);
      for (const { command, off, pause, commandId } of conversation) {
        time.move(pause);
        const version = ((await shown(command.id))?.version ?? 0) + off;
        const said = commandId === undefined ? {} : { commandId };
        const before = await store.head();
        const forecast = await send(command, version, { ...said, dryRun });
        expect(await store.head()).toEqual(before);
        const real = await send(command, version, said);
        expect(essence(forecast)).toEqual(essence(real));
        seen.add(codeOf(real));
      }
      await app.close();
    }),
    { numRuns: 150 },
  );
  // Else the generator would have tried less than it says.
  expect([...seen].toSorted()).toEqual([
    'ALREADY_EXISTS',
    'COMMAND_ID_REUSED',
    'DEACTIVATED',
    'EMAIL_TAKEN',
    'NOT_FOUND',
    'accepted',
    'conflict',
    'invalid',
  ]);
});
