import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import postgresJs from 'postgres';
import { VOCABULARY } from '../../src/cli/moving/whole-log.js';
import { StoreRefused } from '../../src/core/event-store.js';
import { openWholeLog } from '../../src/stores/postgres/whole-log.js';
import { ask } from '../support/client.js';
import { CreateUser, GetUser, ListUsers, RenameUser } from '../support/documents.js';
import { freshDatabase } from '../support/postgres.js';
import { runProgram, startProgram } from '../support/process.js';
import { configOf, startServer } from '../support/server.js';
import { tempFolder } from '../support/temp-folder.js';
import { fill, textOf } from './moving/held-log.js';
import { exportOf, importInto } from './moving/moves.js';

const lowdb = async () => ({ STORE: 'lowdb', DATA_DIR: await tempFolder() });
const postgres = async () => ({ STORE: 'postgres', DATABASE_URL: await freshDatabase() });

const TARGETS = [
  ['lowdb', lowdb],
  ['postgres', postgres],
] as const;

/** A folder with a history of two users, and what an export makes of it. */
async function history() {
  const place = await lowdb();
  const server = await startServer(place);
  const email = 'ada@example.org';
  await ask(server.url, CreateUser, { input: { id: 'ada', name: 'Ada', email } });
  await ask(server.url, CreateUser, { input: { id: 'bob', name: 'Bob' } });
  const headers = { 'idempotency-key': 'k1' };
  const rename = { input: { id: 'bob', name: 'Rob' }, expectedVersion: 1 };
  await ask(server.url, RenameUser, rename, headers);
  await server.stop();
  return { place, file: await exportOf(place), rename, headers };
}

async function fileWith(content: string): Promise<string> {
  const path = join(await tempFolder(), 'file.jsonl');
  await writeFile(path, content);
  return path;
}

const user = (id: string, name: string, recordedAt: string) => ({
  aggregateType: 'User',
  aggregateId: id,
  type: 'UserCreated',
  schemaVersion: 2,
  data: { name, email: `${id}@example.org`, status: 'active' },
  recordedAt,
});

describe('hindsight export and import', () => {
  it('move a folder to a database and back, and the file is the same', async () => {
    const { place } = await history();
    const [database, folder] = [await postgres(), await lowdb()];
    const first = runProgram(['export'], place);
    expect(await first.exited).toBe(0);
    expect(first.stderr()).toMatch(/^Exported 3 events in \d\.\d s\.\n$/);
    const file = await fileWith(first.stdout());

    const into = runProgram(['import', file], database);
    expect([await into.exited, into.stdout()]).toEqual([0, '']);
    expect(into.stderr()).toMatch(/^Imported 3 events in \d\.\d s\.\n$/);
    const second = runProgram(['export'], database);
    expect(await second.exited).toBe(0);
    expect(second.stdout()).toBe(first.stdout());

    const back = runProgram(['import', '-'], folder);
    back.child.stdin.end(second.stdout());
    expect(await back.exited).toBe(0);
    expect(await exportOf(folder)).toBe(first.stdout());
  });

  it.each(TARGETS)('bring what is unique and what was answered to %s', async (_, target) => {
    const { file, rename, headers } = await history();
    const place = await target();
    await importInto(place, file);
    const { url } = await startServer(place);
    const input = { id: 'eve', name: 'Eve', email: 'ADA@example.org' };
    const { createUser } = await ask(url, CreateUser, { input });
    expect(createUser).toMatchObject({ success: false, error: { code: 'EMAIL_TAKEN' } });
    const { renameUser } = await ask(url, RenameUser, rename, headers);
    expect(renameUser).toMatchObject({ success: true, replayed: true, position: '3' });
    const { users } = await ask(url, ListUsers, { first: 10 });
    expect(users.nodes).toEqual([{ id: 'ada' }, { id: 'bob' }]);
    expect(await ask(url, GetUser, { id: 'bob' })).toMatchObject({ user: { name: 'Rob' } });
  });

  it('write an export while servers go on, up to where it began', async () => {
    const database = await postgres();
    const { url } = await startServer(database);
    await ask(url, CreateUser, { input: { id: 'ada', name: 'Ada' } });
    const before = await exportOf(database);
    await ask(url, CreateUser, { input: { id: 'bob', name: 'Bob' } });
    const after = await exportOf(database);
    expect(after.split('\n').slice(0, 2)).toEqual(before.split('\n').slice(0, 2));
    expect(after.split('\n')).toHaveLength(before.split('\n').length + 1);
  });

  it('tell servers at work of what an import adds, and claim for them', async () => {
    const database = await postgres();
    const { url } = await startServer(database);
    await importInto(database, textOf([user('ada', 'Ada', '2020-01-01T00:00:00Z')]));
    await expect
      .poll(async () => (await ask(url, ListUsers, { first: 10 })).users.nodes)
      .toEqual([{ id: 'ada' }]);
    const input = { id: 'eve', name: 'Eve', email: 'ada@example.org' };
    const { createUser } = await ask(url, CreateUser, { input });
    expect(createUser).toMatchObject({ error: { code: 'EMAIL_TAKEN' } });
  });

  it('fold the claims of many streams', async () => {
    const database = await postgres();
    const users = Array.from({ length: 2_500 }, (_, index) =>
      user(`user-${index}`, 'Ann', '2020-01-01T00:00:00Z'),
    );
    await importInto(database, textOf(users));
    const { url } = await startServer(database);
    for (const id of ['user-0', 'user-1234', 'user-2499']) {
      const input = { id: `not-${id}`, name: 'Eve', email: `${id}@example.org` };
      const { createUser } = await ask(url, CreateUser, { input });
      expect(createUser).toMatchObject({ error: { code: 'EMAIL_TAKEN' } });
    }
  });

  it('leave out a last write that a crash cut short', async () => {
    const { place, file } = await history();
    const log = join(place.DATA_DIR, 'log.jsonl');
    await appendFile(log, '{"crc":"0123');
    const before = await readFile(log, 'utf8');
    expect(await exportOf(place)).toBe(file);
    expect(await readFile(log, 'utf8')).toBe(before);
    const ann = textOf([user('ann', 'Ann', new Date().toISOString())]);
    await importInto(place, ann, { append: true });
    expect((await exportOf(place)).split('\n')).toHaveLength(file.split('\n').length + 1);
  });
});

describe('a history from elsewhere', () => {
  const doc = readFileSync('docs/moving.md', 'utf8');
  const [, example = ''] = /<!-- a history from elsewhere -->\n```json\n([^`]*)```/.exec(doc) ?? [];

  it.each(TARGETS)('is brought into %s as the docs show it', async (_, target) => {
    const place = await target();
    const program = runProgram(['import', await fileWith(example)], place);
    expect(await program.exited).toBe(0);
    const { url } = await startProgram(place);
    const then = await ask(url, GetUser, { id: 'ada', at: '2020-01-01T00:00:00Z' });
    expect(then.user).toMatchObject({ name: 'Ada Byron', email: 'ada@example.org' });
    const now = await ask(url, GetUser, { id: 'ada' });
    expect(now.user).toMatchObject({ name: 'Ada King', email: null, version: 3 });
  });

  it('is told of where this build has no meaning for it', async () => {
    const [good = '', renamed = ''] = example.split('\n');
    const odd = [good, renamed.replace('UserRenamed', 'UserKnighted')];
    const order = renamed.replace('"User"', '"Order"');
    expect(await importInto(await lowdb(), textOf([...odd, order, order]))).toEqual([
      'Warning: this build has no meaning for 1 event User/UserKnighted: the projections of User will stop there, and commands on such an aggregate fail.',
      'Warning: this build has no meaning for 2 events Order/UserRenamed: they are shown as UnrecognisedEvent.',
    ]);
  });
});

describe.each(TARGETS)('an import into %s', (_, target) => {
  const early = user('ada', 'Ada', '2020-01-01T00:00:00Z');
  const late = user('bob', 'Bob', '2021-01-01T00:00:00Z');

  it('that fails at its last line leaves nothing', async () => {
    const place = await target();
    const good = Array.from({ length: 2_500 }, (__, index) =>
      user(`u${index}`, 'U', early.recordedAt),
    );
    const importing = importInto(place, textOf([...good, 'bad']));
    await expect(importing).rejects.toThrow(
      'the input: line 2501: it is not a JSON object. Nothing was imported.',
    );
    expect((await exportOf(place)).split('\n')).toHaveLength(3);
    await importInto(place, textOf(good));
  });

  it('that is killed leaves nothing, and may be done again', async () => {
    const place = await target();
    await importInto(place, textOf([early]));
    const before = await exportOf(place);
    const program = runProgram(['import', '--append', '-'], place);
    const many = Array.from({ length: 5_000 }, (__, index) =>
      user(`u${index}`, 'U', late.recordedAt),
    );
    // The input stays open, so the import waits for more.
    const isTaken = once(program.child.stdin, 'drain');
    if (!program.child.stdin.write(textOf(many))) await isTaken;
    program.child.kill('SIGKILL');
    await program.exited;
    expect(await exportOf(place)).toBe(before);
    await importInto(place, textOf(many), { append: true });
    expect((await exportOf(place)).split('\n')).toHaveLength(5_001 + 3);
  });

  it('is refused when there are events already, unless told', async () => {
    const place = await target();
    await importInto(place, textOf([early]));
    await expect(importInto(place, textOf([late]))).rejects.toThrow(
      'The log holds 1 event already; --append puts those of the file behind them.',
    );
    await importInto(place, textOf([late]), { append: true });
    const file = await exportOf(place);
    expect(await importInto(place, file, { append: true })).toEqual([
      '2 events of the file were in the log already.',
    ]);
    expect(await exportOf(place)).toBe(file);
  });

  it('folds the claims of all there is', async () => {
    const place = await target();
    await importInto(place, textOf([early]));
    await importInto(place, textOf([late]), { append: true });
    const { url } = await startServer(place);
    for (const email of ['ada@example.org', 'bob@example.org']) {
      const { createUser } = await ask(url, CreateUser, { input: { name: 'Eve', email } });
      expect(createUser).toMatchObject({ error: { code: 'EMAIL_TAKEN' } });
    }
  });
});

it('an import that fails leaves no file in the folder', async () => {
  const place = await lowdb();
  await expect(importInto(place, 'bad')).rejects.toThrow('it is not a JSON object');
  expect((await readdir(place.DATA_DIR)).toSorted()).toEqual(['hindsight.json', 'log.jsonl']);
});

describe('an import into a database', () => {
  const ada = textOf([user('ada', 'Ada', '2020-01-01T00:00:00Z')]);

  it('is refused when the log has grown since it was looked at', async () => {
    const database = await postgres();
    const { databaseUrl = '' } = await configOf(database);
    const options = { vocabulary: VOCABULARY, migrate: true };
    const [mine, other] = [
      await openWholeLog(databaseUrl, options),
      await openWholeLog(databaseUrl, options),
    ];
    const { added } = await fill(ada);
    await mine.add(only(added));
    const adding = other.add(only(added));
    await expect(adding).rejects.toThrow(StoreRefused);
    await expect(adding).rejects.toThrow('The log has grown meanwhile, to position 1.');
    await Promise.all([mine.close(), other.close()]);
  });

  it('leaves claims alone that a newer build keeps', async () => {
    const database = await postgres();
    const server = await startServer(database);
    await server.stop();
    const sql = postgresJs(database.DATABASE_URL, { onnotice: () => undefined });
    await sql`UPDATE hindsight.claim_rules SET version = 99`;
    await sql.end();
    await expect(importInto(database, ada)).rejects.toThrow(
      'A newer build keeps the claims of User (version 99, here 1): import with that one.',
    );
    expect((await exportOf(database)).split('\n')).toHaveLength(3);
  });

  it('is refused with --no-migrate where the tables are not there', async () => {
    const file = await fileWith(ada);
    const program = runProgram(['import', '--no-migrate', file], await postgres());
    expect(await program.exited).toBe(1);
    expect(program.stderr()).toMatch(/^hindsight: .*run "hindsight migrate" first\.\n$/);
  });
});

async function* only<T>(item: T): AsyncGenerator<T> {
  yield item;
}

describe('an export or import in one line', () => {
  it.each([
    [
      'of a folder without a log',
      ['export'],
      { DATA_DIR: '/nowhere' },
      /no log in the data folder/,
    ],
    ['of memory', ['export'], { STORE: 'memory' }, /memory keeps nothing/],
    ['into memory', ['import', '-'], { STORE: 'memory' }, /memory keeps nothing/],
    ['without a file', ['import'], {}, /Which file\?/],
    ['of a file that is not there', ['import', '/nowhere'], {}, /\/nowhere cannot be read: ENOENT/],
    ['of two files', ['import', 'a', 'b'], {}, /too much behind import: b/],
    ['behind export', ['export', 'a'], {}, /too much behind export: a/],
    [
      'without a database',
      ['export'],
      { STORE: 'postgres', DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/x' },
      /cannot be used: (?!.*secret).*ECONNREFUSED/,
    ],
  ])('says what stands in the way: %s', async (_, args, env, line) => {
    const program = runProgram(args, { DATA_DIR: await tempFolder(), ...env });
    program.child.stdin.end();
    expect(await program.exited).toBe(1);
    expect(program.stderr()).toMatch(line);
    expect(program.stderr()).toMatch(/^hindsight: .*\n$/);
    expect(program.stdout()).toBe('');
  });

  it('says that a server holds the folder', async () => {
    const place = await lowdb();
    await startProgram(place);
    for (const args of [['export'], ['import', '-']]) {
      const program = runProgram(args, place);
      program.child.stdin.end();
      expect(await program.exited).toBe(1);
      expect(program.stderr()).toMatch(/^hindsight: The data folder .* is in use .*\n$/);
    }
  });

  it('says that nobody reads on', async () => {
    const { place } = await history();
    const program = runProgram(['export'], place);
    program.child.stdout.destroy();
    expect(await program.exited).toBe(1);
    expect(program.stderr()).toBe('hindsight: The export stopped: write EPIPE.\n');
  });

  it('says that the export of a damaged log is not to be had', async () => {
    const { place } = await history();
    const log = join(place.DATA_DIR, 'log.jsonl');
    await writeFile(log, (await readFile(log, 'utf8')).replace('Bob', 'Eve'));
    const program = runProgram(['export'], place);
    expect(await program.exited).toBe(1);
    expect(program.stdout()).toBe('');
    expect(program.stderr()).toMatch(/^hindsight: The log is damaged at byte \d+: .*\n$/);
  });
});
