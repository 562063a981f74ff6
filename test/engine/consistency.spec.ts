import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { positionOf, type Position, type RecordedEvent } from '../../src/core/event.js';
import { BeyondTheEnd } from '../../src/core/moment.js';
import type { AnyProjection, Projection, ReadModel } from '../../src/core/projection.js';
import { ProjectionBehind, Projector } from '../../src/engine/projector.js';
import { usersProjection } from '../../src/domains/user/projection.js';
import { MemoryReadModels } from '../../src/stores/memory-models.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { METADATA } from '../support/metadata.js';
import { HeldReadModels } from './held-models.js';
import { named, upTo, wholeLog, write } from './log.js';
import { isPending } from './pending.js';
import { create, rename, startUsers, type Users } from './users.js';

const PATIENCE = 1_000;

// Time stands still, so that nobody loses patience unless the test says so; the rest goes on.
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

/** Counts events, and cannot go on at a name that is poison. */
const fragile: AnyProjection = {
  name: 'fragile',
  version: 3,
  aggregateType: 'User',
  apply: (row, event) => {
    if (event.data['name'] === 'poison') throw new Error('cannot go on');
    return Number(row ?? 0) + 1;
  },
  field: () => '',
  fields: [],
  orders: {},
  sortValue: () => 0,
};

/** A user whose rename is in the log, but not yet in the projection. */
async function behind() {
  const models = new HeldReadModels();
  const users = await startUsers(new MemoryStore(), [], models, PATIENCE);
  await users.send(create('ada'), 0);
  models.hold();
  const renamed = users.send(rename('ada', 'Countess'), 1);
  expect(await isPending(renamed)).toBe(true);
  expect(await users.store.head()).toMatchObject({ position: 2 });
  return { ...users, models, renamed };
}

const consistent = (
  { app }: Pick<Users, 'app'>,
  position: number,
  of: AnyProjection = usersProjection,
) => app.projector.consistentWith(of, positionOf(position));

/** What a reader was told instead of an answer; heard from the start, whenever it comes. */
const refusalOf = (reading: Promise<void>): Promise<unknown> =>
  reading.then(
    () => null,
    (reason: unknown) => reason,
  );

describe('a reader that asks for a position', () => {
  it('waits until the projection has reached it, and then sees what is there', async () => {
    const users = await behind();
    const reading = consistent(users, 2);
    expect(await isPending(reading)).toBe(true);
    expect(await users.shown('ada')).toMatchObject({ version: 1 });
    users.models.release();
    await expect(reading).resolves.toBeUndefined();
    expect(await users.shown('ada')).toMatchObject({ version: 2, state: { name: 'Countess' } });
  });

  it('need not wait for what is there already, nor for what is later', async () => {
    const users = await behind();
    const timers = vi.getTimerCount();
    await expect(consistent(users, 0)).resolves.toBeUndefined();
    await expect(consistent(users, 1)).resolves.toBeUndefined();
    expect(vi.getTimerCount()).toBe(timers);
  });

  it('is told at once of one that the log has not, though the projection is behind', async () => {
    const users = await behind();
    const asked = { what: 'position', asked: 3, highest: 2 };
    await expect(consistent(users, 3)).rejects.toThrow(BeyondTheEnd);
    await expect(consistent(users, 3)).rejects.toMatchObject(asked);
  });

  it('is told how far the projection came when that takes too long', async () => {
    const users = await behind();
    const told = refusalOf(consistent(users, 2));
    expect(await isPending(told)).toBe(true);
    vi.advanceTimersByTime(PATIENCE - 1);
    expect(await isPending(told)).toBe(true);
    vi.advanceTimersByTime(1);
    expect(await told).toMatchObject({
      name: 'ProjectionBehind',
      message: 'Projection users has not reached position 2; it is at 1.',
      reached: 1,
    });
  });

  it('may ask again after it has given up', async () => {
    const users = await behind();
    const first = refusalOf(consistent(users, 2));
    expect(await isPending(first)).toBe(true);
    vi.advanceTimersByTime(PATIENCE);
    expect(await first).toBeInstanceOf(ProjectionBehind);
    const second = consistent(users, 2);
    expect(await isPending(second)).toBe(true);
    users.models.release();
    await expect(second).resolves.toBeUndefined();
    await users.renamed;
  });

  it('leaves nothing behind when it gives up, nor do a thousand', async () => {
    const users = await behind();
    const timers = vi.getTimerCount();
    const readings = upTo(1_000).map(() => refusalOf(consistent(users, 2)));
    expect(await isPending(Promise.race(readings))).toBe(true);
    expect(vi.getTimerCount()).toBe(timers + 1_000);
    vi.advanceTimersByTime(PATIENCE);
    const told = await Promise.all(readings);
    expect(told.every((each) => each instanceof ProjectionBehind)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is told at once of a projection that has failed, if that is before the position', async () => {
    const users = await startUsers(new MemoryStore(), [fragile]);
    await users.send(create('ada'), 0);
    await users.send(rename('ada', 'poison'), 1);
    await expect(consistent(users, 1, fragile)).resolves.toBeUndefined();
    await expect(consistent(users, 2, fragile)).rejects.toMatchObject({
      name: 'ProjectionBehind',
      message: 'Projection fragile has not reached position 2; it is at 1.',
      reached: 1,
    });
    await expect(consistent(users, 2)).resolves.toBeUndefined();
  });

  it('is told when the projection fails while it waits', async () => {
    const models = new HeldReadModels();
    const users = await startUsers(new MemoryStore(), [fragile], models);
    models.hold();
    const sent = users.send(create('ada', 'poison'), 0);
    expect(await isPending(sent)).toBe(true);
    const reading = consistent(users, 1, fragile);
    expect(await isPending(reading)).toBe(true);
    models.release();
    await expect(reading).rejects.toMatchObject({ name: 'ProjectionBehind', reached: 0 });
    expect(await sent).toMatchObject({ kind: 'accepted' });
  });

  it('sees a projection move on by what is about something else', async () => {
    const users = await startUsers();
    await users.store.append({
      stream: { type: 'Order', id: 'order-1' },
      expectedVersion: 0,
      events: [{ id: 'event-1', type: 'OrderPlaced', schemaVersion: 1, data: {} }],
      metadata: METADATA,
      claims: [],
      releases: [],
    });
    await expect(consistent(users, 1)).resolves.toBeUndefined();
  });

  it('must ask of a projection that was started', async () => {
    const users = await startUsers();
    await expect(consistent(users, 0, fragile)).rejects.toThrow('fragile was not started');
  });
});

describe('a command', () => {
  it('is answered after a while though a projection is behind: it is in the log', async () => {
    const users = await behind();
    expect(await isPending(users.renamed)).toBe(true);
    vi.advanceTimersByTime(PATIENCE);
    expect(await users.renamed).toMatchObject({ kind: 'accepted', position: 2 });
    expect(await users.shown('ada')).toMatchObject({ version: 1 });
    users.models.release();
  });
});

/** Read models that were filled before, as far as a position, and are held from then on. */
class FilledReadModels extends HeldReadModels {
  constructor(
    private readonly log: readonly RecordedEvent[],
    private readonly through: Position,
  ) {
    super();
  }

  override async open<Row, Field extends string, Order extends string>(
    projection: Projection<Row, Field, Order>,
  ): Promise<ReadModel<Row, Field, Order>> {
    const model = await super.open(projection);
    const before = this.log.filter((event) => event.position <= this.through);
    await model.apply(before, this.through);
    this.hold();
    return model;
  }
}

async function storeOfFive(): Promise<MemoryStore> {
  const store = new MemoryStore();
  const created = { name: 'Ada', email: null, status: 'active' };
  await write(store, 'ada', { type: 'UserCreated', data: created });
  await write(store, 'ada', ...upTo(4).map((each) => named(`name ${each}`)));
  return store;
}

const startProjector = (store: MemoryStore, readModels: MemoryReadModels, of: AnyProjection) =>
  Projector.start({
    store,
    readModels,
    projections: [of],
    patience: PATIENCE,
    onProjectionNews: () => undefined,
  });

describe('a projection tells', () => {
  const told = { name: 'users', version: 1 };

  it('its name and version, and that it follows the log', async () => {
    const { app, send } = await startUsers(new MemoryStore(), [fragile]);
    await send(create('ada'), 0);
    expect(app.projector.states()).toEqual([
      { name: 'fragile', version: 3, position: 1, status: 'LIVE' },
      { name: 'users', version: 1, position: 1, status: 'LIVE' },
    ]);
  });

  it('that it follows a log in which nothing is yet', async () => {
    const { app } = await startUsers();
    // There is nothing to rebuild: whoever waits for LIVE would wait for the first command ever.
    await expect
      .poll(() => app.projector.states())
      .toEqual([{ ...told, position: 0, status: 'LIVE' }]);
  });

  it('that it follows the log when it was at its end from the start', async () => {
    const store = await storeOfFive();
    const models = new FilledReadModels(await wholeLog(store), positionOf(5));
    const projector = await startProjector(store, models, usersProjection);
    models.release();
    // Its first look at the log finds nothing that is left to do.
    await expect.poll(() => projector.states()).toEqual([{ ...told, position: 5, status: 'LIVE' }]);
    await projector.stop();
  });

  it('that it is folded anew, until it has come to the end', async () => {
    const [store, models] = [await storeOfFive(), new HeldReadModels()];
    models.hold();
    const projector = await startProjector(store, models, usersProjection);
    expect(await isPending(projector.reached(positionOf(1)))).toBe(true);
    expect(projector.states()).toEqual([{ ...told, position: 0, status: 'REBUILDING' }]);
    models.release();
    await projector.reached(positionOf(5));
    expect(projector.states()).toEqual([{ ...told, position: 5, status: 'LIVE' }]);
  });

  it('that it catches up with what was appended without it', async () => {
    const store = await storeOfFive();
    const models = new FilledReadModels(await wholeLog(store), positionOf(3));
    const projector = await startProjector(store, models, usersProjection);
    expect(await isPending(projector.reached(positionOf(4)))).toBe(true);
    expect(projector.states()).toEqual([{ ...told, position: 3, status: 'CATCHING_UP' }]);
    models.release();
    await projector.reached(positionOf(5));
    expect(projector.states()).toEqual([{ ...told, position: 5, status: 'LIVE' }]);
    expect(await projector.model(usersProjection).get('ada')).toMatchObject({ version: 5 });
  });

  it('that it stopped just before the event that it cannot apply', async () => {
    const store = await storeOfFive();
    await write(store, 'ada', named('poison'), named('name 6'));
    const projector = await startProjector(store, new MemoryReadModels(), fragile);
    await projector.reached(positionOf(7));
    const stopped = { name: 'fragile', version: 3, position: 5, status: 'FAILED' };
    expect(projector.states()).toEqual([stopped]);
    await write(store, 'ada', named('name 7'));
    await projector.reached(positionOf(8));
    expect(projector.states()).toEqual([stopped]);
  });
});
