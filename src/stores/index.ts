import { StoreRefused, type EventStore } from '../core/event-store.js';
import type { Inspection } from '../core/inspection.js';
import type { KeptResults } from '../core/kept-results.js';
import type { Logger } from '../core/logger.js';
import type { AnyProjection, ReadModels } from '../core/projection.js';
import type { Vocabulary } from '../core/vocabulary.js';
import type { WholeLog } from '../core/whole-log.js';
import { inspectFolder } from './lowdb/inspect.js';
import { openLiveLog } from './live-log.js';
import { LowdbStore } from './lowdb/store.js';
import { openWholeLog as openFolder } from './lowdb/whole-log.js';
import { MemoryReadModels } from './memory-models.js';
import { MemoryStore } from './memory.js';
import { inspectDatabase } from './postgres/inspect.js';
import { migrateDatabase } from './postgres/once.js';
import { openPostgres, type OpenPostgres } from './postgres/open.js';
import { openWholeLog as openDatabase } from './postgres/whole-log.js';

/** The log and the read models of one engine. */
export interface Stores {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  /** Only where it takes a while to read a long stream. */
  readonly keptResults?: KeptResults;
  /** The log as a whole, to be filled while it is in use. */
  readonly openWhole: () => Promise<WholeLog>;
}

export interface StoreSettings {
  /** The folder of an embedded store. */
  readonly dataDir: string;
  /** Where PostgreSQL is, with user and password. */
  readonly databaseUrl: string | undefined;
  /** Whether a database is brought up to this build. */
  readonly migrate: boolean;
  readonly vocabulary: Vocabulary;
  readonly log: Logger;
}

/** The engines to choose from, by name. */
export const STORES = {
  lowdb: async ({ dataDir, vocabulary, log }: StoreSettings): Promise<Stores> =>
    inMemory(
      await LowdbStore.open(dataDir, {
        vocabulary,
        onTornTail: (offset) =>
          log.warn({ offset }, "the log's last write was cut short by a crash, and was removed"),
        onStopped: (err) => log.error({ err }, 'the log could not be written'),
        onSpace: (err) =>
          err === null
            ? log.info({}, 'there is space for the log again')
            : log.warn({ err }, 'there is no space left for the log'),
      }),
    ),
  postgres: async (settings: StoreSettings): Promise<Stores> => {
    const { databaseUrl, vocabulary } = settings;
    const open = await openRebuilder(settings);
    const openWhole = () => openDatabase(given(databaseUrl), { vocabulary, migrate: false });
    return { ...open, openWhole };
  },
  memory: async ({ vocabulary }: StoreSettings): Promise<Stores> =>
    inMemory(new MemoryStore({ vocabulary })),
};

/** A log that is held in memory, and what goes with it. */
const inMemory = (store: MemoryStore | LowdbStore): Stores => ({
  store,
  readModels: new MemoryReadModels(),
  openWhole: () => openLiveLog(store),
});

/** PostgreSQL, the one engine whose projections outlive a server, and can be rebuilt. */
export function openRebuilder(settings: StoreSettings): Promise<OpenPostgres> {
  const { databaseUrl, migrate: migrates, vocabulary, log } = settings;
  return openPostgres({
    url: given(databaseUrl),
    migrate: migrates,
    vocabulary,
    onMigrated: (migrations) => log.info({ migrations }, 'the database was migrated'),
    onReach: (err) =>
      err === null
        ? log.info({}, 'the database answers again')
        : log.warn({ err }, 'the database cannot be reached'),
  });
}

export type StoreName = keyof typeof STORES;

/** The default first. */
export const STORE_NAMES = Object.keys(STORES) as [StoreName, ...StoreName[]];

export interface WholeLogSettings extends StoreSettings {
  /** Whether events are to be put into it, so that a log is begun where there is none. */
  readonly forImport: boolean;
}

/** The logs of these engines as a whole, to be moved. */
export const WHOLE_LOGS: Readonly<
  Record<StoreName, (settings: WholeLogSettings) => Promise<WholeLog>>
> = {
  lowdb: ({ dataDir, vocabulary, log, forImport }) =>
    openFolder(dataDir, {
      vocabulary,
      mayBegin: forImport,
      onTornTail: (offset) =>
        log.warn({ offset }, "the log's last write was cut short by a crash, and is left out"),
    }),
  postgres: ({ databaseUrl, vocabulary, migrate, forImport }) =>
    // Other servers, of an older build, may be at work on a log that is only read.
    openDatabase(given(databaseUrl), { vocabulary, migrate: migrate && forImport }),
  memory: async () => refuseMemory(),
};

export interface InspectionSettings extends Pick<StoreSettings, 'dataDir' | 'databaseUrl'> {
  /** Whose rows are to be looked at. */
  readonly projections: readonly AnyProjection[];
}

type Inspect = <T>(
  settings: InspectionSettings,
  work: (inspection: Inspection) => Promise<T>,
) => Promise<T>;

/** The logs of these engines as they lie there, to be verified. */
export const INSPECTIONS: Readonly<Record<StoreName, Inspect>> = {
  lowdb: ({ dataDir }, work) => inspectFolder(dataDir, work),
  postgres: async ({ databaseUrl, projections }, work) =>
    inspectDatabase(given(databaseUrl), projections, work),
  memory: async () => refuseMemory(),
};

function refuseMemory(): never {
  throw new StoreRefused('STORE memory keeps nothing: choose lowdb or postgres.');
}

/** Brings a database up to this build; answers which migrations were applied. */
export const migrate = (databaseUrl: string | undefined): Promise<readonly string[]> =>
  migrateDatabase(given(databaseUrl));

function given(databaseUrl: string | undefined): string {
  if (databaseUrl === undefined) throw new StoreRefused('STORE postgres needs a DATABASE_URL.');
  return databaseUrl;
}
