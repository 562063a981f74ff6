import postgres from 'postgres';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Progress } from '../../src/cli/moving/progress.js';
import { runRebuild } from '../../src/cli/rebuild.js';
import { usersProjection } from '../../src/domains/user/projection.js';
import { ask } from '../support/client.js';
import {
  CreateUser,
  GetProjections,
  GetUser,
  ListUsers,
  RenameUser,
} from '../support/documents.js';
import { freshDatabase } from '../support/postgres.js';
import { run, runProgram, type Program } from '../support/process.js';
import { configOf, startServer } from '../support/server.js';
import { textOf } from './moving/held-log.js';
import { importInto } from './moving/moves.js';

const { version } = usersProjection;
const TABLE = `hindsight.projection_users_${version}`;
const PATIENCE = { timeout: 20_000 };

interface Place {
  readonly STORE: string;
  readonly DATABASE_URL: string;
}

/** A database with the histories of users who were all renamed: two events each. */
async function databaseOf(users: number): Promise<Place & Record<string, string>> {
  const place = { STORE: 'postgres', DATABASE_URL: await freshDatabase() };
  const recordedAt = '2020-01-01T00:00:00Z';
  const lines = Array.from({ length: users }, (_, index) => {
    const of = { aggregateType: 'User', aggregateId: `user-${index}`, recordedAt };
    const data = { name: 'Ann', email: null, status: 'active' };
    return [
      { ...of, type: 'UserCreated', schemaVersion: 2, data },
      { ...of, type: 'UserRenamed', data: { name: 'Anna' } },
    ];
  });
  await importInto(place, textOf(lines.flat()));
  return place;
}

function connect({ DATABASE_URL }: Place): postgres.Sql {
  const sql = postgres(DATABASE_URL, { max: 1, onnotice: () => undefined });
  onTestFinished(() => sql.end());
  return sql;
}

/** Writes another name into a row, by hand. */
const damage = (sql: postgres.Sql, id: string) =>
  sql.unsafe(
    `UPDATE ${TABLE} SET row = replace(row::text, '"Anna"', '"Eve"')::json WHERE id = $1`,
    [id],
  );

async function outcomeOf(program: Program) {
  return { code: await program.exited, stdout: program.stdout(), stderr: program.stderr() };
}

const said = (what: string) => ({
  code: 0,
  stdout: `users@${version}: ${what}.\n`,
  stderr: '',
});

const differing = (what: string) => said(`10,000 rows; ${what} from those of version ${version}`);

describe('hindsight rebuild', () => {
  it('says how many rows there are, and how many differed from those in use', async () => {
    const place = await databaseOf(10_000);
    const rebuild = () => outcomeOf(runProgram(['rebuild'], place));
    expect(await rebuild()).toEqual(said('10,000 rows; there were none before'));
    const sql = connect(place);
    await damage(sql, 'user-7');
    await sql.unsafe(`DELETE FROM ${TABLE} WHERE id = 'user-8'`);
    await sql.unsafe(`UPDATE ${TABLE} SET id = 'nobody' WHERE id = 'user-9'`);
    expect(await rebuild()).toEqual(differing('4 differ'));
    expect(await rebuild()).toEqual(differing('0 differ'));
  }, 60_000);

  it('has nothing to fold where nothing happened yet', async () => {
    const place = { STORE: 'postgres', DATABASE_URL: await freshDatabase(), LOG_LEVEL: 'warn' };
    expect(await outcomeOf(runProgram(['rebuild'], place))).toEqual(
      said('0 rows; there were none before'),
    );
  });

  it.each([
    ['the embedded store', [], {}, /STORE lowdb folds its projections at every start; /],
    ['no database', [], { STORE: 'postgres' }, /STORE postgres needs a DATABASE_URL/],
    ['one projection', ['users'], { STORE: 'postgres' }, /too much behind rebuild: users/],
  ])('says in one line what it cannot do: %s', async (_, args, env, line) => {
    const { code, stdout, stderr } = await outcomeOf(runProgram(['rebuild', ...args], env));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/^hindsight: .*\n$/);
  });

  it('does not migrate when told not to', async () => {
    const place = { STORE: 'postgres', DATABASE_URL: await freshDatabase() };
    const { code, stderr } = await outcomeOf(runProgram(['rebuild', '--no-migrate'], place));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^hindsight: .*run "hindsight migrate" first\.\n$/);
  });
});

/** Terminals begin the line anew for each of them. */
const drawn = (output: string): string[] => output.split('\r\u001b[K').slice(1);

const BAR = /^(█*)(░*) +(\d+) % ([\d,]+) events? in \d+\.\d s(, [\d,]+ a second)?$/;

describe('the bar of a rebuild', () => {
  it('shows how much of the log was folded, and is gone at the end', async () => {
    let output = '';
    const screen = { isTTY: true, write: (text: string) => (output += text) };
    const config = await configOf(await databaseOf(10_000));
    await runRebuild(config, pino({ level: 'silent' }), new Progress(screen));
    const bars = drawn(output);
    expect(bars.pop()).toBe('');
    expect(bars.length).toBeGreaterThan(0);
    for (const bar of bars) {
      const [, filled = '', empty = '', percent, events = ''] = BAR.exec(bar) ?? [];
      expect(filled.length + empty.length).toBe(24);
      const part = Number(events.replaceAll(',', '')) / 20_000;
      expect(part).toBeGreaterThan(0);
      expect([filled.length, percent]).toEqual([
        Math.round(24 * part),
        `${Math.floor(100 * part)}`,
      ]);
    }
  });

  it('is drawn on a terminal, and what came of it is written in its place', async () => {
    const place = await databaseOf(10);
    // Of util-linux, which every Linux has.
    const command = ['-qfc', `'${process.execPath}' dist/main.js rebuild`, '/dev/null'];
    const terminal = run('/usr/bin/script', command, place);
    await terminal.exited;
    expect(drawn(terminal.stdout())).toEqual([
      expect.stringMatching(/^█{24} 100 % 20 events in \d\.\d s$/),
      `users@${version}: 10 rows; there were none before.\r\n`,
    ]);
  });
});

/** Lets a rebuild through 10,000 events at a time: each further lot waits until its gate is opened. */
async function gates(sql: postgres.Sql) {
  await sql`SELECT pg_advisory_lock(1, 1), pg_advisory_lock(1, 2)`;
  await sql`
    CREATE FUNCTION hindsight.wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock(1, (NEW.position / 10000)::integer);
      RETURN NEW;
    END $$`;
  await sql`
    CREATE TRIGGER gates BEFORE UPDATE ON hindsight.projections FOR EACH ROW
    WHEN (NEW.name = 'users~beside') EXECUTE FUNCTION hindsight.wait_at_gate()`;
  return { open: (gate: 1 | 2) => sql`SELECT pg_advisory_unlock(1, ${gate})` };
}

describe('a server, while its projection is rebuilt', () => {
  it('tells how far the new rows are, goes on with the old ones, and then has the new', async () => {
    const place = await databaseOf(10_000);
    const { url } = await startServer(place);
    const sql = connect(place);
    await damage(sql, 'user-7');
    const gate = await gates(sql);
    const nameOf = async (id: string) => (await ask(url, GetUser, { id })).user?.name;
    const projections = async () => (await ask(url, GetProjections)).projections;
    const live = { name: 'users', version, lag: 0, status: 'LIVE' };
    const beside = async () =>
      Number((await projections()).find(({ status }) => status === 'REBUILDING')?.position ?? 0);
    expect(await projections()).toEqual([{ ...live, position: '20000' }]);

    const rebuilding = runProgram(['rebuild'], place);
    await expect.poll(beside, PATIENCE).toBeGreaterThan(0);
    const before = await beside();
    expect(before).toBeLessThan(10_000);
    expect(await projections()).toEqual([
      { ...live, position: '20000' },
      { name: 'users', version, position: `${before}`, lag: 20_000 - before, status: 'REBUILDING' },
    ]);
    expect(await outcomeOf(runProgram(['rebuild'], place))).toEqual({
      code: 1,
      stdout: '',
      stderr: 'hindsight: Projection users is being rebuilt or verified already.\n',
    });

    // The present is read from rows: the old ones, in step with the log.
    expect(await nameOf('user-7')).toBe('Eve');
    const rename = { input: { id: 'user-8', name: 'Bob' }, expectedVersion: 2 };
    expect(await ask(url, RenameUser, rename)).toMatchObject({ renameUser: { success: true } });
    expect(await nameOf('user-8')).toBe('Bob');

    await gate.open(1);
    await expect.poll(beside, PATIENCE).toBeGreaterThanOrEqual(10_000);
    expect(await beside()).toBeLessThan(20_000);
    const { createUser } = await ask(url, CreateUser, { input: { id: 'cleo', name: 'Cleo' } });
    expect(createUser).toMatchObject({ success: true, position: '20002' });
    expect((await ask(url, ListUsers, {})).users.totalCount).toBe(10_001);
    expect((await projections())[0]).toEqual({ ...live, position: '20002' });
    expect(await nameOf('user-7')).toBe('Eve');

    await gate.open(2);
    const outcome = `10,001 rows; 1 differs from those of version ${version}`;
    expect(await outcomeOf(rebuilding)).toEqual(said(outcome));
    expect(await Promise.all(['user-7', 'user-8', 'cleo'].map(nameOf))).toEqual([
      'Anna',
      'Bob',
      'Cleo',
    ]);
    await expect.poll(projections, PATIENCE).toEqual([{ ...live, position: '20002' }]);
    expect(await ask(url, RenameUser, { ...rename, expectedVersion: 3 })).toMatchObject({
      renameUser: { success: true },
    });
  }, 60_000);

  it('shows it no more when it was cut short', async () => {
    const place = await databaseOf(10_000);
    const { url } = await startServer(place);
    await gates(connect(place));
    const shown = async () => (await ask(url, GetProjections)).projections.length;
    const rebuilding = runProgram(['rebuild'], place);
    await expect.poll(shown, PATIENCE).toBe(2);
    rebuilding.child.kill('SIGKILL');
    await expect.poll(shown, PATIENCE).toBe(1);
  }, 60_000);
});
