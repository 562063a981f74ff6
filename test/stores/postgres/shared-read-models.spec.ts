import type { Sql } from 'postgres';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { positionOf, type RecordedEvent } from '../../../src/core/event.js';
import { OutcomeUnknown, type EventStore } from '../../../src/core/event-store.js';
import { LeadLost, type Projection, type ReadModel } from '../../../src/core/projection.js';
import type { ProjectionFailure } from '../../../src/engine/projecting.js';
import { Projector } from '../../../src/engine/projector.js';
import { freshDatabase } from '../../support/postgres.js';
import { randomOf } from '../../soak/random.js';
import { append, commitOf, readAll, streamOf } from '../commits.js';
import { adminOf, openAt, terminate, terminateSome } from './database.js';

interface Row {
  readonly id: string;
  /** An event that is applied twice or never makes these wrong. */
  readonly count: number;
  readonly last: number;
}

const counting: Projection<Row, 'id', 'count'> = {
  name: 'counting',
  version: 1,
  aggregateType: 'thing',
  apply: (row, { aggregateId: id, version }) => ({
    id,
    count: (row?.count ?? 0) + 1,
    last: version,
  }),
  field: ({ id }) => id,
  fields: ['id'],
  orders: { count: 'number' },
  sortValue: ({ count }) => count,
};

/** How long another one may take to lead, on a machine that does other things, too. */
const TAKEN_OVER_WITHIN = 10_000;

interface Server {
  readonly store: EventStore;
  readonly projector: Projector;
  readonly model: ReadModel<Row, 'id', 'count'>;
  readonly failures: readonly ProjectionFailure[];
  readonly leave: () => Promise<void>;
}

/** A server as far as read models go. */
async function serverAt(url: string): Promise<Server> {
  const { store, readModels } = await openAt(url);
  const failures: ProjectionFailure[] = [];
  const projector = await Projector.start({
    store,
    readModels,
    projections: [counting],
    patience: TAKEN_OVER_WITHIN,
    onProjectionNews: (news) => {
      if (news.kind === 'failed') failures.push(news);
    },
  });
  const leave = async () => {
    await projector.stop();
    await store.close();
  };
  onTestFinished(leave);
  return { store, projector, model: projector.model(counting), failures, leave };
}

/** The connections that hold the lock of a leader. */
async function leadersIn(admin: Sql): Promise<number[]> {
  const rows = await admin<{ pid: number }[]>`
    SELECT pid FROM pg_locks
    WHERE locktype = 'advisory' AND classid = 7310583 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  return rows.map(({ pid }) => pid);
}

/** Waits until a connection leads that is none of these. */
const leaderBeside = (admin: Sql, others: readonly number[]): Promise<number> =>
  vi.waitUntil(async () => (await leadersIn(admin)).find((pid) => !others.includes(pid)), {
    timeout: TAKEN_OVER_WITHIN,
    interval: 20,
  });

/** The connection of one who would lead. */
const followerBeside = (admin: Sql, leader: number): Promise<number> =>
  vi.waitUntil(
    async () => {
      const [row] = await admin<{ pid: number }[]>`
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND pid NOT IN (${leader}, pg_backend_pid())
          AND query LIKE '%pg_try_advisory_lock%'`;
      return row?.pid;
    },
    { timeout: TAKEN_OVER_WITHIN, interval: 20 },
  );

function fold(log: readonly RecordedEvent[]): Row[] {
  const rows = new Map<string, Row>();
  for (const event of log) {
    rows.set(event.aggregateId, counting.apply(rows.get(event.aggregateId), event));
  }
  return [...rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const rowsOf = async (model: ReadModel<Row, 'id', 'count'>): Promise<Row[]> => {
  const rows = await model.list({
    where: [],
    orderBy: 'count',
    descending: false,
    backwards: false,
    limit: 10_000,
  });
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

/** Every event was applied once: the rows are the fold, and so is what each server says of them. */
async function expectFolded(servers: readonly Server[]): Promise<void> {
  for (const { store, projector, model, failures } of servers) {
    const { position } = await store.head();
    await projector.consistentWith(counting, position);
    const rows = fold(await readAll(store));
    expect(await rowsOf(model)).toEqual(rows);
    expect(await model.count([])).toBe(rows.length);
    expect(model.position()).toBe(position);
    expect(failures).toEqual([]);
  }
}

/** Two servers, of which the first leads. */
async function leaderAndFollower() {
  const url = await freshDatabase();
  const admin = adminOf(url);
  const first = await serverAt(url);
  const leader = await leaderBeside(admin, []);
  const second = await serverAt(url);
  const follower = await followerBeside(admin, leader);
  return { url, admin, first, second, leader, follower };
}

describe('a read model of two servers', () => {
  it('is led by one of them, and both see it', async () => {
    const { admin, first, second, leader } = await leaderAndFollower();
    for (const version of [0, 2, 4]) {
      await append(first.store, commitOf('a', version, {}, {}));
      await append(second.store, commitOf('b', version, {}, {}));
    }
    await expectFolded([first, second]);
    expect(await leadersIn(admin)).toEqual([leader]);
  });

  it("is led by the other when the leader's connection is killed", async () => {
    const { admin, first, second, leader, follower } = await leaderAndFollower();
    await append(first.store, commitOf('a', 0, {}, {}));
    await expectFolded([first, second]);
    await terminate(admin, [leader]);
    await append(first.store, commitOf('b', 0, {}, {}));
    expect(await leaderBeside(admin, [leader])).toBe(follower);
    for (const version of [2, 4, 6]) await append(second.store, commitOf('b', version, {}, {}));
    await expectFolded([first, second]);
    // One that was overtaken once more leaves, and leads again.
    await vi.waitUntil(async () => (await leadersIn(admin)).length === 1, {
      timeout: TAKEN_OVER_WITHIN,
    });
  });

  it('is led by the other when the leader leaves', async () => {
    const { admin, first, second, follower } = await leaderAndFollower();
    await append(first.store, commitOf('a', 0, {}, {}));
    await expectFolded([first, second]);
    await first.leave();
    await append(second.store, commitOf('a', 2, {}, {}));
    await vi.waitUntil(async () => (await leadersIn(admin)).includes(follower), {
      timeout: TAKEN_OVER_WITHIN,
    });
    await expectFolded([second]);
    expect(await leadersIn(admin)).toEqual([follower]);
  });

  it('goes on when one leader after the other is killed, and a new server sees it, too', async () => {
    const { url, admin, first, second, leader } = await leaderAndFollower();
    const leaders = [leader];
    for (const version of [0, 1, 2]) {
      await terminate(admin, leaders);
      // One that has lost the lead may notice it only when there is something to apply.
      await append(second.store, commitOf('a', version, {}));
      leaders.push(await leaderBeside(admin, leaders));
      await expectFolded([first, second]);
    }
    await expectFolded([await serverAt(url)]);
    expect(leaders).toHaveLength(4);
  });
});

describe('a read model that the database refuses to write', () => {
  it(
    'fails on every server, and goes on there when the reason has gone',
    { timeout: 60_000 },
    async () => {
      const { admin, first, second } = await leaderAndFollower();
      await append(first.store, commitOf('a', 0, {}));
      await expectFolded([first, second]);
      await admin`
      ALTER TABLE hindsight.projection_counting_1 ADD CONSTRAINT full_disk CHECK (id = 'a') NOT VALID`;
      await append(second.store, commitOf('b', 0, {}));
      for (const { projector } of [first, second]) {
        await vi.waitUntil(() => projector.failures().length === 1, { timeout: TAKEN_OVER_WITHIN });
        expect(projector.failures()).toMatchObject([{ projection: 'counting', position: 1 }]);
        await projector.reached(positionOf(2));
        expect(projector.states()).toMatchObject([{ status: 'FAILED', position: 1 }]);
      }
      await admin`ALTER TABLE hindsight.projection_counting_1 DROP CONSTRAINT full_disk`;
      for (const { projector, model, store } of [first, second]) {
        await vi.waitUntil(() => projector.failures().length === 0, { timeout: TAKEN_OVER_WITHIN });
        expect(await rowsOf(model)).toEqual(fold(await readAll(store)));
      }
    },
  );
});

/** Two models of one database, where a test says who applies what. */
async function twoModels() {
  const url = await freshDatabase();
  const open = async () => {
    const { store, readModels } = await openAt(url);
    return { store, model: await readModels.open(counting) };
  };
  return [await open(), await open()] as const;
}

describe('one who leads no more and does not know it', () => {
  it('applies nothing that the next leader has applied', async () => {
    const [old, next] = await twoModels();
    await append(old.store, commitOf('a', 0, {}, {}));
    const events = await old.store.readStream(streamOf('a'));
    await next.model.apply(events, positionOf(2));
    await expect(old.model.apply(events, positionOf(2))).rejects.toThrow(LeadLost);
    expect(await rowsOf(old.model)).toEqual([{ id: 'a', count: 2, last: 2 }]);
  });

  it('applies nothing again after it was told how far the next leader is', async () => {
    const [old, next] = await twoModels();
    await append(old.store, commitOf('a', 0, {}, {}));
    await append(old.store, commitOf('a', 2, {}, {}));
    // It has these in its hands when it hears of the other.
    const events = await old.store.readStream(streamOf('a'));
    await next.model.apply(events, positionOf(4));
    await vi.waitUntil(() => old.model.position() === 4);
    await expect(old.model.apply(events.slice(0, 3), positionOf(3))).rejects.toThrow(LeadLost);
    expect(await rowsOf(next.model)).toEqual([{ id: 'a', count: 4, last: 4 }]);
    expect(next.model.position()).toBe(4);
  });

  it('applies nothing again of a slice that reaches further than the next leader is', async () => {
    const [old, next] = await twoModels();
    await append(old.store, commitOf('a', 0, {}, {}, {}, {}));
    const events = await old.store.readStream(streamOf('a'));
    await next.model.apply(events.slice(0, 2), positionOf(2));
    await vi.waitUntil(() => old.model.position() === 2);
    await expect(old.model.apply(events, positionOf(4))).rejects.toThrow(LeadLost);
    expect(await rowsOf(next.model)).toEqual([{ id: 'a', count: 2, last: 2 }]);
  });
});

const COMMITS_UNDER_FIRE = 250;

/** Appends to streams of its own, and looks where it is when it does not know. */
async function writeOn(store: EventStore, writer: number): Promise<void> {
  const random = randomOf(writer);
  for (let sent = 0; sent < COMMITS_UNDER_FIRE; sent += 1) {
    const id = `${writer}-${random.below(5)}`;
    const version = await store.versionAt(streamOf(id));
    const data = Array.from({ length: 1 + random.below(5) }, () => ({}));
    await store.append(commitOf(id, version, ...data)).catch((error: unknown) => {
      if (!(error instanceof OutcomeUnknown)) throw error;
    });
  }
}

/** Kills whoever leads, again and again, and others beside it; answers how many led. */
async function killLeaders(admin: Sql, over: AbortSignal): Promise<number> {
  const killed = new Set<number>();
  while (!over.aborted) {
    const leaders = await leadersIn(admin);
    for (const leader of leaders) killed.add(leader);
    await terminate(admin, leaders);
    if (leaders.length > 0) await terminateSome(admin, 'any');
  }
  return killed.size;
}

describe('a read model under fire', () => {
  it(
    'applies each event once though leaders are killed all the time',
    { timeout: 120_000 },
    async () => {
      const { admin, first, second } = await leaderAndFollower();
      const over = new AbortController();
      const killing = killLeaders(admin, over.signal);
      killing.catch(() => undefined);
      await Promise.all(
        [first, first, second, second].map(({ store }, writer) => writeOn(store, writer)),
      );
      over.abort();
      expect(await killing).toBeGreaterThan(2);
      await expectFolded([first, second]);
    },
  );
});
