import { describe, expect, it, onTestFinished } from 'vitest';
import type { EventStore } from '../../src/core/event-store.js';
import { NO_VOCABULARY } from '../../src/core/vocabulary.js';
import { LowdbStore } from '../../src/stores/lowdb/store.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { freshDatabase } from '../support/postgres.js';
import { tempFolder } from '../support/temp-folder.js';
import { openPostgres } from '../../src/stores/postgres/open.js';
import { STORE_CASES, type Ability, type StoreHarness, type StoreOptions } from './conformance.js';

type Open = (place: string, options: StoreOptions) => Promise<EventStore>;

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
    open: async (_place, options) => new MemoryStore(options),
  },
  {
    name: 'lowdb',
    abilities: ['clock', 'durable', 'exclusive', 'readsAfterClose'],
    place: tempFolder,
    open: async (place, options) =>
      LowdbStore.open(place, {
        onTornTail: (offset) => expect.unreachable(`cut short at byte ${offset}`),
        vocabulary: NO_VOCABULARY,
        ...options,
      }),
  },
  {
    name: 'postgres',
    abilities: ['clock', 'durable'],
    place: freshDatabase,
    open: async (url, options) => {
      const settings = { url, migrate: true, vocabulary: NO_VOCABULARY, ...options };
      return (await openPostgres(settings)).store;
    },
  },
];

/** Opens a store in a place of its own, and closes whatever the case left open. */
async function harness({ open, place: newPlace }: StoreUnderTest): Promise<StoreHarness> {
  const place = await newPlace();
  const opened: EventStore[] = [];
  onTestFinished(async () => {
    await Promise.all(opened.map((store) => store.close()));
  });
  return {
    open: async (options = {}) => {
      const store = await open(place, options);
      opened.push(store);
      return store;
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
