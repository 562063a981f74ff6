import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { positionOf, type Position, type RecordedEvent } from '../../src/core/event.js';
import type { EventStore } from '../../src/core/event-store.js';
import { USER } from '../../src/domains/user/events.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import { blame, diffBetween, readSteps } from '../../src/engine/history.js';
import { imagine } from '../../src/engine/imagine.js';
import type { Past } from '../../src/engine/replay.js';
import { CHECKPOINT_EVERY, Checkpoints } from '../../src/engine/checkpoints.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { fakeClock } from './fake-clock.js';
import { named, upTo, write } from './log.js';
import { VOCABULARY } from './users.js';

const ADA = { type: USER, id: 'ada' };
const CREATED = {
  type: 'UserCreated',
  data: { name: 'Ada', email: null, status: 'active' as const },
};

/** Ada with so many events, some of Bob's between them, and a clock that goes on. */
async function history(clock: ReturnType<typeof fakeClock>, renames: readonly number[]) {
  const store = new MemoryStore({ vocabulary: VOCABULARY, clock: clock.clock });
  await write(store, 'ada', CREATED);
  await write(store, 'bob', CREATED);
  for (const pause of renames) {
    clock.move(pause);
    await write(store, pause % 3 === 0 ? 'bob' : 'ada', named(`after ${pause}`));
  }
  return store;
}

const newest = async (store: EventStore, count: number): Promise<readonly RecordedEvent[]> =>
  (await store.readStream(ADA)).slice(-count);

it('is what it would be had the events been appended, whatever took their place', async () => {
  const pauses = fc.array(fc.nat(5), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      pauses,
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
      async (renames, n, raced) => {
        const [clock, twin] = [fakeClock(), fakeClock()];
        const store = await history(clock, renames);
        const real = await history(twin, renames);
        const events = upTo(n).map((each) => named(`would be ${each}`));
        await write(real, 'ada', ...events);
        const forecast = await newest(real, n);
        if (raced) await write(store, 'ada', named('was faster'), named('and again'));
        const whole = await real.readStream(ADA);
        const { position } = await real.head();
        const imagined = imagine({ store, checkpoints: new Checkpoints() }, forecast);
        const itself = { store: real, checkpoints: new Checkpoints() };
        expect(await learn(imagined, whole, position)).toEqual(
          await learn(itself, whole, position),
        );
      },
    ),
    { numRuns: 200 },
  );
});

/** All that can be learnt of Ada from a past, up to a version and a position. */
async function learn(past: Past, whole: readonly RecordedEvent[], head: Position) {
  const { store } = past;
  const length = whole.length;
  const asked = upTo(head, 0).map(positionOf);
  const steps = { from: 1, through: length, horizon: length };
  return {
    head: await store.head(),
    events: await store.readStream(ADA),
    version: await store.versionAt(ADA),
    versions: await Promise.all(asked.map((position) => store.versionAt(ADA, position))),
    heads: await Promise.all(whole.map(({ recordedAt }) => store.headAt(recordedAt))),
    each: await Promise.all(
      whole.map(({ version }) =>
        store.readStream(ADA, { after: version - 1, throughVersion: version }),
      ),
    ),
    steps: await readSteps(past, userAggregate, 'ada', steps),
    blame: await blame(past, userAggregate, 'ada', length),
  };
}

const nameIn = async (past: Past) =>
  (await diffBetween(past, userAggregate, 'ada', 0, CHECKPOINT_EVERY)).find(
    ({ field }) => field === 'name',
  );

it('leaves nothing behind that the real past could meet', async () => {
  const store = new MemoryStore({ vocabulary: VOCABULARY });
  const twin = new MemoryStore({ vocabulary: VOCABULARY });
  const names = upTo(CHECKPOINT_EVERY - 2).map((each) => named(`name ${each}`));
  for (const each of [store, twin]) await write(each, 'ada', CREATED, ...names);
  await write(twin, 'ada', named('would be'));
  const past = { store, checkpoints: new Checkpoints() };
  const trial = imagine(past, await newest(twin, 1));
  expect(await nameIn(trial)).toMatchObject({ to: 'would be' });
  await write(store, 'ada', named('it is'));
  expect(await nameIn(past)).toMatchObject({ to: 'it is' });
});
