import type { Sql } from 'postgres';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Database } from '../../../src/stores/postgres/database.js';
import { Marks } from '../../../src/stores/postgres/marks.js';
import { migrate } from '../../../src/stores/postgres/migrate.js';
import { freshDatabase } from '../../support/postgres.js';
import { adminOf, terminateSome } from './database.js';

const CONNECTIONS = 10;
/** Any lock that is nobody's. */
const LOCK = 1;

async function connectionsTo(admin: Sql): Promise<number> {
  const { count } = await admin`
    SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'hindsight'`;
  return count;
}

/** Which connections the statements of a database go over. */
async function pidsOf({ sql }: Database): Promise<readonly number[]> {
  const asked = Array.from(
    { length: CONNECTIONS },
    () => sql<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`,
  );
  const pids = (await Promise.all(asked)).flatMap((rows) => rows.map(({ pid }) => pid));
  return pids.toSorted((a, b) => a - b);
}

describe('the connections of a database', () => {
  it('end when they were given up while they were made, and statements waited', async () => {
    const url = await freshDatabase();
    const admin = adminOf(url);
    const database = new Database(url);
    for (let time = 0; time < 5; time += 1) {
      const asked = Array.from({ length: 4 * CONNECTIONS }, () => database.sql`SELECT 1`);
      const answers = Promise.all(asked);
      await database.renew();
      await answers;
    }
    await database.close();
    await vi.waitFor(async () => expect(await connectionsTo(admin)).toBe(0), { timeout: 5_000 });
  });

  it('are not made any more once it is closed, also where others were looked for', async () => {
    const database = new Database(await freshDatabase());
    const renewed = database.renew();
    await database.close();
    await renewed;
    await expect(database.sql`SELECT 1`).rejects.toThrow('CONNECTION_ENDED');
    expect(() => database.connect()).toThrow('The database was closed.');
  });
});

/** What a server knows of how far it is, and what it was told of the database. */
async function followed(url: string) {
  const database = new Database(url);
  await migrate(database.sql);
  const reached: unknown[] = [];
  const onListen = vi.fn<() => void>();
  const marks = new Marks({ database, onReach: (error) => reached.push(error), onListen });
  onTestFinished(async () => {
    await marks.close();
    await database.close();
  });
  return { database, marks, reached, onListen };
}

describe('a look at the database', () => {
  it('does not wait behind statements that take long', async () => {
    const url = await freshDatabase();
    const admin = adminOf(url);
    const { database, marks } = await followed(url);
    await admin.begin(async (sql) => {
      await sql`SELECT pg_advisory_xact_lock(${LOCK})`;
      const waiting = Array.from(
        { length: CONNECTIONS },
        () => database.sql`SELECT pg_advisory_lock(${LOCK}), pg_advisory_unlock(${LOCK})`,
      );
      void Promise.all(waiting);
      await vi.waitUntil(async () => {
        const { count } = await admin`
          SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = ${LOCK} AND NOT granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
        return count === CONNECTIONS;
      });
      await expect(marks.open()).resolves.toBeUndefined();
    });
  });

  it('that is answered with an error leaves the other connections alone', async () => {
    const url = await freshDatabase();
    const admin = adminOf(url);
    const { database, marks, reached } = await followed(url);
    await marks.open();
    const pids = await pidsOf(database);
    await admin`ALTER TABLE hindsight.projections RENAME TO away`;
    await vi.waitUntil(() => reached.length === 1, { timeout: 5_000 });
    await admin`ALTER TABLE hindsight.away RENAME TO projections`;
    await vi.waitUntil(() => reached.length === 2, { timeout: 5_000 });
    expect(reached).toMatchObject([{ code: '42P01' }, null]);
    expect(await pidsOf(database)).toEqual(pids);
  });
});

it('a database that is listened to by a new connection may be another one, and that is told', async () => {
  const url = await freshDatabase();
  const { marks, onListen } = await followed(url);
  await marks.open();
  expect(onListen).toHaveBeenCalledTimes(1);
  expect(await terminateSome(adminOf(url), 'listening')).toBe(true);
  await vi.waitUntil(() => onListen.mock.calls.length === 2, { timeout: 5_000 });
});
