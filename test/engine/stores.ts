import { LowdbStore } from '../../src/stores/lowdb/store.js';
import { MemoryStore } from '../../src/stores/memory.js';
import type { EventStore } from '../../src/core/event-store.js';
import { tempFolder } from '../support/temp-folder.js';
import { VOCABULARY } from './users.js';

/** The store on disk, in which nothing may be cut short. */
export const openLowdb = (folder: string): Promise<LowdbStore> =>
  LowdbStore.open(folder, {
    vocabulary: VOCABULARY,
    onTornTail: (offset) => {
      throw new Error(`cut short at byte ${offset}`);
    },
  });

/** One answers at once, in the other commits wait for the disk: commands meet in different places. */
export const STORES: readonly (readonly [name: string, open: () => Promise<EventStore>])[] = [
  ['in memory', async () => new MemoryStore({ vocabulary: VOCABULARY })],
  ['on disk', async () => openLowdb(await tempFolder())],
];
