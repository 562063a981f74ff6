import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { known, UnknownEvent } from '../../src/core/schemas.js';
import { positionOf, type RecordedEvent } from '../../src/core/event.js';
import { BeyondTheEnd, type Moment } from '../../src/core/moment.js';
import { fold } from '../../src/core/revision.js';
import { parseTimestamp, timestampOf, type Timestamp } from '../../src/core/time.js';
import { replay, resolvePosition, resolveVersion } from '../../src/engine/replay.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import { userDecider } from '../../src/domains/user/decider.js';
import { USER_EVENTS, type UserEvent } from '../../src/domains/user/events.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { commandsOn, userIds } from '../domains/user/arbitraries.js';
import { fakeClock } from './fake-clock.js';
import { upTo, wholeLog, write } from './log.js';
import { create, rename, startUsers, type Users } from './users.js';

const time = (text: string): Timestamp => {
  const parsed = parseTimestamp(text);
  if (parsed === undefined) throw new Error(`not a time: ${text}`);
  return parsed;
};

/** Ada made at 12:00:00, Bob at 12:00:01, Ada renamed at 12:00:02 and at 12:00:03. */
async function history() {
  const clock = fakeClock('2026-01-31T12:00:00.000Z');
  const users = await startUsers(new MemoryStore(clock));
  await users.send(create('ada'), 0);
  clock.move(1000);
  await users.send(create('bob', 'Bob'), 0);
  clock.move(1000);
  await users.send(rename('ada', 'Countess'), 1);
  clock.move(1000);
  await users.send(rename('ada', 'Lovelace'), 2);
  return (moment: Moment, id = 'ada') => replay(users.app, userAggregate, id, moment);
}

describe('a time', () => {
  it.each([
    ['2026-01-31T12:00:00Z', 'Ada'],
    ['2026-01-31T12:00:01.999Z', 'Ada'],
    ['2026-01-31T12:00:02Z', 'Countess'],
    ['2026-01-31T13:00:02+01:00', 'Countess'],
    ['2026-01-31T12:00:02.999Z', 'Countess'],
    ['2026-01-31T12:00:03Z', 'Lovelace'],
    ['2126-01-31T12:00:00Z', 'Lovelace'],
  ])('%s, itself included: %s', async (text, name) => {
    const past = await history();
    expect(await past({ at: time(text) })).toMatchObject({ id: 'ada', state: { name } });
  });

  it('before the creation, and before the log', async () => {
    const past = await history();
    expect(await past({ at: time('2026-01-31T11:59:59.999Z') })).toBeUndefined();
    expect(await past({ at: time('2026-01-31T12:00:00.999Z') }, 'bob')).toBeUndefined();
    expect(await past({ at: time('0000-01-01T00:00:00Z') })).toBeUndefined();
  });

  it('shared by several events means after the last of them', async () => {
    const clock = fakeClock();
    const { app, send } = await startUsers(new MemoryStore(clock));
    await send(create('ada'), 0);
    await send(rename('ada', 'Countess'), 1);
    expect(await replay(app, userAggregate, 'ada', { at: clock.now() })).toMatchObject({
      version: 2,
    });
  });

  it('is found though the clock went back', async () => {
    const clock = fakeClock('2026-01-31T12:00:00Z');
    const { app, send } = await startUsers(new MemoryStore(clock));
    await send(create('ada'), 0);
    clock.move(-60_000);
    await send(rename('ada', 'Countess'), 1);
    const past = (at: Timestamp) => replay(app, userAggregate, 'ada', { at });
    expect(await past(time('2026-01-31T11:59:59Z'))).toBeUndefined();
    expect(await past(time('2026-01-31T12:00:00Z'))).toMatchObject({ version: 2 });
  });
});

describe('a version', () => {
  it.each([
    [1, 'Ada', 1],
    [2, 'Countess', 3],
    [3, 'Lovelace', 4],
  ])('%d: %s', async (version, name, position) => {
    const past = await history();
    expect(await past({ version })).toMatchObject({
      version,
      position,
      createdPosition: 1,
      state: { name },
      createdAt: '2026-01-31T12:00:00.000Z',
    });
  });

  it('0 is before the first event', async () => {
    expect(await (await history())({ version: 0 })).toBeUndefined();
  });

  it('beyond the last rejects, naming the highest', async () => {
    const past = await history();
    const beyond = { what: 'version', asked: 4, highest: 3 };
    await expect(past({ version: 4 })).rejects.toThrow(BeyondTheEnd);
    await expect(past({ version: 4 })).rejects.toMatchObject(beyond);
    await expect(past({ version: 1 }, 'nobody')).rejects.toMatchObject({ asked: 1, highest: 0 });
  });
});

describe('a position', () => {
  it.each([
    [1, 'Ada'],
    [2, 'Ada'],
    [3, 'Countess'],
    [4, 'Lovelace'],
  ])('%d: %s', async (position, name) => {
    const past = await history();
    expect(await past({ position: positionOf(position) })).toMatchObject({ state: { name } });
  });

  it('before the creation', async () => {
    const past = await history();
    expect(await past({ position: positionOf(0) })).toBeUndefined();
    expect(await past({ position: positionOf(1) }, 'bob')).toBeUndefined();
  });

  it('beyond the last rejects, naming the highest', async () => {
    const past = await history();
    const beyond = { what: 'position', asked: 5, highest: 4 };
    await expect(past({ position: positionOf(5) })).rejects.toThrow(BeyondTheEnd);
    await expect(past({ position: positionOf(5) })).rejects.toMatchObject(beyond);
  });
});

/** Ada made at 12:00:00, Bob at 12:00:01, Ada renamed at 12:00:02. */
async function logOfThree() {
  const clock = fakeClock('2026-01-31T12:00:00.000Z');
  const { store, send } = await startUsers(new MemoryStore(clock));
  await send(create('ada'), 0);
  clock.move(1000);
  await send(create('bob', 'Bob'), 0);
  clock.move(1000);
  await send(rename('ada', 'Countess'), 1);
  return store;
}

describe('what a moment means', () => {
  const stream = { type: 'User', id: 'ada' };

  it('to a stream is a version, from none to its last', async () => {
    const store = await logOfThree();
    const version = (moment: Moment) => resolveVersion(store, stream, moment);
    expect(await version({ version: 0 })).toBe(0);
    expect(await version({ version: 2 })).toBe(2);
    expect(await version({ position: positionOf(0) })).toBe(0);
    expect(await version({ position: positionOf(2) })).toBe(1);
    expect(await version({ position: positionOf(3) })).toBe(2);
    expect(await version({ at: time('2026-01-31T12:00:01.999Z') })).toBe(1);
    expect(await version({ at: time('9999-01-01T00:00:00Z') })).toBe(2);
  });

  it('to the log is a position, from none to its last', async () => {
    const store = await logOfThree();
    expect(await resolvePosition(store, { position: positionOf(3) })).toBe(3);
    expect(await resolvePosition(store, { at: time('2026-01-31T12:00:01Z') })).toBe(2);
    expect(await resolvePosition(store, { at: time('2026-01-31T11:00:00Z') })).toBe(0);
  });

  it('is told with the highest there is, where it lies beyond the end', async () => {
    const store = await logOfThree();
    const position = positionOf(4);
    const beyondLog = { name: 'BeyondTheEnd', what: 'position', asked: 4, highest: 3 };
    await expect(resolvePosition(store, { position })).rejects.toMatchObject(beyondLog);
    await expect(resolveVersion(store, stream, { position })).rejects.toMatchObject(beyondLog);
    await expect(resolveVersion(store, stream, { version: 3 })).rejects.toThrow(
      'There is no version 3 yet; the highest is 2.',
    );
    await expect(
      resolveVersion(store, { ...stream, id: 'nobody' }, { version: 1 }),
    ).rejects.toMatchObject({ what: 'version', asked: 1, highest: 0 });
  });

  it('is told with what the log has at that time, not with what it had', async () => {
    const store = await logOfThree();
    await expect(resolvePosition(store, { position: positionOf(4) })).rejects.toThrow(BeyondTheEnd);
    await write(store, 'bob', { type: 'UserRenamed', data: { name: 'Rob' } });
    expect(await resolvePosition(store, { position: positionOf(4) })).toBe(4);
  });
});

describe('an aggregate', () => {
  it('that never was has no past', async () => {
    const past = await history();
    expect(await past({ at: time('2126-01-01T00:00:00Z') }, 'nobody')).toBeUndefined();
    expect(await past({ position: positionOf(4) }, 'nobody')).toBeUndefined();
  });

  it('with an event of no meaning here can be seen as it was before it', async () => {
    const { app, send, store } = await startUsers();
    await send(create('ada'), 0);
    await write(store, 'ada', { type: 'UserTeleported', data: {} });
    const past = (version: number) => replay(app, userAggregate, 'ada', { version });
    expect(await past(1)).toMatchObject({ version: 1 });
    await expect(past(2)).rejects.toThrow(UnknownEvent);
  });
});

const steps = fc.array(
  fc.record({ command: commandsOn(userIds), pause: fc.integer({ min: -2, max: 3 }) }),
  {
    maxLength: 25,
  },
);

/** Does what the steps say, each command at the right version. */
async function live(users: Users, clock: ReturnType<typeof fakeClock>, told: Steps): Promise<void> {
  for (const { command, pause } of told) {
    clock.move(pause);
    await users.send(command, (await users.shown(command.id))?.version ?? 0);
  }
}

type Steps = typeof steps extends fc.Arbitrary<infer T> ? T : never;

const foldOf = (events: readonly RecordedEvent[]) =>
  fold(
    userDecider,
    events.map((event) => known<UserEvent>(USER_EVENTS, event)),
  );

it('shows at every position, time and version what a plain fold of the events up to it shows', async () => {
  await fc.assert(
    fc.asyncProperty(steps, userIds, async (told, id) => {
      const clock = fakeClock();
      const start = clock.clock();
      const users = await startUsers(new MemoryStore(clock));
      await live(users, clock, told);
      const log = await wholeLog(users.store);
      const own = log.filter((event) => event.aggregateId === id);
      const past = (moment: Moment) => replay(users.app, userAggregate, id, moment);

      for (const position of [0, ...upTo(log.length)].map(positionOf)) {
        const until = own.filter((event) => event.position <= position);
        expect(await past({ position })).toEqual(foldOf(until));
      }
      for (const version of [0, ...upTo(own.length)]) {
        expect(await past({ version })).toEqual(foldOf(own.slice(0, version)));
      }
      const latest = Date.parse(log.at(-1)?.recordedAt ?? clock.now());
      for (let instant = start - 60; instant <= latest + 1; instant += 1) {
        const at = timestampOf(instant);
        const until = own.filter((event) => event.recordedAt <= at);
        expect(await past({ at })).toEqual(foldOf(until));
      }
    }),
  );
});
