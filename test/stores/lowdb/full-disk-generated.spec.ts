import { describe, expect, it, onTestFinished } from 'vitest';
import * as fc from 'fast-check';
import { StoreUnavailable, type Appended, type Commit } from '../../../src/core/event-store.js';
import type { LowdbStore } from '../../../src/stores/lowdb/store.js';
import { MemoryStore } from '../../../src/stores/memory.js';
import { makeTempFolder, removeTempFolder } from '../../support/temp-folder.js';
import { named, readAll } from '../commits.js';
import { guestOf, isTaken, SEATS, seating } from '../seats.js';
import { openAt } from './log-folder.js';
import { errorOf, letEverythingRun, TestDisk } from './test-disk.js';

const GUESTS = ['ann', 'bob', 'cyd'];
const SEAT_NAMES = ['s1', 's2', 's3', 's4'];
const COMMAND_IDS = ['c1', 'c2', 'c3'];

/** What happens to a store and its disk; nothing waits for what came before, but for a breath. */
type Step =
  | { readonly does: 'fill' | 'free' | 'breathe' | 'wait' }
  | { readonly does: 'ask'; readonly commit: Commit };

const some = fc.subarray(SEAT_NAMES, { minLength: 1, maxLength: 2 });

const commits: fc.Arbitrary<Commit> = fc
  .record({
    guest: fc.constantFrom(...GUESTS),
    version: fc.integer({ min: 0, max: 4 }),
    takes: some,
    leaves: fc.oneof(fc.constant([]), some),
    commandId: fc.option(fc.constantFrom(...COMMAND_IDS), { freq: 1 }),
  })
  .map(({ guest, version, takes, leaves, commandId }) =>
    named(commandId, seating(guest, version, { takes, leaves })),
  );

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ does: fc.constant('ask' as const), commit: commits }) },
    {
      weight: 4,
      arbitrary: fc.record({ does: fc.constantFrom('fill', 'free', 'breathe', 'wait') }),
    },
  ),
  { minLength: 10, maxLength: 40 },
);

interface Asked {
  readonly commit: Commit;
  /** Null where there was no space. */
  readonly answer: Promise<Appended | null>;
}

/** What a store answered, without what its clock and the order of writes decide. */
function essence(answer: Appended): unknown {
  switch (answer.outcome) {
    case 'appended':
    case 'repeated':
      return { ...answer, events: answer.events.map(({ id, version }) => ({ id, version })) };
    case 'conflict':
    case 'taken':
      return answer;
    default:
      return answer satisfies never;
  }
}

async function take(store: LowdbStore, disk: TestDisk, history: readonly Step[]): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const step of history) {
    switch (step.does) {
      case 'fill':
        disk.failAt('append', errorOf('ENOSPC'));
        break;
      case 'free':
        disk.heal();
        break;
      case 'breathe':
        await letEverythingRun();
        break;
      case 'wait':
        await Promise.all(asked.map(({ answer }) => answer));
        break;
      case 'ask':
        asked.push({ commit: step.commit, answer: store.append(step.commit).catch(noSpace) });
        break;
      default:
        step satisfies never;
    }
  }
  await Promise.all(asked.map(({ answer }) => answer));
  return asked;
}

function noSpace(cause: unknown): null {
  if (cause instanceof StoreUnavailable) return null;
  throw cause;
}

/** All that can be asked of a log and of who holds what. */
async function stateOf(store: LowdbStore | MemoryStore): Promise<unknown> {
  return {
    events: (await readAll(store)).map(({ id, position, version }) => ({ id, position, version })),
    versions: await Promise.all(GUESTS.map((guest) => store.versionAt(guestOf(guest)))),
    taken: await Promise.all(SEAT_NAMES.map((seat) => isTaken(store, seat))),
    commands: await Promise.all(
      COMMAND_IDS.map(async (id) => (await store.readCommand(id)).length),
    ),
  };
}

describe('a disk that is full now and then', () => {
  it('leaves no trace of what it had no space for', async () => {
    let rejected = 0;
    let appended = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const folder = await makeTempFolder();
        onTestFinished(() => removeTempFolder(folder));
        const disk = new TestDisk();
        const store = await openAt(folder, { vocabulary: SEATS, openFile: disk.open });
        const model = new MemoryStore({ vocabulary: SEATS });
        for (const { commit, answer } of await take(store, disk, history)) {
          const said = await answer;
          const expected = said === null ? null : await model.append(commit);
          if (expected === null) rejected += 1;
          else if (expected.outcome === 'appended') appended += 1;
          expect(said && essence(said)).toEqual(expected && essence(expected));
        }
        expect(await stateOf(store)).toEqual(await stateOf(model));
        await store.close();
        const reopened = await openAt(folder, { vocabulary: SEATS });
        expect((await readAll(reopened)).map(({ id }) => id)).toEqual(
          (await readAll(model)).map(({ id }) => id),
        );
        await reopened.close();
      }),
      { numRuns: 150 },
    );
    expect(rejected).toBeGreaterThan(50);
    expect(appended).toBeGreaterThan(50);
  });
});
