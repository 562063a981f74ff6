import { expect, it, onTestFinished, vi } from 'vitest';
import postgres from 'postgres';
import { revisionOf } from '../../../src/core/fold.js';
import { NO_VOCABULARY } from '../../../src/core/vocabulary.js';
import { Checkpoints, KEPT_EVERY } from '../../../src/engine/checkpoints.js';
import { foldTo } from '../../../src/engine/replay.js';
import { userAggregate } from '../../../src/domains/user/aggregate.js';
import { Database } from '../../../src/stores/postgres/database.js';
import { PostgresKeptResults } from '../../../src/stores/postgres/kept-results.js';
import { openPostgres } from '../../../src/stores/postgres/open.js';
import { countingFolds, writeLong } from '../../engine/long-streams.js';
import { freshDatabase } from '../../support/postgres.js';

const of = (id: string) => ({ fold: 'revision@1', stream: { type: 'thing', id } });

const LONG = 2 * KEPT_EVERY + 100;

it('a server that has just started folds a moment of a long stream from what another kept', async () => {
  const url = await freshDatabase();
  const { store, keptResults } = await openPostgres({
    url,
    migrate: true,
    vocabulary: NO_VOCABULARY,
  });
  onTestFinished(() => store.close());
  await writeLong(store, 'ada', LONG);
  const { aggregate, foldsOf } = countingFolds();
  const fold = revisionOf(aggregate);
  const started = () => ({ store, checkpoints: new Checkpoints(undefined, keptResults) });
  const plain = { store, checkpoints: new Checkpoints() };
  expect(await foldsOf(() => foldTo(started(), fold, 'ada', LONG))).toBe(LONG);

  // They are kept while nobody waits for it.
  await vi.waitFor(async () => {
    expect(await foldsOf(() => foldTo(started(), fold, 'ada', KEPT_EVERY + 7))).toBe(7);
    expect(await foldsOf(() => foldTo(started(), fold, 'ada', LONG))).toBe(100);
  });
  expect(await foldsOf(() => foldTo(started(), fold, 'ada', 500))).toBe(500);
  for (const version of [500, KEPT_EVERY, KEPT_EVERY + 7, LONG]) {
    const answer = await foldTo(started(), revisionOf(userAggregate), 'ada', version);
    expect(answer).toEqual(await foldTo(plain, revisionOf(userAggregate), 'ada', version));
  }
  // A fold of another meaning takes nothing from it.
  const newer = revisionOf({ ...aggregate, version: aggregate.version + 1 });
  expect(await foldsOf(() => foldTo(started(), newer, 'ada', LONG))).toBe(LONG);
});

it('so many results are kept, and the oldest are dropped', async () => {
  const url = await freshDatabase();
  const { store } = await openPostgres({ url, migrate: true, vocabulary: NO_VOCABULARY });
  const database = new Database(url);
  const kept = new PostgresKeptResults(database, 5);
  for (let version = 1; version <= 12; version += 1) {
    await kept.keep(of(`${version % 2}`), { version, result: { version } });
    await kept.keep(of(`${version % 2}`), { version, result: { version: 'another' } });
  }
  const sql = postgres(url, { max: 1 });
  const rows = await sql`SELECT version FROM hindsight.kept_results ORDER BY version`;
  expect(rows.length).toBeLessThanOrEqual(5);
  expect(await kept.read(of('0'), 100)).toEqual({ version: 12, result: { version: 12 } });
  expect(await kept.read(of('1'), 11)).toEqual({ version: 11, result: { version: 11 } });
  expect(await kept.read(of('1'), 1)).toBeUndefined();
  await Promise.all([sql.end(), database.close(), store.close()]);
});
