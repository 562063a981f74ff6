import postgres from 'postgres';
import { StoreRefused, StoreUnavailable } from '../../core/event-store.js';
import { Database } from './database.js';
import { doing, verdictOf } from './errors.js';
import { migrate } from './migrate.js';

/** The user, the password or the database is not one that the server knows, or it may not be used. */
const NOT_LET_IN = /^(?:28|3D|42501)/;

/**
 * Opens a database for a piece of work that is no server; when that fails, closes it. Rejects with
 * StoreRefused when the database cannot be had.
 */
export async function withDatabase<T>(
  url: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = new Database(url);
  try {
    // The first of several hosts may be a standby.
    await doing(() => database.renew());
    return await work(database);
  } catch (cause) {
    await database.close();
    throw cannotBeHad(cause) ? refused(cause) : cause;
  }
}

/** Brings the tables of a database up to this build; answers which migrations were applied. */
export async function migrateDatabase(url: string): Promise<readonly string[]> {
  return withDatabase(url, async (database) => {
    const names = await migrate(database.sql);
    await database.close();
    return names;
  });
}

function cannotBeHad(cause: unknown): boolean {
  if (cause instanceof postgres.PostgresError && NOT_LET_IN.test(cause.code)) return true;
  return cause instanceof StoreUnavailable || verdictOf(cause) !== 'failed';
}

/** What lies behind an error says more than that something failed. */
function refused(cause: unknown): StoreRefused {
  const root = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const why = root instanceof Error ? root.message || String(Reflect.get(root, 'code')) : root;
  const text = String(why).replace(/\.$/, '');
  return new StoreRefused(`The database of DATABASE_URL cannot be used: ${text}.`, { cause });
}
