import { BadSetting, type Config } from '../config.js';
import { migrate, type StoreName } from '../stores/index.js';

/** Brings the tables of a database up to this build; answers what to say of it. */
export async function runMigrate({ store, databaseUrl }: Config<StoreName>): Promise<string> {
  if (store !== 'postgres') {
    throw new BadSetting(
      `STORE ${store} has nothing to migrate; hindsight migrate is for postgres.`,
    );
  }
  const names = await migrate(databaseUrl);
  if (names.length === 0) return 'There is nothing to migrate: the database is up to date.\n';
  return names.map((name) => `Applied ${name}.\n`).join('');
}
