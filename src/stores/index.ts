import type { EventStore } from '../core/event-store.js';
import type { ReadModels } from '../core/projection.js';
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
  /** Told, in one line, what was put right when the store was opened. */
  readonly warn: (message: string) => void;
}

/** The engines to choose from, by name. */
export const STORES = {
  lowdb: async ({ dataDir, warn }: StoreSettings): Promise<Stores> => ({
    store: await LowdbStore.open(dataDir, {
      onTornTail: (offset) =>
        warn(`The log's last write was cut short at byte ${offset}; it was removed.`),
    }),
    readModels: new MemoryReadModels(),
  }),
  memory: async (): Promise<Stores> => ({
    store: new MemoryStore(),
    readModels: new MemoryReadModels(),
  }),
};

export type StoreName = keyof typeof STORES;

export const STORE_NAMES = ['lowdb', 'memory'] as const satisfies readonly StoreName[];
