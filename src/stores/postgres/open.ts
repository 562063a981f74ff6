import { StoreRefused } from '../../core/event-store.js';
import type { Clock } from '../../core/time.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { bringClaimsUp } from './claims.js';
import { connect, type Database } from './database.js';
import { verdictOf } from './errors.js';
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
  const sql = connect(url);
  const another = () => connect(url, 1);
  const marks: Marks = new Marks({
    sql,
    connect: another,
    onReach: (error) => {
      store.reached(error);
      onReach?.(error);
    },
  });
  const store = new PostgresStore({ sql, marks, vocabulary, clock });
  try {
    await bringUp(sql, settings);
    await marks.open();
    return { store, readModels: new PostgresReadModels({ sql, marks, connect: another }) };
  } catch (cause) {
    await store.close();
    throw verdictOf(cause) === 'failed' ? cause : cannotBeHad(cause);
  }
}

async function bringUp(sql: Database, settings: PostgresSettings): Promise<void> {
  if (settings.migrate) {
    const names = await migrate(sql);
    if (names.length > 0) settings.onMigrated?.(names);
  } else await checkMigrated(sql);
  await bringClaimsUp(sql, settings.vocabulary);
}

function cannotBeHad(cause: unknown): StoreRefused {
  const why = cause instanceof Error ? cause.message || String(Reflect.get(cause, 'code')) : cause;
  return new StoreRefused(`The database of DATABASE_URL cannot be reached: ${String(why)}.`, {
    cause,
  });
}
