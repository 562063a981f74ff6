import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Progress } from '../../src/cli/moving/progress.js';
import { runVerify } from '../../src/cli/verify.js';
import { freshDatabase } from '../support/postgres.js';
import { runProgram } from '../support/process.js';
import { configOf } from '../support/server.js';
import { tempFolder } from '../support/temp-folder.js';
import { SOUND, tell } from './verifying/history.js';

const lowdb = async () => ({ STORE: 'lowdb', DATA_DIR: await tempFolder() });
const postgres = async () => ({ STORE: 'postgres', DATABASE_URL: await freshDatabase() });

async function run(args: readonly string[], env: Record<string, string>) {
  const program = runProgram(args, env);
  const code = await program.exited;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}

/** A folder whose log has one line that is not what was written. */
async function damaged() {
  const place = await tell(await lowdb());
  const log = join(place.DATA_DIR, 'log.jsonl');
  await writeFile(log, (await readFile(log, 'utf8')).replace('bob@', 'rob@'));
  return place;
}

describe('hindsight verify', () => {
  it.each([
    ['a folder', lowdb],
    ['a database', postgres],
  ])('ends with 0 where every promise holds: %s', async (_, empty) => {
    const place = await tell<Record<string, string>>(await empty());
    expect(await run(['verify'], place)).toEqual({ code: 0, stdout: `${SOUND}\n`, stderr: '' });
  });

  it('ends with 1 where one does not, and says what is no fault on stderr', async () => {
    const place = await damaged();
    const log = join(place.DATA_DIR, 'log.jsonl');
    await writeFile(log, `${await readFile(log, 'utf8')}{"crc":`);
    const { code, stdout, stderr } = await run(['verify'], place);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^byte \d+: damage: the line there is not the one that was written\.\n5 events, 3 streams: 1 fault\.\n$/,
    );
    expect(stderr).toMatch(/^Note: The last write, at byte \d+, is not whole: .*\n$/);
  });

  it('ends with 1 also where nobody reads what it says', async () => {
    const program = runProgram(['verify'], await damaged());
    program.child.stdout.destroy();
    expect([await program.exited, program.stderr()]).toEqual([1, '']);
  });

  it('draws a bar on a terminal, and takes it away before it says anything', async () => {
    const written: string[] = [];
    const progress = new Progress({ isTTY: true, write: (text) => written.push(text) });
    const faults = await runVerify(await configOf(await damaged()), {
      progress,
      print: (line) => written.push(line),
      note: (text) => written.push(text),
    });
    expect(faults).toBe(1);
    const clear = '\r\u001b[K';
    expect(written[0]).toMatch(/█.* % 1 event in /);
    const said = written.flatMap((text, index) => (text.startsWith('\r') ? [] : [index]));
    expect(said).toHaveLength(2);
    expect(said.map((index) => written[index - 1])).toEqual([clear, clear]);
    expect(written.at(-1)).toBe(clear);
  });

  it.each([
    ['memory', ['verify'], { STORE: 'memory' }, /memory keeps nothing/],
    [
      'a folder without a log',
      ['verify'],
      { DATA_DIR: '/nowhere' },
      /no log in the data folder \/nowhere/,
    ],
    ['a word too many', ['verify', 'a'], {}, /too much behind verify: a/],
  ])('says in one line what cannot be verified: %s', async (_, args, env, line) => {
    const { code, stdout, stderr } = await run(args, env);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/^hindsight: .*\n$/);
  });

  it('says in one line that there is no such database', async () => {
    const { DATABASE_URL, ...env } = await postgres();
    const url = new URL(DATABASE_URL);
    url.pathname = '/nowhere';
    const { code, stderr } = await run(['verify'], { ...env, DATABASE_URL: url.href });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^hindsight: .*"nowhere".*\n$/);
  });

  it('does not bring a database up to this build', async () => {
    const { code, stderr } = await run(['verify'], await postgres());
    expect(code).toBe(1);
    expect(stderr).toMatch(/^hindsight: .*run "hindsight migrate" first\.\n$/);
  });
});
