import { readdir, readFile } from 'node:fs/promises';
import type { Sql } from 'postgres';
import { describe, expect, it } from 'vitest';
import { StoreRefused } from '../../../src/core/event-store.js';
import { freshDatabase } from '../../support/postgres.js';
import { append, commitOf, readAll } from '../commits.js';
import { adminOf, openAt } from './database.js';

const FOLDER = new URL('../../../src/stores/postgres/migrations/', import.meta.url);

const migrationNames = async (): Promise<string[]> =>
  (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).toSorted();

/** Opens a database and answers what it was told of migrations. */
async function migrationsOf(url: string): Promise<(readonly string[])[]> {
  const told: (readonly string[])[] = [];
  await openAt(url, { onMigrated: (names) => told.push(names) });
  return told;
}

const refusal = (message: string) => new StoreRefused(message);

/** All that there is of hindsight in a database. */
async function objectsIn(admin: Sql): Promise<string[]> {
  const rows = await admin<{ name: string }[]>`
    SELECT relname AS name FROM pg_class WHERE relnamespace = to_regnamespace('hindsight')
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = to_regnamespace('hindsight')
    ORDER BY name`;
  return rows.map(({ name }) => name);
}

/** What an older build leaves: all migrations but the last one. */
async function migrateAsBefore(admin: Sql, names: readonly string[]): Promise<void> {
  await admin.begin(async (sql) => {
    await sql`CREATE SCHEMA hindsight`;
    await sql`
      CREATE TABLE hindsight.migrations (
        number integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
      )`;
    for (const [index, name] of names.slice(0, -1).entries()) {
      await sql.unsafe(await readFile(new URL(name, FOLDER), 'utf8'));
      await sql`INSERT INTO hindsight.migrations (number, name) VALUES (${index + 1}, ${name})`;
    }
  });
}

describe('migrations', () => {
  it('are applied once by ten servers that start at once on an empty database', async () => {
    const url = await freshDatabase();
    const admin = adminOf(url);
    const told = await Promise.all(Array.from({ length: 10 }, () => migrationsOf(url)));
    const names = await migrationNames();
    expect(told.flat()).toEqual([names]);
    const rows = await admin`SELECT number, name FROM hindsight.migrations ORDER BY number`;
    expect([...rows]).toEqual(names.map((name, index) => ({ number: index + 1, name })));
    const objects = await objectsIn(admin);
    expect(objects).toEqual(expect.arrayContaining(['append', 'claims', 'events', 'projections']));
    expect(objects).toEqual([...new Set(objects)]);
  });

  it('are not applied again', async () => {
    const url = await freshDatabase();
    const admin = adminOf(url);
    expect(await migrationsOf(url)).toEqual([await migrationNames()]);
    const before = await objectsIn(admin);
    expect(await migrationsOf(url)).toEqual([]);
    expect(await objectsIn(admin)).toEqual(before);
    const { store } = await openAt(url, { migrate: false });
    await append(store, commitOf('a', 0, {}));
  });

  it('leave what the log holds, and bring an older database up', async () => {
    const url = await freshDatabase();
    const admin = adminOf(url);
    const names = await migrationNames();
    await migrateAsBefore(admin, names);
    await admin`
      INSERT INTO hindsight.events (
        position, stream_type, stream_id, version, id, type, schema_version, data, recorded_at,
        correlation_id
      ) VALUES (1, 'thing', 'a', 1, 'e1', 'Happened', 1, '{}', 0, 'test')`;
    expect(await migrationsOf(url)).toEqual([names.slice(-1)]);
    const { store } = await openAt(url, { migrate: false });
    expect(await readAll(store)).toMatchObject([{ id: 'e1', position: 1 }]);
  });

  it('are asked for where they must not be made', async () => {
    const url = await freshDatabase();
    const admin = adminOf(url);
    const names = await migrationNames();
    const line = (done: number) =>
      refusal(
        `The database is at migration ${done} of ${names.length}; run "hindsight migrate" first.`,
      );
    await expect(openAt(url, { migrate: false })).rejects.toThrow(line(0));
    expect(await objectsIn(admin)).toEqual([]);
    await migrateAsBefore(admin, names);
    const before = await objectsIn(admin);
    await expect(openAt(url, { migrate: false })).rejects.toThrow(line(names.length - 1));
    expect(await objectsIn(admin)).toEqual(before);
  });

  it.each([true, false])('of a newer build are refused (migrate: %s)', async (migrate) => {
    const url = await freshDatabase();
    await openAt(url);
    const { length } = await migrationNames();
    await adminOf(url)`
      INSERT INTO hindsight.migrations (number, name) VALUES (${length + 1}, 'of the future')`;
    await expect(openAt(url, { migrate })).rejects.toThrow(
      refusal(
        `The database is at migration ${length + 1}, but this build knows ${length}: a newer one is needed.`,
      ),
    );
  });

  it('leave nothing behind when one of them fails', async () => {
    const url = await freshDatabase();
    const admin = adminOf(url);
    // Stands in the way of the last of the tables.
    await admin`CREATE SCHEMA hindsight`;
    await admin`CREATE TABLE hindsight.projections (position bigint)`;
    await expect(openAt(url)).rejects.toThrow('relation "projections" already exists');
    expect(await objectsIn(admin)).toEqual(['projections']);
    await admin`DROP TABLE hindsight.projections`;
    expect(await migrationsOf(url)).toEqual([await migrationNames()]);
  });
});
