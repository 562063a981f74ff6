import type { Position } from '../../core/event.js';
import type { KeptResults } from '../../core/kept-results.js';
import type { AnyProjection } from '../../core/projection.js';
import type { Clock } from '../../core/time.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { bringClaimsUp } from './claims.js';
import type { Database, Sql } from './database.js';
import { PostgresKeptResults } from './kept-results.js';
import { Marks } from './marks.js';
import { checkMigrated, migrate } from './migrate.js';
import { withDatabase } from './once.js';
import { PostgresReadModels } from './read-models.js';
import { rebuild, type Rebuilt } from './rebuild.js';
import { PostgresStore } from './store.js';

export interface PostgresSettings {
  /** As PostgreSQL writes it: postgres://user:password@host:5432/database */
  readonly url: string;
  /** Whether to bring the tables up to this build; else they must be. */
  readonly migrate: boolean;
  readonly vocabulary: Vocabulary;
  readonly onMigrated?: (names: readonly string[]) => void;
  /** Told when the database stops answering, with the error, and when it answers again, with null. */
  readonly onReach?: (error: unknown) => void;
  readonly clock?: Clock | undefined;
}

export interface OpenPostgres {
  readonly store: PostgresStore;
  readonly readModels: PostgresReadModels;
  readonly keptResults: KeptResults;
  /** Puts rows folded anew in the place of a projection's; tells how far they are. */
  readonly rebuild: (
    projection: AnyProjection,
    onProgress: (position: Position) => void,
  ) => Promise<Rebuilt>;
}

/** Rejects with StoreRefused when the database cannot be had or is of another build. */
export function openPostgres(settings: PostgresSettings): Promise<OpenPostgres> {
  return withDatabase(settings.url, (database) => open(database, settings));
}

async function open(database: Database, settings: PostgresSettings): Promise<OpenPostgres> {
  const { vocabulary, onReach, clock } = settings;
  const marks: Marks = new Marks({
    database,
    onReach: (error) => {
      store.reached(error);
      onReach?.(error);
    },
    onListen: () => store.forgetOwn(),
  });
  const store = new PostgresStore({ database, marks, vocabulary, clock });
  try {
    await bringUp(database.sql, settings);
    await marks.open();
  } catch (cause) {
    await marks.close();
    throw cause;
  }
  const parts = { database, marks, store };
  return {
    store,
    readModels: new PostgresReadModels(parts),
    keptResults: new PostgresKeptResults(database),
    rebuild: (projection, onProgress) => rebuild({ ...parts, onProgress }, projection),
  };
}

async function bringUp(sql: Sql, settings: PostgresSettings): Promise<void> {
  if (settings.migrate) {
    const names = await migrate(sql);
    if (names.length > 0) settings.onMigrated?.(names);
  } else await checkMigrated(sql);
  await bringClaimsUp(sql, settings.vocabulary);
}
