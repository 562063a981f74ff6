import { randomBytes } from 'node:crypto';
import postgres, { type Sql } from 'postgres';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { freshDatabase } from '../../support/postgres.js';
import { append, commitOf, readAll } from '../commits.js';
import { adminOf, openAt } from './database.js';

/** A database that belongs to somebody who may do nothing else, and the url of the owner. */
async function ownedDatabase(): Promise<{ readonly admin: Sql; readonly owner: string }> {
  const name = `owner_${randomBytes(8).toString('hex')}`;
  const cluster = postgres(inject('postgresUrl'), { max: 1 });
  await cluster.unsafe(`CREATE ROLE ${name} LOGIN PASSWORD 'secret'`);
  // After the database is dropped, which was the role's.
  onTestFinished(async () => {
    await cluster.unsafe(`DROP ROLE ${name}`);
    await cluster.end();
  });
  const url = new URL(await freshDatabase());
  await cluster.unsafe(`ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ${name}`);
  const admin = adminOf(url.href);
  [url.username, url.password] = [name, 'secret'];
  return { admin, owner: url.href };
}

const CHANGES = [
  ['UPDATE', `UPDATE hindsight.events SET actor = 'somebody else'`],
  ['UPDATE', `UPDATE hindsight.events SET version = 9 WHERE position = 1`],
  ['UPDATE', `UPDATE hindsight.events SET actor = 'nobody' WHERE false`],
  ['DELETE', `DELETE FROM hindsight.events WHERE position = 2`],
  ['DELETE', `DELETE FROM hindsight.events`],
  ['TRUNCATE', `TRUNCATE hindsight.events`],
  ['TRUNCATE', `TRUNCATE hindsight.events CASCADE`],
  [
    'UPDATE',
    `INSERT INTO hindsight.events SELECT * FROM hindsight.events
     ON CONFLICT (position) DO UPDATE SET actor = 'somebody else'`,
  ],
] as const;

describe('the table of events', () => {
  it('belongs to one who cannot change it either, and neither can the superuser', async () => {
    const { admin, owner } = await ownedDatabase();
    const { store } = await openAt(owner);
    await append(store, commitOf('a', 0, { n: 1 }, { n: 2 }));
    const before = await readAll(store);
    const [table] = await admin`SELECT tableowner FROM pg_tables WHERE tablename = 'events'`;
    expect(table).toEqual({ tableowner: new URL(owner).username });
    for (const sql of [adminOf(owner), admin]) {
      for (const [refused, statement] of CHANGES) {
        await expect(sql.unsafe(statement)).rejects.toThrow(
          `The log is only appended to: ${refused} is refused.`,
        );
      }
    }
    expect(await readAll(store)).toEqual(before);
  });
});
