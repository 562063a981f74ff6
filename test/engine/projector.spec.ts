import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { positionOf, START, type RecordedEvent } from '../../src/core/event.js';
import { StoreUnavailable, type Head } from '../../src/core/event-store.js';
import type { AnyProjection } from '../../src/core/projection.js';
import { faults } from '../../src/engine/app.js';
import { Projecting, type ProjectionNews } from '../../src/engine/projecting.js';
import { Projector } from '../../src/engine/projector.js';
import { usersProjection } from '../../src/domains/user/projection.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { HeldReadModels } from './held-models.js';
import { named, positions, upTo, write } from './log.js';
import { isPending } from './pending.js';
import { METADATA } from '../support/metadata.js';
import { create, grow, rename, startUsers } from './users.js';

const CREATED = { type: 'UserCreated', data: { name: 'Ada', email: null, status: 'active' } };

/** Counts the events of each user, and keeps what it was given; fails where it is told to. */
function counting(failsAt?: (event: RecordedEvent) => boolean) {
  const given: RecordedEvent[] = [];
  const cause = new Error('cannot go on');
  const projection: AnyProjection = {
    name: 'counting',
    aggregateType: 'User',
    apply: (row, event) => {
      if (failsAt?.(event)) throw cause;
      given.push(event);
      return Number(row ?? 0) + 1;
    },
    version: 1,
    field: () => '',
    fields: [],
    orders: {},
    sortValue: () => 0,
  };
  return { projection, given, cause };
}

/** As a fold that takes a tenth of a millisecond for each event. */
function takeTime(): number {
  const until = performance.now() + 0.1;
  while (performance.now() < until);
  return 0;
}

const isPoison = (event: RecordedEvent): boolean => event.data['name'] === 'poison';

describe('projections', () => {
  it('have seen an accepted command when it is answered', async () => {
    const { send, shown } = await startUsers();
    await send(create('ada'), 0);
    expect(await shown('ada')).toMatchObject({ version: 1, state: { name: 'Ada' } });
    await send(rename('ada', 'Countess'), 1);
    expect(await shown('ada')).toMatchObject({ version: 2, state: { name: 'Countess' } });
  });

  it('are given each event once, in the order of the log, whoever sends commands', async () => {
    const { projection, given } = counting();
    const { send } = await startUsers(new MemoryStore(), [projection]);
    const users = upTo(40).map((user) => `user-${user}`);
    await Promise.all(users.map((user) => send(create(user), 0)));
    await Promise.all(users.map((user) => send(rename(user, 'Bob'), 1)));
    expect(positions(given)).toEqual(upTo(80));
  });

  it('have caught up with the log, however long, when the app has started', async () => {
    const store = new MemoryStore();
    await write(store, 'ada', CREATED, ...upTo(1499).map((each) => named(`name ${each}`)));
    const { projection, given } = counting();
    const { app, shown } = await startUsers(store, [projection]);
    expect(await shown('ada')).toMatchObject({ version: 1500, state: { name: 'name 1499' } });
    expect(positions(given)).toEqual(upTo(1500));
    expect(app.projector.model(usersProjection).position()).toBe(1500);
  });

  it('let others have their turn while they catch up', async () => {
    const store = new MemoryStore();
    await write(store, 'ada', CREATED, ...upTo(4_999).map((each) => named(`name ${each}`)));
    let turns = 0;
    const othersTurns = setInterval(() => {
      turns += 1;
    }, 0);
    onTestFinished(() => clearInterval(othersTurns));
    const { projection } = counting();
    const slow: AnyProjection = { ...projection, apply: takeTime };
    await startUsers(store, [slow]);
    // Half a second's work, of which nobody waits for more than a slice.
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  it('pass over what is about something else', async () => {
    const store = new MemoryStore();
    const { app, send } = await startUsers(store);
    await send(create('ada'), 0);
    await store.append({
      stream: { type: 'Order', id: 'order-1' },
      expectedVersion: 0,
      events: [{ id: 'event-2', type: 'OrderPlaced', schemaVersion: 1, data: {} }],
      metadata: METADATA,
      claims: [],
      releases: [],
    });
    await send(create('bob'), 0);
    expect(app.projector.model(usersProjection).position()).toBe(3);
    expect(await app.projector.model(usersProjection).count([])).toBe(2);
    expect(faults(app)).toEqual([]);
  });

  it('can be waited for', async () => {
    const store = new MemoryStore();
    const { app, shown } = await startUsers(store);
    const reached = app.projector.reached((await store.head()).position);
    await expect(reached).resolves.toBeUndefined();
    await write(store, 'ada', CREATED);
    await app.projector.reached((await store.head()).position);
    expect(await shown('ada')).toMatchObject({ version: 1 });
  });

  it('are known by the projection they were started with', async () => {
    const { app } = await startUsers();
    expect(() => app.projector.model(counting().projection)).toThrow(
      'projection counting was not started',
    );
  });

  it('let go of the waiting when they are stopped', async () => {
    const store = new MemoryStore();
    const { app } = await startUsers(store);
    await write(store, 'ada', CREATED);
    const reached = app.projector.reached((await store.head()).position);
    await app.close();
    await expect(reached).resolves.toBeUndefined();
    await expect(app.projector.reached(positionOf(9))).resolves.toBeUndefined();
  });
});

describe('a slow projection', () => {
  it('keeps an accepted command waiting until it has seen it', async () => {
    const models = new HeldReadModels();
    const { send, store, shown } = await startUsers(new MemoryStore(), [], models);
    models.hold();
    const sent = send(create('ada'), 0);
    expect(await isPending(sent)).toBe(true);
    expect(await store.head()).toMatchObject({ position: 1 });
    models.release();
    expect(await sent).toMatchObject({ kind: 'accepted', position: 1 });
    expect(await shown('ada')).toMatchObject({ version: 1 });
  });

  it('keeps a command waiting that changes nothing, for what it rests on', async () => {
    const models = new HeldReadModels();
    const { send } = await startUsers(new MemoryStore(), [], models);
    models.hold();
    const first = send(create('ada', 'Ada'), 0);
    expect(await isPending(first)).toBe(true);
    const again = send(rename('ada', 'Ada'), 1);
    expect(await isPending(again)).toBe(true);
    models.release();
    expect(await again).toMatchObject({ kind: 'accepted', events: [], position: 1 });
    expect(await first).toMatchObject({ kind: 'accepted', position: 1 });
  });

  it('ends what it is at before the app is closed', async () => {
    const models = new HeldReadModels();
    const { app, send, shown } = await startUsers(new MemoryStore(), [], models);
    models.hold();
    const sent = send(create('ada'), 0);
    expect(await isPending(sent)).toBe(true);
    const closed = app.close();
    expect(await isPending(closed)).toBe(true);
    models.release();
    await closed;
    expect(await sent).toMatchObject({ kind: 'accepted' });
    expect(await shown('ada')).toMatchObject({ version: 1 });
  });
});

describe('a projection that fails', () => {
  it('does not make a committed command look failed, nor hold up the others', async () => {
    const { projection, cause } = counting(isPoison);
    const { app, send, shown, news } = await startUsers(new MemoryStore(), [projection]);
    await send(create('ada'), 0);
    const failing = app.projector.model(projection);

    expect(await send(rename('ada', 'poison'), 1)).toMatchObject({ kind: 'accepted', position: 2 });
    expect(await shown('ada')).toMatchObject({ version: 2, state: { name: 'poison' } });
    expect(failing.position()).toBe(1);
    expect(news).toEqual([{ kind: 'failed', projection: 'counting', position: 1, cause }]);
    expect(faults(app)).toEqual(['projection counting fails at position 1']);

    expect(await send(rename('ada', 'Ada'), 2)).toMatchObject({ kind: 'accepted', position: 3 });
    expect(await shown('ada')).toMatchObject({ version: 3, state: { name: 'Ada' } });
    expect(failing.position()).toBe(1);
    expect(await failing.get('ada')).toBe(1);
    expect(news).toHaveLength(1);
    expect(faults(app)).toHaveLength(1);
  });

  it('answers every one of the commands that wait for it', async () => {
    const { projection } = counting(isPoison);
    const { send, news } = await startUsers(new MemoryStore(), [projection]);
    const outcomes = await Promise.all(
      upTo(30).map((user) => send(create(`user-${user}`, user === 15 ? 'poison' : 'Ada'), 0)),
    );
    expect(new Set(outcomes.map((outcome) => outcome.kind))).toEqual(new Set(['accepted']));
    expect(news).toMatchObject([{ projection: 'counting', position: 14 }]);
  });

  it('stays just behind the event, though it was among others, and lets the app start', async () => {
    const store = new MemoryStore();
    await grow(await startUsers(store), 'ada', 5);
    const { projection, given } = counting((event) => event.version === 4);
    const { app, news } = await startUsers(store, [projection]);
    expect(news).toMatchObject([{ projection: 'counting', position: 3 }]);
    expect(positions(given)).toEqual([1, 2, 3]);
    expect(await app.projector.model(projection).get('ada')).toBe(3);
    expect(app.projector.model(usersProjection).position()).toBe(5);
  });

  it('is the users projection itself, for an event of no meaning to it', async () => {
    const { projection, given } = counting();
    const { app, store, send, news } = await startUsers(new MemoryStore(), [projection]);
    await send(create('ada'), 0);
    await write(store, 'ada', { type: 'UserTeleported', data: {} });
    await send(create('bob'), 0);
    expect(news).toMatchObject([{ projection: 'users', cause: { name: 'UnknownEvent' } }]);
    expect(positions(given)).toEqual([1, 2, 3]);
    expect(app.projector.failures()).toMatchObject([{ projection: 'users', position: 1 }]);
  });
});

describe('a projection that can go on again', () => {
  it('does so by itself, from where it was', { timeout: 10_000 }, async () => {
    let isFull = true;
    const { projection, given } = counting((event) => isFull && isPoison(event));
    const { app, send, news } = await startUsers(new MemoryStore(), [projection]);
    await send(create('ada', 'poison'), 0);
    await send(rename('ada', 'Ada'), 1);
    expect(app.projector.states()).toMatchObject([{ status: 'FAILED', position: 0 }, {}]);
    isFull = false;
    await vi.waitUntil(() => app.projector.model(projection).position() === 2, {
      timeout: 5_000,
    });
    expect(positions(given)).toEqual([1, 2]);
    expect(faults(app)).toEqual([]);
    expect(app.projector.states()).toMatchObject([{ status: 'LIVE', position: 2 }, {}]);
    expect(news).toMatchObject([
      { kind: 'failed', projection: 'counting', position: 0 },
      { kind: 'goes on', projection: 'counting', position: 2 },
    ]);
  });

  it('is told of once, however often it fails alike', { timeout: 10_000 }, async () => {
    let tries = 0;
    const { projection } = counting((event) => {
      if (isPoison(event)) tries += 1;
      return isPoison(event);
    });
    const { send, news } = await startUsers(new MemoryStore(), [projection]);
    await send(create('ada', 'poison'), 0);
    await vi.waitUntil(() => tries >= 3, { timeout: 5_000 });
    expect(news).toHaveLength(1);
  });

  it('is told of once, also where the text of the cause varies', { timeout: 10_000 }, async () => {
    let tries = 0;
    const { projection } = counting();
    const failing: AnyProjection = {
      ...projection,
      apply: () => {
        tries += 1;
        throw new RangeError(`try ${tries}`);
      },
    };
    const { send, news } = await startUsers(new MemoryStore(), [failing]);
    await send(create('ada'), 0);
    await vi.waitUntil(() => tries >= 3, { timeout: 5_000 });
    expect(news).toMatchObject([{ kind: 'failed', projection: 'counting' }]);
  });

  it('is stopped at once while it waits for its next try', async () => {
    const { projection } = counting(isPoison);
    const { app, send } = await startUsers(new MemoryStore(), [projection]);
    await send(create('ada', 'poison'), 0);
    const before = performance.now();
    await app.close();
    expect(performance.now() - before).toBeLessThan(500);
  });
});

describe('a projection whose rows cannot be reached', () => {
  it('is left for a second, and has not failed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const store = new MemoryStore();
    await write(store, 'ada', CREATED);
    let tries = 0;
    const model = {
      ...(await new HeldReadModels().open(counting().projection)),
      apply: () => {
        tries += 1;
        return Promise.reject(new StoreUnavailable('away'));
      },
    };
    const news: ProjectionNews[] = [];
    const projecting = new Projecting(model, store, START, (each) => news.push(each));
    onTestFinished(() => projecting.stop());
    await vi.advanceTimersByTimeAsync(900);
    expect(tries).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(tries).toBe(2);
    expect([projecting.failure, news]).toEqual([null, []]);
  });
});

/** A store whose end cannot be told while a test says so. */
class EndlessStore extends MemoryStore {
  isEndless = false;

  override async head(): Promise<Head> {
    if (this.isEndless) throw new Error('cancelled');
    return super.head();
  }
}

/** A projection that fails as it would lead, and finds another process leading from then on. */
async function failingAtTheEnd(store: EndlessStore) {
  const news: ProjectionNews[] = [];
  let asked = 0;
  let letGo: ((leads: boolean) => void) | undefined;
  const model = {
    ...(await new HeldReadModels().open(counting().projection)),
    lead: () => {
      asked += 1;
      return new Promise<boolean>((resolve, reject) => {
        letGo = resolve;
        if (asked === 1) reject(new Error('cancelled'));
      });
    },
    leave: async () => letGo?.(false),
  };
  const projecting = new Projecting(model, store, START, (each) => news.push(each));
  onTestFinished(() => projecting.stop());
  return { projecting, news, asked: () => asked };
}

describe('a failure where nothing is left to fold', () => {
  it('counts for nothing', async () => {
    const { projecting, news, asked } = await failingAtTheEnd(new EndlessStore());
    await vi.waitUntil(() => asked() === 2, { timeout: 5_000 });
    expect([projecting.status, news]).toEqual(['LIVE', []]);
  });

  it('is over as soon as that is known', async () => {
    const store = new EndlessStore();
    store.isEndless = true;
    const { projecting, news } = await failingAtTheEnd(store);
    await vi.waitUntil(() => projecting.status === 'FAILED');
    store.isEndless = false;
    await vi.waitUntil(() => projecting.status === 'LIVE', { timeout: 5_000 });
    expect(news.map(({ kind }) => kind)).toEqual(['failed', 'goes on']);
  });
});

describe('the start', () => {
  it('tells how far a projection is that it waits for', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const store = new MemoryStore();
    await write(store, 'ada', CREATED, named('Countess'));
    const models = new HeldReadModels();
    models.hold();
    const news: ProjectionNews[] = [];
    const projector = await Projector.start({
      store,
      readModels: models,
      projections: [usersProjection],
      patience: 1_000,
      onProjectionNews: (each) => news.push(each),
    });
    onTestFinished(() => projector.stop());
    const caughtUp = projector.caughtUp();
    vi.advanceTimersByTime(11_000);
    models.release();
    await caughtUp;
    vi.advanceTimersByTime(60_000);
    const told = { kind: 'catches up', projection: 'users', position: 0, goal: 2 };
    expect(news).toEqual([told, told]);
  });

  it('tells nothing of the way of a projection that fails', async () => {
    const store = new MemoryStore();
    await write(store, 'ada', CREATED);
    const news: ProjectionNews[] = [];
    const { projection } = counting(() => true);
    const model = await new HeldReadModels().open(projection);
    const projecting = new Projecting(model, store, positionOf(1), (each) => news.push(each));
    onTestFinished(() => projecting.stop());
    projecting.tellOfTheWay();
    await vi.waitUntil(() => projecting.status === 'FAILED');
    projecting.tellOfTheWay();
    expect(news.map(({ kind }) => kind)).toEqual(['catches up', 'failed']);
  });
});

describe('the faults of an app', () => {
  it('are none while all is well', async () => {
    expect(faults((await startUsers()).app)).toEqual([]);
  });

  it('name the store, then the projections', async () => {
    const { projection } = counting(isPoison);
    const { app, send } = await startUsers(new MemoryStore(), [projection]);
    await send(create('ada', 'poison'), 0);
    await app.close();
    expect(faults(app)).toEqual([
      'The store is closed.',
      'projection counting fails at position 0',
    ]);
  });
});
