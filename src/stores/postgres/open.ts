import postgres from 'postgres';
import { StoreRefused, StoreUnavailable } from '../../core/event-store.js';
import type { Clock } from '../../core/time.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { bringClaimsUp } from './claims.js';
import { Database, type Sql } from './database.js';
import { doing } from './errors.js';
import { Marks } from './marks.js';
import { checkMigrated, migrate } from './migrate.js';
import { PostgresReadModels } from './read-models.js';
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
}

/** Rejects with StoreRefused when the database cannot be had or is of another build. */
export async function openPostgres(settings: PostgresSettings): Promise<OpenPostgres> {
  const { url, vocabulary, onReach, clock } = settings;
  const database = new Database(url);
  const marks: Marks = new Marks({
    database,
    onReach: (error) => {
      store.reached(error);
      onReach?.(error);
    },
  });
  const store = new PostgresStore({ database, marks, vocabulary, clock });
  try {
    // The first of several hosts may be a standby.
    await doing(() => database.renew());
    await bringUp(database.sql, settings);
    await marks.open();
    return { store, readModels: new PostgresReadModels({ database, marks }) };
  } catch (cause) {
    await store.close();
    throw refusalOf(cause);
  }
}

async function bringUp(sql: Sql, settings: PostgresSettings): Promise<void> {
  if (settings.migrate) {
    const names = await migrate(sql);
    if (names.length > 0) settings.onMigrated?.(names);
  } else await checkMigrated(sql);
  await bringClaimsUp(sql, settings.vocabulary);
}

/** What an operator can see to is said in one line. */
function refusalOf(cause: unknown): unknown {
  if (cause instanceof StoreUnavailable) {
    return new StoreRefused(`The database cannot be reached: ${reasonOf(cause.cause)}.`, { cause });
  }
  // A wrong password, no such user or database, no right to make tables.
  if (cause instanceof postgres.PostgresError && /^(?:28|3D|42501)/.test(cause.code)) {
    return new StoreRefused(`The database refuses: ${cause.message}.`, { cause });
  }
  return cause;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' && 'code' in error ? String(error.code) : error.message;
}
