import { describe, expect, it } from 'vitest';
import type { Settings } from '../../src/config.js';
import { ask } from '../support/client.js';
import { CreateUser, GetHead, GetUser } from '../support/documents.js';
import { freshDatabase } from '../support/postgres.js';
import { startProgram } from '../support/process.js';
import { startServer } from '../support/server.js';
import { tempFolder } from '../support/temp-folder.js';
import { overHttp } from '../support/doors.js';
import { exportOf, importInto } from './moving/moves.js';
import { verifyOf } from './verifying/history.js';

const lowdb = async () => ({ STORE: 'lowdb', DATA_DIR: await tempFolder() });
const postgres = async () => ({ STORE: 'postgres', DATABASE_URL: await freshDatabase() });

/** Puts the demo into an empty log through a server, and a command behind it. */
async function demonstrated<Place extends Settings>(place: Place): Promise<Place> {
  const server = await startServer(place);
  const { status } = await overHttp(server.url, { path: '/demo', body: {} });
  expect(status).toBe(200);
  await ask(server.url, CreateUser, { input: { id: 'new', name: 'New' } });
  await server.stop();
  return place;
}

describe('the demo in a log', () => {
  it.each([
    ['a folder', lowdb],
    ['a database', postgres],
  ])('breaks no promise, and moves as any log: %s', async (_, empty) => {
    const place = await demonstrated<Settings>(await empty());
    expect(await verifyOf(place)).toMatchObject({ faults: 0, notes: [] });
    const file = await exportOf(place);
    const elsewhere = await lowdb();
    await importInto(elsewhere, file);
    expect(await exportOf(elsewhere)).toBe(file);
  });
});

describe('hindsight serve --demo', () => {
  it('begins an empty log with the demo, and serves any other as it is', async () => {
    const env = { DATA_DIR: await tempFolder() };
    const first = await startProgram(env, ['--demo']);
    expect(first.stdout()).toContain('the log begins with the demo history');
    const { head } = await ask(first.url, GetHead);
    expect(Number(head.position)).toBeGreaterThanOrEqual(120);
    expect((await ask(first.url, GetUser, { id: 'ada' })).user?.name).toBe('Ada Lovelace');
    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);

    const again = await startProgram(env, ['--demo']);
    expect(again.stdout()).toContain('the log is not empty: it is served as it is');
    expect((await ask(again.url, GetHead)).head).toEqual(head);
  });

  it('forgets it with all else where nothing is kept', async () => {
    const server = await startProgram({ STORE: 'memory' }, ['serve', '--demo']);
    expect((await ask(server.url, GetUser, { id: 'ada' })).user?.name).toBe('Ada Lovelace');
  });
});
