import { readdirSync } from 'node:fs';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../support/postgres.js';
import { runProgram, startProgram } from '../support/process.js';

const MIGRATIONS = readdirSync('dist/stores/postgres/migrations').toSorted();

async function run(args: readonly string[], env: Record<string, string>) {
  const program = runProgram(args, env);
  const code = await program.exited;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}

const database = async () => ({
  STORE: 'postgres',
  DATABASE_URL: await freshDatabase(),
  PORT: '0',
});

describe('hindsight migrate', () => {
  it('says what it applied, and then that there is nothing to apply', async () => {
    const env = await database();
    const applied = MIGRATIONS.map((name) => `Applied ${name}.\n`).join('');
    expect(await run(['migrate'], env)).toEqual({ code: 0, stdout: applied, stderr: '' });
    expect(await run(['migrate'], env)).toEqual({
      code: 0,
      stdout: 'There is nothing to migrate: the database is up to date.\n',
      stderr: '',
    });
  });

  it.each([
    ['the embedded store', {}, /STORE lowdb has nothing to migrate/],
    ['no database', { STORE: 'postgres' }, /STORE postgres needs a DATABASE_URL/],
    [
      'a database that is away',
      { STORE: 'postgres', DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/x' },
      /cannot be used: (?!.*secret).*ECONNREFUSED/,
    ],
  ])('says in one line what it cannot do: %s', async (_, env, line) => {
    const { code, stdout, stderr } = await run(['migrate'], env);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/^hindsight: .*\n$/);
  });

  it.each([
    ['a database that there is not', (url: URL) => (url.pathname = '/nowhere'), /"nowhere"/],
    ['a wrong password', (url: URL) => (url.password = 'wrong'), /password authentication failed/],
  ])('says in one line that it is not let in: %s', async (_, change, line) => {
    const { DATABASE_URL, ...env } = await database();
    const url = new URL(DATABASE_URL);
    change(url);
    const { code, stderr } = await run(['migrate'], { ...env, DATABASE_URL: url.href });
    expect(code).toBe(1);
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/^hindsight: .*\n$/);
  });

  it('refuses a database of a newer build', async () => {
    const env = await database();
    await run(['migrate'], env);
    const sql = postgres(env.DATABASE_URL, { onnotice: () => undefined });
    await sql`INSERT INTO hindsight.migrations (number, name) VALUES (999, '999-later.sql')`;
    await sql.end();
    const { code, stderr } = await run(['migrate'], env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^hindsight: The database is at migration 999, .* newer .*\n$/);
  });
});

describe('hindsight serve --no-migrate', () => {
  it('refuses a database that was not migrated, and serves one that was', async () => {
    const env = await database();
    expect(await run(['serve', '--no-migrate'], env)).toEqual({
      code: 1,
      stdout: '',
      stderr: `hindsight: The database is at migration 0 of ${MIGRATIONS.length}; run "hindsight migrate" first.\n`,
    });
    await run(['migrate'], env);
    const { url } = await startProgram(env, ['serve', '--no-migrate']);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });
});
