import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/core/changes.js';
import type { RecordedEvent, Version } from '../../src/core/event.js';
import { fold } from '../../src/core/revision.js';
import { known, UnknownEvent } from '../../src/core/schemas.js';
import { Checkpoints } from '../../src/engine/checkpoints.js';
import { blame, readSteps, type Steps } from '../../src/engine/history.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import type { UserCommand } from '../../src/domains/user/commands.js';
import { userDecider } from '../../src/domains/user/decider.js';
import { USER_EVENTS, type UserEvent } from '../../src/domains/user/events.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { commandsOn, userIds } from '../domains/user/arbitraries.js';
import { fakeClock } from './fake-clock.js';
import { upTo, write } from './log.js';
import { writeLong } from './long-streams.js';
import { changeEmail, create, deactivate, rename, startUsers, VOCABULARY } from './users.js';

type Stream = readonly RecordedEvent<UserEvent>[];

const shownAfter = (own: Stream, version: Version): Fields =>
  userAggregate.fields(fold(userDecider, own.slice(0, version))?.state ?? userDecider.initialState);

const FIELDS = ['name', 'email', 'status'];

/** The same, field by field and revision by revision, with nothing of what is tested. */
const stepsByHand = (own: Stream, { from, through, horizon }: Steps) =>
  own
    .slice(0, horizon)
    .filter(({ version }) => version >= from && version <= through)
    .map((event) => {
      const [before, after] = [event.version - 1, event.version].map((at) => shownAfter(own, at));
      return {
        event,
        revision: fold(userDecider, own.slice(0, event.version)),
        changes: FIELDS.map((field) => ({
          field,
          from: before?.[field] ?? null,
          to: after?.[field] ?? null,
        })).filter(({ from: was, to }) => was !== to),
        validTo: own.slice(0, horizon)[event.version]?.recordedAt ?? null,
      };
    });

/** The last version at which a field had another value just before. */
const blameByHand = (own: Stream, version: Version) =>
  (version === 0 ? [] : FIELDS).map((field) => {
    const value = shownAfter(own, version)[field];
    const since = upTo(version).findLast((at) => shownAfter(own, at - 1)[field] !== value);
    return { field, event: own[(since ?? 1) - 1] };
  });

/** Does what the commands say, and answers what became of one of the users. */
async function live(told: readonly { command: UserCommand; pause: number }[]) {
  const time = fakeClock();
  const users = await startUsers(new MemoryStore(time));
  for (const { command, pause } of told) {
    time.move(pause);
    await users.send(command, (await users.shown(command.id))?.version ?? 0);
  }
  const events = await users.store.readStream({ type: 'User', id: 'ada' });
  return { past: users.app, own: events.map((each) => known<UserEvent>(USER_EVENTS, each)) };
}

const lives = fc
  .array(fc.record({ command: commandsOn(userIds), pause: fc.nat(2) }), { maxLength: 30 })
  .map((told) => [{ command: create('ada'), pause: 0 }, ...told]);

describe('the steps of a history', () => {
  it('are, for all versions asked and all that is known, what a fold by hand shows', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (told) => {
        const { past, own } = await live(told);
        const beyond = [-1, 0, ...upTo(own.length + 2)];
        for (const horizon of [0, ...upTo(own.length)]) {
          for (const from of beyond) {
            for (const through of beyond) {
              const asked = { from, through, horizon };
              const steps = await readSteps(past, userAggregate, 'ada', asked);
              expect(steps).toEqual(stepsByHand(own, asked));
            }
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('follow one another without a gap in time', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (told) => {
        const { past, own } = await live(told);
        const all = { from: 1, through: own.length, horizon: own.length };
        const steps = await readSteps(past, userAggregate, 'ada', all);
        const begins = steps.map(({ revision }) => revision.updatedAt);
        expect(steps.map(({ validTo }) => validTo)).toEqual([...begins.slice(1), null]);
      }),
      { numRuns: 30 },
    );
  });

  it('each tell the changes that their event made, in the fields’ order', async () => {
    const { past } = await live(
      [
        create('ada', 'Ada', 'ada@example.org'),
        rename('ada', 'Countess'),
        changeEmail('ada', null),
        deactivate('ada'),
      ].map((command) => ({ command, pause: 1_000 })),
    );
    const all = { from: 1, through: 4, horizon: 4 };
    const steps = await readSteps(past, userAggregate, 'ada', all);
    expect(steps.map(({ changes, validTo }) => ({ changes, validTo }))).toEqual([
      {
        changes: [
          { field: 'name', from: null, to: 'Ada' },
          { field: 'email', from: null, to: 'ada@example.org' },
          { field: 'status', from: null, to: 'ACTIVE' },
        ],
        validTo: '2026-01-31T12:00:02.000Z',
      },
      {
        changes: [{ field: 'name', from: 'Ada', to: 'Countess' }],
        validTo: '2026-01-31T12:00:03.000Z',
      },
      {
        changes: [{ field: 'email', from: 'ada@example.org', to: null }],
        validTo: '2026-01-31T12:00:04.000Z',
      },
      { changes: [{ field: 'status', from: 'ACTIVE', to: 'DEACTIVATED' }], validTo: null },
    ]);
  });

  it('know nothing of what came after the horizon', async () => {
    const { past } = await live(
      [create('ada'), rename('ada', 'Countess')].map((command) => ({ command, pause: 1_000 })),
    );
    const [early] = await readSteps(past, userAggregate, 'ada', {
      from: 1,
      through: 1,
      horizon: 1,
    });
    expect(early).toMatchObject({ validTo: null });
    const [late] = await readSteps(past, userAggregate, 'ada', {
      from: 1,
      through: 1,
      horizon: 2,
    });
    expect(late).toMatchObject({ validTo: '2026-01-31T12:00:02.000Z' });
  });

  it('are none of who never was', async () => {
    const { past } = await live([]);
    const all = { from: 1, through: 9, horizon: 0 };
    expect(await readSteps(past, userAggregate, 'nobody', all)).toEqual([]);
  });

  it('are shown up to an event of no meaning here, and not beyond', async () => {
    const store = new MemoryStore();
    await writeLong(store, 'ada', 3);
    await write(store, 'ada', { type: 'UserTeleported', data: {} });
    const past = { store, checkpoints: new Checkpoints() };
    const steps = (through: Version, horizon: Version) =>
      readSteps(past, userAggregate, 'ada', { from: 1, through, horizon });
    expect(await steps(3, 3)).toHaveLength(3);
    await expect(steps(4, 4)).rejects.toThrow(UnknownEvent);
  });

  it('of an old form are shown in the present one', async () => {
    const store = new MemoryStore({ vocabulary: VOCABULARY });
    const data = { name: 'Ada', email: null };
    await write(store, 'ada', { type: 'UserCreated', schemaVersion: 1, data });
    const past = { store, checkpoints: new Checkpoints() };
    const all = { from: 1, through: 1, horizon: 1 };
    expect(await readSteps(past, userAggregate, 'ada', all)).toMatchObject([
      {
        event: { schemaVersion: 2, data: { ...data, status: 'active' } },
        revision: { state: { ...data, status: 'active' } },
        changes: [{ field: 'name' }, { field: 'status', to: 'ACTIVE' }],
      },
    ]);
  });
});

describe('the events behind the fields', () => {
  it('are at every version the last ones that changed them, as found by hand', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (told) => {
        const { past, own } = await live(told);
        for (const version of [0, ...upTo(own.length)]) {
          const found = await blame(past, userAggregate, 'ada', version);
          expect(found).toEqual(blameByHand(own, version));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('are the same on a long stream, from checkpoint to checkpoint', async () => {
    const store = new MemoryStore();
    await writeLong(store, 'ada', 1_100);
    const events = await store.readStream({ type: 'User', id: 'ada' });
    const own = events.map((each) => known<UserEvent>(USER_EVENTS, each));
    const past = { store, checkpoints: new Checkpoints() };
    for (const version of [1_100, 1_024, 1_023, 513, 512, 511, 257, 256, 255, 3, 2, 1]) {
      const found = await blame(past, userAggregate, 'ada', version);
      expect(found).toEqual(blameByHand(own, version));
    }
  });

  it('are none of who never was', async () => {
    const { past } = await live([]);
    expect(await blame(past, userAggregate, 'nobody', 0)).toEqual([]);
  });
});
