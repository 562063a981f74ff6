import postgres, { type Sql } from 'postgres';
import { expect, it, onTestFinished } from 'vitest';
import { freshDatabase, startPostgres, startStandby } from './postgres.js';

function connect(url: string): Sql {
  const sql = postgres(url);
  onTestFinished(() => sql.end({ timeout: 0 }));
  return sql;
}

const create = (sql: Sql) => sql`CREATE TABLE number (n int PRIMARY KEY)`;
const insert = (sql: Sql, n: number) => sql`INSERT INTO number VALUES (${n})`;
const numbers = async (sql: Sql) =>
  (await sql<{ n: number }[]>`SELECT n FROM number ORDER BY n`).map(({ n }) => n);

it('gives databases that know nothing of each other', async () => {
  const [one, other] = [connect(await freshDatabase()), connect(await freshDatabase())];
  await create(one);
  await create(other);
  await insert(one, 1);
  expect([await numbers(one), await numbers(other)]).toEqual([[1], []]);
});

it('keeps what was committed before a kill -9', async () => {
  const server = await startPostgres();
  const url = await server.createDatabase();
  const before = connect(url);
  await create(before);
  await insert(before, 1);
  await server.kill();
  await expect(insert(connect(url), 2)).rejects.toThrow('ECONNREFUSED');
  await server.start();
  expect(await numbers(connect(url))).toEqual([1]);
  await server.restart();
  expect(await numbers(connect(url))).toEqual([1]);
});

it('keeps what was committed on a synchronous standby when the primary is killed', async () => {
  const primary = await startPostgres();
  const standby = await startStandby(primary, { synchronous: true });
  const url = new URL(await primary.createDatabase());
  const sql = connect(url.href);
  await create(sql);
  await insert(sql, 1);
  await primary.kill();
  await standby.promote();
  const promoted = connect(standby.url(url.pathname.slice(1)));
  expect(await numbers(promoted)).toEqual([1]);
  await insert(promoted, 2);
  expect(await numbers(promoted)).toEqual([1, 2]);
});
