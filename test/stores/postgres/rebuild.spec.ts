import { describe, expect, it, onTestFinished, vi } from 'vitest';
import postgres, { type Sql } from 'postgres';
import { positionOf } from '../../../src/core/event.js';
import { StoreRefused } from '../../../src/core/event-store.js';
import type { AnyProjection, Projection } from '../../../src/core/projection.js';
import { NO_VOCABULARY } from '../../../src/core/vocabulary.js';
import { Projector } from '../../../src/engine/projector.js';
import { openPostgres, type OpenPostgres } from '../../../src/stores/postgres/open.js';
import { freshDatabase } from '../../support/postgres.js';
import { append, commitOf } from '../commits.js';
import { adminOf } from './database.js';

interface Counted {
  readonly id: string;
  readonly events: number;
}

/** Counts the events of each aggregate; another version counts by another step. */
const counting = (version: number, step = 1): Projection<Counted, 'id', 'events'> => ({
  name: 'counts',
  version,
  aggregateType: 'thing',
  apply: (row, { aggregateId: id }) => ({ id, events: (row?.events ?? 0) + step }),
  fields: ['id'],
  field: ({ id }) => id,
  orders: { events: 'number' },
  sortValue: ({ events }) => events,
});

async function open(url: string): Promise<OpenPostgres> {
  const opened = await openPostgres({ url, migrate: true, vocabulary: NO_VOCABULARY });
  onTestFinished(() => opened.store.close());
  return opened;
}

/** A server, as far as projections are concerned. */
async function follow(opened: OpenPostgres, projection: AnyProjection): Promise<Projector> {
  const projector = await Projector.start({
    ...opened,
    projections: [projection],
    patience: 5_000,
    onProjectionNews: (news) => expect(news.kind).not.toBe('failed'),
  });
  onTestFinished(() => projector.stop());
  return projector;
}

async function fill({ store }: OpenPostgres, things: number): Promise<void> {
  for (let thing = 0; thing < things; thing += 1) {
    await append(store, commitOf(`thing-${thing}`, 0, {}, {}));
  }
}

const nothing = () => undefined;

/** Ends the connection that holds the lock of a rebuild. */
async function endRebuilder(admin: Sql): Promise<void> {
  const { count } = await admin`
    SELECT pg_terminate_backend(pid, 5000) FROM pg_locks
    WHERE locktype = 'advisory' AND classid = 7310583
      AND objid = (hashtext('rebuild counts')::bigint & 4294967295)::oid
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  expect(count).toBe(1);
}

describe('a rebuild', () => {
  it('finds what differs, and puts right what servers read', async () => {
    const url = await freshDatabase();
    const server = await open(url);
    const projection = counting(1);
    const projector = await follow(server, projection);
    await fill(server, 20);
    await projector.reached(positionOf(40));
    const admin = postgres(url, { max: 1 });
    await admin`UPDATE hindsight.projection_counts_1 SET row = '{"id":"thing-3","events":9}' WHERE id = 'thing-3'`;
    await admin`DELETE FROM hindsight.projection_counts_1 WHERE id = 'thing-4'`;
    await admin.end();
    const model = projector.model(projection);
    expect(await model.get('thing-3')).toEqual({ id: 'thing-3', events: 9 });

    const { rebuild } = await open(url);
    const rebuilt = { rows: 20, compared: { version: 1, differing: 2 } };
    expect(await rebuild(projection, nothing)).toEqual(rebuilt);
    expect(await model.get('thing-3')).toEqual({ id: 'thing-3', events: 2 });
    expect(await model.get('thing-4')).toEqual({ id: 'thing-4', events: 2 });
    expect(await rebuild(projection, nothing)).toEqual({
      ...rebuilt,
      compared: { version: 1, differing: 0 },
    });

    await append(server.store, commitOf('thing-3', 2, {}));
    await projector.consistentWith(projection, positionOf(41));
    expect(await model.get('thing-3')).toEqual({ id: 'thing-3', events: 3 });
    expect(await model.count([])).toBe(20);
  });

  it('makes the rows of a newer build beside those of the older, and tells how far they are', async () => {
    const url = await freshDatabase();
    const [older, one, two] = [await open(url), counting(1), counting(2, 10)];
    const before = await follow(older, one);
    await fill(older, 20);
    await before.reached(positionOf(40));
    const { rebuild, readModels } = await open(url);
    await readModels.open(one);
    const building: unknown[] = [];
    const rebuilt = await rebuild(two, () => building.push(...readModels.building()));
    expect(rebuilt).toEqual({ rows: 20, compared: { version: 1, differing: 20 } });
    expect(building).toContainEqual({ name: 'counts', version: 2, position: 40 });

    const after = await follow(await open(url), two);
    expect(after.states()).toEqual([{ name: 'counts', version: 2, position: 40, status: 'LIVE' }]);
    await append(older.store, commitOf('thing-0', 2, {}));
    await before.consistentWith(one, positionOf(41));
    await after.consistentWith(two, positionOf(41));
    expect(await before.model(one).get('thing-0')).toEqual({ id: 'thing-0', events: 3 });
    expect(await after.model(two).get('thing-0')).toEqual({ id: 'thing-0', events: 30 });
  });

  it('drops rows of builds before the last', async () => {
    const url = await freshDatabase();
    const opened = await open(url);
    await fill(opened, 2);
    for (const version of [1, 2, 3]) await opened.rebuild(counting(version), nothing);
    const admin = postgres(url, { max: 1 });
    const tables = await admin`
      SELECT tablename FROM pg_tables WHERE tablename LIKE 'projection_counts%' ORDER BY 1`;
    const entries = await admin`SELECT name, version FROM hindsight.projections ORDER BY version`;
    await admin.end();
    expect(tables.map(({ tablename }) => tablename)).toEqual([
      'projection_counts_2',
      'projection_counts_3',
    ]);
    expect(entries.map(({ version }) => version)).toEqual([2, 3]);
  });

  it('loses nothing of what is appended meanwhile, and keeps nobody from reading', async () => {
    const url = await freshDatabase();
    const projection = counting(1);
    const [one, other] = [await open(url), await open(url)];
    const projectors = [await follow(one, projection), await follow(other, projection)];
    await fill(one, 50);
    const until = new AbortController();
    const appending = Promise.all(
      [one, other].map(async ({ store }, server) => {
        let version = 0;
        while (!until.signal.aborted) {
          await append(store, commitOf(`of ${server}`, version, {}));
          version += 1;
        }
        return version;
      }),
    );
    const { rebuild } = await open(url);
    for (let time = 0; time < 8; time += 1) {
      expect(await rebuild(projection, nothing)).toMatchObject({ compared: { differing: 0 } });
    }
    until.abort();
    const counts = await appending;
    const { position } = await one.store.head();
    for (const projector of projectors) {
      await projector.consistentWith(projection, position);
      const model = projector.model(projection);
      for (const [server, events] of counts.entries()) {
        expect(await model.get(`of ${server}`)).toMatchObject({ events });
      }
      expect(await model.count([])).toBe(52);
    }
  });

  it('is refused while another is under way, and one that was cut short leaves nothing in the way', async () => {
    const url = await freshDatabase();
    const server = await open(url);
    await fill(server, 10);
    const projection = counting(1);
    const { rebuild } = await open(url);
    const another = postgres(url, { max: 1 });
    await another`SELECT pg_advisory_lock(7310583, hashtext('rebuild counts'))`;
    await expect(rebuild(projection, nothing)).rejects.toThrow(
      'Projection counts is being rebuilt or verified already.',
    );
    await another.end();
    const cut = new Error('cut short');
    const failing = rebuild(projection, () => {
      throw cut;
    });
    await expect(failing).rejects.toBe(cut);
    expect(await rebuild(projection, nothing)).toMatchObject({ rows: 10 });
  });

  it('is refused when it has lost its lock, and changes nothing', async () => {
    const url = await freshDatabase();
    const server = await open(url);
    const projection = counting(1);
    const projector = await follow(server, projection);
    await fill(server, 10);
    await projector.reached(positionOf(20));
    const admin = adminOf(url);
    const { rebuild, readModels } = await open(url);
    await readModels.open(projection);
    let refused: Promise<unknown> = Promise.resolve();
    await admin.begin(async (sql) => {
      // It stands still where all but the last step is done.
      await sql`LOCK TABLE hindsight.projection_counts_1 IN ROW EXCLUSIVE MODE`;
      refused = rebuild(projection, nothing).catch((error: unknown) => error);
      await vi.waitUntil(async () => {
        const { count } = await admin`
          SELECT FROM pg_locks WHERE relation = 'hindsight.projection_counts_1'::regclass AND NOT granted`;
        return count === 1;
      });
      await endRebuilder(admin);
      // Its rows are nobody's now.
      await vi.waitUntil(() => readModels.building().length === 0, { timeout: 5_000 });
    });
    expect(await refused).toEqual(
      new StoreRefused(
        'The rebuild of counts lost its lock, as its connection was lost: nothing was changed. Start it again.',
      ),
    );
    expect(await projector.model(projection).get('thing-0')).toEqual({ id: 'thing-0', events: 2 });
    expect(await rebuild(projection, nothing)).toMatchObject({ rows: 10 });
  });
});
