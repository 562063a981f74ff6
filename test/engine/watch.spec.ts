import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { watch } from '../../src/engine/watch.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import { CountingStore } from './counting-store.js';
import { named, upTo, write } from './log.js';
import { isPending } from './pending.js';
import { create, deactivate, grow, rename, startUsers, VOCABULARY, type Users } from './users.js';

const END = { done: true, value: undefined };

/** Users with Ada among them, at a version. */
async function startWithAda(version = 1): Promise<Users & { readonly counted: CountingStore }> {
  const counted = new CountingStore({ vocabulary: VOCABULARY });
  const users = await startUsers(counted);
  await grow(users, 'ada', version);
  return { ...users, counted };
}

async function watchAda({ app }: Users) {
  const watching = await watch(app, userAggregate, 'ada');
  if (watching === undefined) throw new Error('there is no Ada');
  return watching;
}

describe('a watcher', () => {
  it('is shown the aggregate now, and again after each change', async () => {
    const users = await startWithAda(2);
    const watching = await watchAda(users);
    expect((await watching.next()).value).toMatchObject({ version: 2, state: { name: 'name 2' } });
    const next = watching.next();
    expect(await isPending(next)).toBe(true);
    await users.send(rename('ada', 'Ann'), 2);
    expect((await next).value).toMatchObject({ version: 3, state: { name: 'Ann' } });
    await users.send(deactivate('ada'), 3);
    expect((await watching.next()).value).toMatchObject({
      version: 4,
      state: { name: 'Ann', status: 'deactivated' },
    });
  });

  it('does not hear of others', async () => {
    const users = await startWithAda();
    const watching = await watchAda(users);
    await watching.next();
    const next = watching.next();
    await users.send(create('bob'), 0);
    await write(users.store, 'eve', named('Eve'));
    expect(await isPending(next)).toBe(true);
    await users.send(rename('ada', 'Ann'), 1);
    expect((await next).value).toMatchObject({ version: 2 });
  });

  it('that is slow is shown changes that came meanwhile as one', async () => {
    const users = await startWithAda();
    const watching = await watchAda(users);
    await watching.next();
    await users.send(rename('ada', 'one'), 1);
    await users.send(rename('ada', 'two'), 2);
    await users.send(rename('ada', 'three'), 3);
    expect((await watching.next()).value).toMatchObject({ version: 4, state: { name: 'three' } });
    expect(await isPending(watching.next())).toBe(true);
  });

  it('is shown more changes than one read holds as one, too', async () => {
    const users = await startWithAda();
    const watching = await watchAda(users);
    await watching.next();
    await write(users.store, 'ada', ...upTo(1_300).map((each) => named(`name ${each}`)));
    expect((await watching.next()).value).toMatchObject({ version: 1_301 });
    const next = watching.next();
    expect(await isPending(next)).toBe(true);
    await users.send(rename('ada', 'Ann'), 1_301);
    expect((await next).value).toMatchObject({ version: 1_302, state: { name: 'Ann' } });
  });

  it('misses nothing that happens before it first asks', async () => {
    const users = await startWithAda();
    const watching = await watchAda(users);
    await users.send(rename('ada', 'Ann'), 1);
    const seen = [(await watching.next()).value?.version];
    if (seen[0] === 1) seen.push((await watching.next()).value?.version);
    expect(seen.at(-1)).toBe(2);
    expect(await isPending(watching.next())).toBe(true);
  });

  it('of nobody is told so, and nothing listens', async () => {
    const users = await startWithAda();
    const before = users.counted.listeners;
    expect(await watch(users.app, userAggregate, 'bob')).toBeUndefined();
    expect(users.counted.listeners).toBe(before);
  });
});

describe('a watcher that goes away', () => {
  it('lets go of the store at once, though it waits', async () => {
    const users = await startWithAda();
    const before = users.counted.listeners;
    const watching = await watchAda(users);
    await watching.next();
    const next = watching.next();
    expect(await isPending(next)).toBe(true);
    expect(users.counted.listeners).toBe(before + 1);
    expect(await watching.return()).toEqual(END);
    expect(users.counted.listeners).toBe(before);
    expect(await next).toEqual(END);
  });

  it('before it asked is shown nothing', async () => {
    const users = await startWithAda();
    const before = users.counted.listeners;
    const watching = await watchAda(users);
    await watching.return();
    expect(users.counted.listeners).toBe(before);
    expect(await watching.next()).toEqual(END);
  });

  it('is shown nothing that happens afterwards', async () => {
    const users = await startWithAda();
    const watching = await watchAda(users);
    await watching.next();
    await watching.return();
    await users.send(rename('ada', 'Ann'), 1);
    expect(await watching.next()).toEqual(END);
  });

  it('is what a loop leaves behind', async () => {
    const users = await startWithAda();
    const before = users.counted.listeners;
    for await (const { version } of await watchAda(users)) {
      expect(version).toBe(1);
      break;
    }
    expect(users.counted.listeners).toBe(before);
  });
});

describe('an event of unknown meaning', () => {
  const UNKNOWN = { type: 'UserTeleported', data: { to: 'Paris' } };

  it('ends the watching with an error, and the store is let go of', async () => {
    const users = await startWithAda();
    const watching = await watchAda(users);
    await watching.next();
    const next = watching.next();
    const [refused] = await Promise.allSettled([next, write(users.store, 'ada', UNKNOWN)]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { name: 'UnknownEvent' } });
    expect(await watching.next()).toEqual(END);
    // The projection stops before such an event, too.
    expect(users.counted.listeners).toBe(0);
  });

  it('keeps a watching from beginning', async () => {
    const users = await startWithAda();
    await write(users.store, 'ada', UNKNOWN);
    const watching = watch(users.app, userAggregate, 'ada');
    await expect(watching).rejects.toMatchObject({ name: 'UnknownEvent' });
    expect(users.counted.listeners).toBe(0);
  });
});

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('ask' as const) }),
    fc.record({
      do: fc.constant('append' as const),
      id: fc.constantFrom('ada', 'ada', 'bob'),
      count: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({ do: fc.constant('pause' as const) }),
  ),
  { maxLength: 30 },
);

describe('a watcher that asks at any time', () => {
  it('is shown later and later versions, and the latest last', async () => {
    const property = fc.asyncProperty(steps, async (plan) => {
      const users = await startWithAda();
      const watching = await watchAda(users);
      const asked: Promise<unknown>[] = [];
      const seen: number[] = [];
      const ask = () => {
        const next = watching.next().then(({ done, value }) => {
          if (!done) seen.push(value.version);
        });
        asked.push(next);
        return next;
      };
      for (const step of plan) {
        if (step.do === 'ask') void ask();
        else if (step.do === 'pause') await setImmediate();
        else await write(users.store, step.id, ...upTo(step.count).map(() => named('Ann')));
      }
      while (!(await isPending(ask())));
      const final = await users.store.versionAt({ type: 'User', id: 'ada' });
      await expect.poll(() => seen.at(-1)).toBe(final);
      expect(seen).toEqual([...new Set(seen)].toSorted((one, other) => one - other));
      await watching.return();
      await Promise.all(asked);
    });
    await fc.assert(property, { numRuns: 200 });
  });
});
