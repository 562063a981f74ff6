import type { EventStore } from '../core/event-store.js';
import type { Logger } from '../core/logger.js';
import type { ReadModels } from '../core/projection.js';
import type { Vocabulary } from '../core/vocabulary.js';
import { LowdbStore } from './lowdb/store.js';
import { MemoryReadModels } from './memory-models.js';
import { MemoryStore } from './memory.js';

/** The log and the read models of one engine. */
export interface Stores {
  readonly store: EventStore;
  readonly readModels: ReadModels;
}

export interface StoreSettings {
  /** The folder of an embedded store. */
  readonly dataDir: string;
  readonly vocabulary: Vocabulary;
  readonly log: Logger;
}

/** The engines to choose from, by name. */
export const STORES = {
  lowdb: async ({ dataDir, vocabulary, log }: StoreSettings): Promise<Stores> => ({
    store: await LowdbStore.open(dataDir, {
      vocabulary,
      onTornTail: (offset) =>
        log.warn({ offset }, "the log's last write was cut short by a crash, and was removed"),
      onStopped: (err) => log.error({ err }, 'the log could not be written'),
    }),
    readModels: new MemoryReadModels(),
  }),
  memory: async ({ vocabulary }: StoreSettings): Promise<Stores> => ({
    store: new MemoryStore({ vocabulary }),
    readModels: new MemoryReadModels(),
  }),
};

export type StoreName = keyof typeof STORES;

/** The default first. */
export const STORE_NAMES = Object.keys(STORES) as [StoreName, ...StoreName[]];
