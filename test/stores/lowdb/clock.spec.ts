import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { Head } from '../../../src/core/event-store.js';
import type { Timestamp } from '../../../src/core/time.js';
import type { LowdbStore } from '../../../src/stores/lowdb/store.js';
import { fakeClock } from '../../engine/fake-clock.js';
import { makeTempFolder, removeTempFolder, tempFolder } from '../../support/temp-folder.js';
import { append, commitOf, readAll } from '../commits.js';
import { openAt } from './log-folder.js';
import { errorOf, TestDisk } from './test-disk.js';

const HOUR = 3_600_000;

const timesOf = async (store: LowdbStore): Promise<Timestamp[]> =>
  (await readAll(store)).map((event) => event.recordedAt);

describe('a clock that is set back an hour', () => {
  it('leaves recordedAt where it was, also after a restart, until it has caught up', async () => {
    const folder = await tempFolder();
    const time = fakeClock();
    const before = time.now();
    let store = await openAt(folder, { clock: time.clock });
    await append(store, commitOf('a', 0, {}));
    time.move(-HOUR);
    await append(store, commitOf('a', 1, {}));
    await store.close();
    store = await openAt(folder, { clock: time.clock });
    await append(store, commitOf('a', 2, {}));
    time.move(HOUR + 1);
    await append(store, commitOf('a', 3, {}));
    expect(await timesOf(store)).toEqual([before, before, before, time.now()]);
    await store.close();
  });
});

/** What happens to a store, its clock and its disk; commands and questions wait for nothing. */
type Step =
  | { readonly does: 'append' | 'ask' | 'fill' | 'free' | 'wait' | 'reopen' }
  | { readonly does: 'move'; readonly by: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ does: fc.constantFrom('append', 'append', 'ask') }) },
    {
      weight: 3,
      arbitrary: fc.record({ does: fc.constantFrom('fill', 'free', 'wait', 'reopen') }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        does: fc.constant('move' as const),
        by: fc.constantFrom(-HOUR, HOUR, -1, 1, 1, 1000),
      }),
    },
  ),
  { minLength: 10, maxLength: 40 },
);

/** A life of a store under a clock that goes as it likes, and what it answered meanwhile. */
class Life {
  readonly faults: string[] = [];
  readonly #time = fakeClock();
  #disk = new TestDisk();
  #waiting: Promise<unknown>[] = [];
  #answers: { readonly time: Timestamp; readonly head: Head }[] = [];
  #streams = 0;

  #store: LowdbStore | undefined;

  constructor(private readonly folder: string) {}

  async take(step: Step): Promise<void> {
    const store = (this.#store ??= await this.#open());
    switch (step.does) {
      case 'append':
        this.#streams += 1;
        // It may find no space.
        this.#waiting.push(
          store.append(commitOf(`s${this.#streams}`, 0, {})).catch(() => undefined),
        );
        return;
      case 'ask': {
        const time = this.#time.now();
        const asked = store.headAt(time).then((head) => this.#answers.push({ time, head }));
        this.#waiting.push(asked);
        return;
      }
      case 'fill':
        return this.#disk.failAt('append', errorOf('ENOSPC'));
      case 'free':
        return this.#disk.heal();
      case 'move':
        return this.#time.move(step.by);
      case 'wait':
        return this.#settle();
      case 'reopen':
        return this.end();
      default:
        step satisfies never;
    }
  }

  /** Closes the store, after a look at whether it has kept to what it said. */
  async end(): Promise<void> {
    await this.#settle();
    const store = this.#store;
    if (store === undefined) return;
    for (const { time, head } of this.#answers) {
      const { position } = await store.headAt(time);
      if (position !== head.position) this.faults.push(`${time} is at ${position}, no more`);
    }
    // A clock that is set back may have it asked of again after a restart.
    this.#answers = [];
    const times = await timesOf(store);
    if (times.join() !== times.toSorted().join())
      this.faults.push(`they decrease: ${times.join()}`);
    await store.close();
    this.#store = undefined;
  }

  async #settle(): Promise<void> {
    await Promise.all(this.#waiting.splice(0));
  }

  #open(): Promise<LowdbStore> {
    this.#disk = new TestDisk();
    return openAt(this.folder, { clock: this.#time.clock, openFile: this.#disk.open });
  }
}

describe('a clock that goes as it likes', () => {
  it('never has recordedAt decrease, nor an answer about the past change while it runs', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const folder = await makeTempFolder();
        try {
          const life = new Life(folder);
          for (const step of history) await life.take(step);
          await life.end();
          expect(life.faults).toEqual([]);
        } finally {
          await removeTempFolder(folder);
        }
      }),
      { numRuns: 100 },
    );
  });
});
