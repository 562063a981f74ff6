import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { START, type StreamId } from '../../src/core/event.js';
import type { StreamRange } from '../../src/core/event-store.js';
import { listen } from '../../src/engine/listen.js';
import { isOthersTurn, othersTurn } from '../../src/core/turn.js';
import { revisionOf } from '../../src/core/fold.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import { CHECKPOINT_EVERY, Checkpoints } from '../../src/engine/checkpoints.js';
import { foldTo } from '../../src/engine/replay.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { CountingStore } from './counting-store.js';
import { writeLong } from './long-streams.js';
import { named, upTo, write } from './log.js';

const HELD_AT_MOST = 2;
const WORKERS = 20;

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterAll(() => {
  vi.useRealTimers();
});

/** How many steps of a millisecond each were done at most without a turn of others between them. */
async function longest(work: (step: () => void) => Promise<unknown>): Promise<number> {
  let [steps, most] = [0, 0];
  const others = () => {
    steps = 0;
    next = setImmediate(others);
  };
  let next = setImmediate(others);
  try {
    await work(() => {
      vi.advanceTimersByTime(1);
      steps += 1;
      most = Math.max(most, steps);
    });
  } finally {
    clearImmediate(next);
  }
  return most;
}

it('comes as soon when many work long as when one does', async () => {
  const most = await longest((step) =>
    Promise.all(
      upTo(WORKERS).map(async () => {
        for (const _ of upTo(100)) {
          if (isOthersTurn()) await othersTurn();
          step();
          await Promise.resolve();
        }
      }),
    ),
  );
  expect(most).toBeLessThan(HELD_AT_MOST + WORKERS);
});

it('comes while listeners are told what the last read has found', async () => {
  const store = new CountingStore();
  await write(store, 'ada', ...upTo(400).map(() => named('Ada')));
  const most = await longest(async (step) => {
    const frames = await listen(store, { where: {}, after: START });
    for await (const { caughtUp } of frames) {
      step();
      if (caughtUp) break;
    }
  });
  expect(store.reads).toBe(1);
  expect(most).toBeLessThan(HELD_AT_MOST + WORKERS);
});

it('comes between those who go a long way along one stream', async () => {
  const store = new MemoryStore();
  const length = 20_000;
  await writeLong(store, 'ada', length);
  const most = await longest((step) => {
    const past = { store: new Told(store, step), checkpoints: new Checkpoints() };
    const fold = revisionOf(userAggregate);
    return Promise.all(upTo(20).map((n) => foldTo(past, fold, 'ada', length - n * 64)));
  });
  expect(most).toBeLessThan(HELD_AT_MOST + 3);
});

/** A store that tells of each long read. */
class Told extends MemoryStore {
  constructor(
    private readonly store: MemoryStore,
    private readonly tell: () => void,
  ) {
    super();
  }

  override async readStream(id: StreamId, range?: StreamRange) {
    const events = await this.store.readStream(id, range);
    if (events.length >= CHECKPOINT_EVERY) this.tell();
    return events;
  }
}
