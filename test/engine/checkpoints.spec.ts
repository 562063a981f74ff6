import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { positionOf, type RecordedEvent } from '../../src/core/event.js';
import { StoreUnavailable } from '../../src/core/event-store.js';
import { blameOf, revisionOf, type Fold } from '../../src/core/fold.js';
import { known, UnknownEvent } from '../../src/core/schemas.js';
import { CHECKPOINT_EVERY, Checkpoints } from '../../src/engine/checkpoints.js';
import { execute } from '../../src/engine/execute.js';
import { blame, readSteps } from '../../src/engine/history.js';
import { foldTo, present, replay } from '../../src/engine/replay.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import { USER_EVENTS, type UserEvent } from '../../src/domains/user/events.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { ORIGIN } from '../support/metadata.js';
import { upTo, write } from './log.js';
import { countingFolds, eventAt, writeLong } from './long-streams.js';
import { startUsers } from './users.js';

const LONG = 3_000;
const versions = fc.integer({ min: 0, max: LONG });

const store = new MemoryStore();
beforeAll(async () => {
  await writeLong(store, 'ada', LONG);
  await writeLong(store, 'bob', 700);
});

/** The user aggregate on the long stream, once all of it has been read through. */
async function readThrough() {
  const { aggregate, foldsOf } = countingFolds();
  const past = { store, checkpoints: new Checkpoints() };
  const first = await foldsOf(() => present(past, aggregate, 'ada'));
  return { aggregate, foldsOf, past, first };
}

describe('a stream of 3,000 events', () => {
  it('is folded whole the first time', async () => {
    expect((await readThrough()).first).toBe(LONG);
  });

  it('costs less than 64 events for any version, once it was read through', async () => {
    const { aggregate, foldsOf, past } = await readThrough();
    await fc.assert(
      fc.asyncProperty(versions, async (version) => {
        const folds = await foldsOf(() => replay(past, aggregate, 'ada', { version }));
        expect(folds).toBe(version % CHECKPOINT_EVERY);
        expect(folds).toBeLessThan(CHECKPOINT_EVERY);
      }),
    );
  });

  it('costs as little for a position, for the present, and for a page of its history', async () => {
    const { aggregate, foldsOf, past } = await readThrough();
    const position = positionOf(2_000);
    expect(await foldsOf(() => replay(past, aggregate, 'ada', { position }))).toBeLessThan(
      CHECKPOINT_EVERY,
    );
    expect(await foldsOf(() => present(past, aggregate, 'ada'))).toBeLessThan(CHECKPOINT_EVERY);
    const page = { from: 2_047, through: 2_066, horizon: LONG };
    expect(await foldsOf(() => readSteps(past, aggregate, 'ada', page))).toBeLessThan(
      CHECKPOINT_EVERY + 20,
    );
  });

  it('costs as little for a command', async () => {
    const { aggregate, foldsOf } = countingFolds();
    const long = new MemoryStore();
    await writeLong(long, 'ada', LONG);
    const { app } = await startUsers(long);
    await present(app, aggregate, 'ada');
    const folds = await foldsOf(() =>
      execute(app, aggregate, {
        type: 'RenameUser',
        payload: { id: 'ada', name: 'Countess' },
        expectedVersion: LONG,
        commandId: null,
        dryRun: false,
        origin: ORIGIN,
      }),
    );
    // And the new event, once to see what it claims and once to answer.
    expect(folds).toBeLessThan(CHECKPOINT_EVERY + 2);
  });

  it('costs as little for the events behind its fields, once they were asked for', async () => {
    const { aggregate, foldsOf, past } = await readThrough();
    // A fold of its own, with checkpoints of its own.
    expect(await foldsOf(() => blame(past, aggregate, 'ada', LONG))).toBe(LONG);
    await fc.assert(
      fc.asyncProperty(versions, async (version) => {
        expect(await foldsOf(() => blame(past, aggregate, 'ada', version))).toBeLessThan(
          CHECKPOINT_EVERY,
        );
      }),
      { numRuns: 30 },
    );
  });

  it('is not folded for what is left out by a version that goes before the question', async () => {
    const { aggregate, foldsOf } = countingFolds();
    const past = { store, checkpoints: new Checkpoints() };
    expect(await foldsOf(() => replay(past, aggregate, 'ada', { version: 600 }))).toBe(600);
    // What lies before is known by now; what lies after is folded on from there.
    expect(await foldsOf(() => replay(past, aggregate, 'ada', { version: 520 }))).toBe(8);
    expect(await foldsOf(() => replay(past, aggregate, 'ada', { version: 1_000 }))).toBe(
      1_000 - 576,
    );
    expect(await foldsOf(() => replay(past, aggregate, 'ada', { version: 0 }))).toBe(0);
  });

  it('is folded once for many who ask at once', async () => {
    const { aggregate, foldsOf } = countingFolds();
    const past = { store, checkpoints: new Checkpoints() };
    const asked = upTo(60).map((n) => n * 50);
    const folds = await foldsOf(() =>
      Promise.all(asked.map((version) => replay(past, aggregate, 'ada', { version }))),
    );
    expect(folds).toBeLessThan(LONG + asked.length * CHECKPOINT_EVERY);
  });

  it('holds up nobody behind one that cannot be folded', async () => {
    const past = { store, checkpoints: new Checkpoints() };
    const fold = revisionOf(userAggregate);
    let left = 1;
    const failing: typeof fold = {
      ...fold,
      step(before, event) {
        if (event.version === 1_500 && left > 0) {
          left -= 1;
          throw new Error('it cannot');
        }
        return fold.step(before, event);
      },
    };
    const answers = await Promise.allSettled([
      foldTo(past, failing, 'ada', LONG),
      foldTo(past, failing, 'ada', LONG),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('is asked for once by all who wait in line when the store cannot be reached', async () => {
    let asked = 0;
    class Unreachable extends MemoryStore {
      override readStream(): Promise<never> {
        asked += 1;
        return Promise.reject(new StoreUnavailable('gone'));
      }
    }
    const past = { store: new Unreachable(), checkpoints: new Checkpoints() };
    const fold = revisionOf(userAggregate);
    const all = () => upTo(10).map(() => foldTo(past, fold, 'ada', LONG));
    const answers = await Promise.allSettled(all());
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(asked).toBe(1);
    // Who comes later asks anew.
    await Promise.allSettled(all());
    expect(asked).toBe(2);
  });

  it('leaves a checkpoint to the next who asks for a moment just behind it', async () => {
    const { aggregate, foldsOf } = countingFolds();
    const past = { store, checkpoints: new Checkpoints() };
    const at = { from: 65, through: 65, horizon: 65 };
    expect(await foldsOf(() => readSteps(past, aggregate, 'ada', at))).toBe(65);
    expect(await foldsOf(() => readSteps(past, aggregate, 'ada', at))).toBe(1);
  });

  it('is folded on when it has grown', async () => {
    const { aggregate, foldsOf } = countingFolds();
    const growing = new MemoryStore();
    const past = { store: growing, checkpoints: new Checkpoints() };
    await writeLong(growing, 'ada', 1_000);
    await present(past, aggregate, 'ada');
    await write(growing, 'ada', ...upTo(1_100, 1_001).map(eventAt));
    expect(await foldsOf(() => present(past, aggregate, 'ada'))).toBe(1_100 - 960);
    expect(await present(past, aggregate, 'ada')).toMatchObject({ version: 1_100 });
  });
});

/** What a fold comes to after each of a stream's events, without any checkpoint. */
async function allOf<Result>(fold: Fold<Result, UserEvent>, id: string) {
  const results: (Result | undefined)[] = [undefined];
  for (const event of await store.readStream({ type: 'User', id })) {
    results.push(fold.step(results.at(-1), known<UserEvent>(USER_EVENTS, event)));
  }
  return results;
}

const FOLDS = { revision: revisionOf(userAggregate), blame: blameOf(userAggregate) };

const questions = fc.array(
  fc.record({
    fold: fc.constantFrom('revision' as const, 'blame' as const),
    id: fc.constantFrom('ada', 'bob'),
    // Often just at a checkpoint, or beside one.
    version: fc.oneof(
      versions,
      fc
        .tuple(fc.nat(47), fc.integer({ min: -1, max: 1 }))
        .map(([k, by]) => (k + 1) * CHECKPOINT_EVERY + by),
    ),
  }),
  { minLength: 1, maxLength: 20 },
);

describe('whatever is asked in whatever order', () => {
  it('is answered as by a plain fold, though hardly anything can be kept', async () => {
    const plain = {
      revision: {
        ada: await allOf(FOLDS.revision, 'ada'),
        bob: await allOf(FOLDS.revision, 'bob'),
      },
      blame: { ada: await allOf(FOLDS.blame, 'ada'), bob: await allOf(FOLDS.blame, 'bob') },
    };
    const bounds = fc.constantFrom(1, 500, 1_000, 2_000, 4_000, 1 << 20);
    await fc.assert(
      fc.asyncProperty(questions, bounds, async (asked, bytes) => {
        const past = { store, checkpoints: new Checkpoints(bytes) };
        for (const { fold, id, version } of asked) {
          const answer = await (fold === 'revision'
            ? foldTo(past, FOLDS.revision, id, version)
            : foldTo(past, FOLDS.blame, id, version));
          const all = plain[fold][id === 'ada' ? 'ada' : 'bob'];
          // Beyond its end a stream comes to what it comes to.
          expect(answer).toEqual(all[Math.min(version, all.length - 1)]);
        }
      }),
    );
  });

  it('is answered in the same way to many who ask at once', async () => {
    const all = await allOf(FOLDS.revision, 'ada');
    const past = { store, checkpoints: new Checkpoints(2_000) };
    const asked = upTo(LONG).filter((version) => version % 71 === 0);
    const answers = await Promise.all(
      asked.map((version) => foldTo(past, FOLDS.revision, 'ada', version)),
    );
    expect(answers).toEqual(asked.map((version) => all[version]));
  });
});

describe('what is kept', () => {
  const fold = FOLDS.revision;
  const places = upTo(Math.floor(LONG / CHECKPOINT_EVERY)).map((each) => each * CHECKPOINT_EVERY);

  const keptIn = (checkpoints: Checkpoints) =>
    places
      .map((place) => ({ place, kept: checkpoints.before(fold, 'ada', place) }))
      .flatMap(({ place, kept }) => (kept?.version === place ? [kept] : []));

  it('is every 64th result where there is room', async () => {
    const past = { store, checkpoints: new Checkpoints() };
    await foldTo(past, fold, 'ada', LONG);
    expect(keptIn(past.checkpoints).map(({ version }) => version)).toEqual(places);
    expect(past.checkpoints.before(fold, 'ada', 63)).toBeUndefined();
    expect(past.checkpoints.before(fold, 'ada', 127)?.version).toBe(64);
    expect(past.checkpoints.before(fold, 'ada', 128)?.version).toBe(128);
  });

  it('stays within its bytes, whatever was asked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8_000 }), questions, async (bytes, asked) => {
        const past = { store, checkpoints: new Checkpoints(bytes) };
        for (const { id, version } of asked) await foldTo(past, fold, id, version);
        const characters = keptIn(past.checkpoints).map(
          ({ result }) => JSON.stringify(result).length,
        );
        expect(2 * characters.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(bytes);
      }),
      { numRuns: 50 },
    );
  });

  it('is the latest that was used, where there is no room for all', async () => {
    const past = { store, checkpoints: new Checkpoints(2_000) };
    await foldTo(past, fold, 'ada', LONG);
    const kept = keptIn(past.checkpoints).map(({ version }) => version);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept).toEqual(places.slice(-kept.length));
  });

  it('is nothing of what alone would be too much', async () => {
    const past = { store, checkpoints: new Checkpoints(100) };
    await foldTo(past, fold, 'ada', LONG);
    expect(keptIn(past.checkpoints)).toEqual([]);
  });

  it('is what lies before an event of no meaning here, and never what lies behind it', async () => {
    const broken = new MemoryStore();
    await writeLong(broken, 'ada', 400);
    await write(
      broken,
      'ada',
      { type: 'UserTeleported', data: {} },
      ...upTo(600, 402).map(eventAt),
    );
    const past = { store: broken, checkpoints: new Checkpoints() };
    expect(await foldTo(past, fold, 'ada', 400)).toMatchObject({ version: 400 });
    await expect(foldTo(past, fold, 'ada', 600)).rejects.toThrow(UnknownEvent);
    await expect(foldTo(past, fold, 'ada', 401)).rejects.toThrow(UnknownEvent);
    expect(past.checkpoints.before(fold, 'ada', 600)?.version).toBe(384);
  });

  it('is told apart by fold, type of aggregate and id', () => {
    const checkpoints = new Checkpoints();
    const result = { anything: true };
    checkpoints.offer(fold, 'ada', { version: 256, result });
    expect(checkpoints.before(fold, 'ada', 300)).toEqual({ version: 256, result });
    expect(checkpoints.before(fold, 'bob', 300)).toBeUndefined();
    expect(checkpoints.before(FOLDS.blame, 'ada', 300)).toBeUndefined();
    expect(checkpoints.before({ ...fold, type: 'Person' }, 'ada', 300)).toBeUndefined();
    expect(checkpoints.before(fold, 'ada@256', 300)).toBeUndefined();
  });
});

it('a random moment among 100,000 events costs less than 300, once they were read through', async () => {
  const { aggregate, foldsOf } = countingFolds();
  const huge = new MemoryStore();
  await writeLong(huge, 'ada', 100_000);
  const past = { store: huge, checkpoints: new Checkpoints() };
  expect(await foldsOf(() => present(past, aggregate, 'ada'))).toBe(100_000);
  const stream: readonly RecordedEvent[] = await huge.readStream({ type: 'User', id: 'ada' });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 100_000 }), async (version) => {
      const ask = () => replay(past, aggregate, 'ada', { version });
      expect(await foldsOf(ask)).toBeLessThan(300);
      const position = stream[version - 1]?.position;
      expect(await ask()).toMatchObject({ version, position });
    }),
  );
});
