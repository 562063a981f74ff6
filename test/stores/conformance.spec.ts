import { describe, expect, it, onTestFinished } from 'vitest';
import type { EventStore } from '../../src/core/event-store.js';
import { NO_VOCABULARY } from '../../src/core/vocabulary.js';
import type { WholeLog } from '../../src/core/whole-log.js';
import { openLiveLog } from '../../src/stores/live-log.js';
import { LowdbStore } from '../../src/stores/lowdb/store.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { freshDatabase } from '../support/postgres.js';
import { tempFolder } from '../support/temp-folder.js';
import { openPostgres } from '../../src/stores/postgres/open.js';
import { openWholeLog as openDatabase } from '../../src/stores/postgres/whole-log.js';
import { STORE_CASES, type Ability, type StoreHarness, type StoreOptions } from './conformance.js';

interface Opened {
  readonly store: EventStore;
  readonly openWhole: () => Promise<WholeLog>;
}

type Open = (place: string, options: StoreOptions) => Promise<Opened>;

interface StoreUnderTest {
  readonly name: string;
  readonly abilities: readonly Ability[];
  /** A place that no other case uses. */
  readonly place: () => Promise<string>;
  readonly open: Open;
}

const STORES: readonly StoreUnderTest[] = [
  {
    name: 'memory',
    abilities: ['clock', 'readsAfterClose'],
    place: tempFolder,
    open: async (_place, options) => inMemory(new MemoryStore(options)),
  },
  {
    name: 'lowdb',
    abilities: ['clock', 'durable', 'exclusive', 'readsAfterClose'],
    place: tempFolder,
    open: async (place, options) =>
      inMemory(
        await LowdbStore.open(place, {
          onTornTail: (offset) => expect.unreachable(`cut short at byte ${offset}`),
          vocabulary: NO_VOCABULARY,
          ...options,
        }),
      ),
  },
  {
    name: 'postgres',
    abilities: ['clock', 'durable'],
    place: freshDatabase,
    open: async (url, options) => {
      const settings = { url, migrate: true, vocabulary: NO_VOCABULARY, ...options };
      const { store } = await openPostgres(settings);
      return { store, openWhole: () => openDatabase(url, { ...settings, migrate: false }) };
    },
  },
];

function inMemory(store: MemoryStore | LowdbStore): Opened {
  return { store, openWhole: () => openLiveLog(store) };
}

/** Opens a store in a place of its own, and closes whatever the case left open. */
async function harness({ open, place: newPlace }: StoreUnderTest): Promise<StoreHarness> {
  const place = await newPlace();
  const opened = new Map<EventStore, Opened>();
  onTestFinished(async () => {
    await Promise.all(Array.from(opened.keys(), (store) => store.close()));
  });
  return {
    open: async (options = {}) => {
      const each = await open(place, options);
      opened.set(each.store, each);
      return each.store;
    },
    wholeOf: async (store) => {
      const whole = await opened.get(store)?.openWhole();
      if (whole === undefined) throw new Error('the store was not opened here');
      onTestFinished(() => whole.close());
      return whole;
    },
  };
}

for (const store of STORES) {
  const { name, abilities } = store;
  describe(`the ${name} store`, () => {
    const cases = STORE_CASES.filter(({ needs = [] }) =>
      needs.every((ability) => abilities.includes(ability)),
    );
    for (const { id, says, run } of cases) {
      it(`${id}: ${says}`, async () => {
        expect.hasAssertions();
        await run(await harness(store));
      });
    }
  });
}

describe('the conformance suite', () => {
  it('gives every case an id of its own', () => {
    const ids = STORE_CASES.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });
});
