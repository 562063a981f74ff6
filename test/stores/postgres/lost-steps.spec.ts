import { expect, it, onTestFinished } from 'vitest';
import postgres from 'postgres';
import { positionOf } from '../../../src/core/event.js';
import { NO_VOCABULARY } from '../../../src/core/vocabulary.js';
import { Projector } from '../../../src/engine/projector.js';
import { openPostgres } from '../../../src/stores/postgres/open.js';
import { freshDatabase } from '../../support/postgres.js';
import { append, commitOf } from '../commits.js';
import { COUNTS } from './counts.js';

async function start() {
  const url = await freshDatabase();
  const opened = await openPostgres({ url, migrate: true, vocabulary: NO_VOCABULARY });
  const projector = await Projector.start({
    ...opened,
    projections: [COUNTS],
    patience: 5_000,
    onProjectionNews: (news) => expect(news.kind).not.toBe('failed'),
  });
  onTestFinished(async () => {
    await projector.stop();
    await opened.store.close();
  });
  return { url, projector, store: opened.store, model: projector.model(COUNTS) };
}

/** What a crash does that loses the last step of a projection, which is not flushed. */
async function loseAStep(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  await sql`UPDATE hindsight.projections SET position = 2`;
  await sql`
    UPDATE hindsight.projection_counts_1 SET row = '{"id":"a","events":2,"positions":[1,2]}'`;
  await sql`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  await sql.end();
}

it.each(['before another append', 'by another append'])(
  'a step of a projection that a crash of PostgreSQL lost is folded again, %s',
  async (when) => {
    const { url, projector, store, model } = await start();
    for (const version of [0, 1, 2]) await append(store, commitOf('a', version, {}));
    await projector.reached(positionOf(3));
    await loseAStep(url);
    if (when.startsWith('by')) {
      await append(store, commitOf('a', 3, {})).catch(() => append(store, commitOf('a', 3, {})));
    }
    const positions = when.startsWith('by') ? [1, 2, 3, 4] : [1, 2, 3];
    await expect
      .poll(() => model.get('a'), { timeout: 10_000 })
      .toEqual({ id: 'a', events: positions.length, positions });
    expect(model.position()).toBe(positions.length);
  },
);
