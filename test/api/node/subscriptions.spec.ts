import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { LogRange, LogSlice } from '../../../src/core/event-store.js';
import { CountingStore } from '../../engine/counting-store.js';
import { named, upTo, write } from '../../engine/log.js';
import { isPending } from '../../engine/pending.js';
import { at, framesOf, openPipe, positionsOf } from './pipe.js';
import { command, query, subscribe, unsubscribe } from './talk.js';

const create = (id: string) => command('CreateUser', { id, name: 'John' });
const rename = (id: string, version: number) =>
  command('RenameUser', { id, name: `Name ${version + 1}` }, version);

/** So many events of one user. */
const life = (count: number) => [
  { type: 'UserCreated', data: { name: 'Ada', email: null, status: 'active' } },
  ...upTo(count - 1).map((version) => named(`Name ${version}`)),
];

/** A store whose log cannot be read at times. */
class BreakingStore extends CountingStore {
  broken = false;

  override readLog(range: LogRange): Promise<LogSlice> {
    return this.broken ? Promise.reject(new Error('secret')) : super.readLog(range);
  }
}

/** A store that holds so many events of ada's. */
async function storeWith(count: number): Promise<BreakingStore> {
  const store = new BreakingStore();
  await write(store, 'ada', ...life(count));
  return store;
}

describe('a subscription on the node protocol', () => {
  it('is answered, then told where it begins, then what is appended', async () => {
    const pipe = await openPipe(await storeWith(2));
    await pipe.say(subscribe('s1'), create('u1'));
    await pipe.until(at(3));
    expect(pipe.lines.filter(({ type }) => type !== 'command_result')).toEqual([
      { type: 'subscribe_ok', in_reply_to: 9, subscription: 's1' },
      { type: 'event', subscription: 's1', position: 2, caughtUp: true, event: null },
      {
        type: 'event',
        subscription: 's1',
        position: 3,
        caughtUp: true,
        event: {
          eventType: 'UserCreated',
          aggregateId: 'u1',
          version: 1,
          position: 3,
          recordedAt: expect.stringMatching(/Z$/),
          data: { name: 'John', email: null, status: 'active' },
        },
      },
    ]);
  });

  it('resumes after a position, and says when it has caught up', async () => {
    const pipe = await openPipe(await storeWith(3));
    await pipe.say(subscribe('s1', { after: 1 }));
    await pipe.until(at(3));
    expect(framesOf(pipe)).toMatchObject([
      { position: 1, caughtUp: false, event: null },
      { position: 2, caughtUp: false, event: { eventType: 'UserRenamed' } },
      { position: 3, caughtUp: true, event: { eventType: 'UserRenamed' } },
    ]);
  });

  it('is told each event once and in order while commands are answered in theirs', async () => {
    const pipe = await openPipe(await storeWith(100));
    const commands = upTo(49).map((version) => rename('u1', version));
    const asked = [subscribe('s1', { after: 0 }), create('u1'), ...commands];
    for (const message of [...asked, query('GetUser', { userId: 'u1' })]) {
      await pipe.say(message);
      // In memory nothing else waits for anything, as input from outside does.
      await setImmediate();
    }
    await pipe.until(at(150));
    expect(positionsOf(pipe)).toEqual(upTo(150));
    const replies = pipe.lines.filter(({ type }) => type !== 'event');
    expect(replies).toHaveLength(52);
    expect(replies.slice(1, -1)).toMatchObject(replies.slice(1, -1).map(() => ({ success: true })));
    expect(replies.at(-1)).toMatchObject({ data: { name: 'Name 50' } });
    const lastReply = pipe.lines.findIndex(({ type }) => type === 'query_result');
    expect(pipe.lines.findIndex(at(1))).toBeLessThan(lastReply);
  });

  it('lets the input be read in the middle of a backlog', async () => {
    const pipe = await openPipe(await storeWith(1_000));
    await pipe.say(subscribe('s1', { after: 0 }));
    await pipe.until(at(5));
    await setImmediate();
    expect(framesOf(pipe).length).toBeLessThan(100);
  });

  it.each([
    ['an aggregate', { aggregateType: 'User', aggregateId: 'u1' }, [3, 5]],
    ['a type of events', { types: ['UserCreated'] }, [1, 3, 4]],
    ['types of events', { types: ['UserCreated', 'UserRenamed'] }, [1, 2, 3, 4, 5]],
    ['no type', { types: [] }, []],
    ['a request', { correlationId: 'test' }, [1, 2]],
    ['nothing in particular', {}, [1, 2, 3, 4, 5]],
    ['nothing in particular, by null', { aggregateId: null, types: null }, [1, 2, 3, 4, 5]],
    ['no filter, by null', null, [1, 2, 3, 4, 5]],
  ])('is told only of %s', async (_, where, told) => {
    const pipe = await openPipe(await storeWith(2));
    await pipe.say(subscribe('s1', { after: 0, where }), create('u1'), create('u2'));
    await pipe.say(rename('u1', 1));
    await pipe.session.finish();
    expect(positionsOf(pipe)).toEqual(told);
  });

  it('goes its way beside another', async () => {
    const pipe = await openPipe(await storeWith(2));
    await pipe.say(subscribe('s1', { after: 0 }), subscribe('s2'), create('u1'));
    await pipe.until(at(3, 's1'));
    await pipe.until(at(3, 's2'));
    await pipe.say(unsubscribe('s1'), create('u2'));
    await pipe.until(at(4, 's2'));
    expect([positionsOf(pipe, 's1'), positionsOf(pipe, 's2')]).toEqual([
      [1, 2, 3],
      [3, 4],
    ]);
  });

  it('comes in the envelope of who subscribed', async () => {
    const pipe = await openPipe(new CountingStore(), true);
    const written = pipe.lines as readonly unknown[];
    await pipe.say({ src: 'c0', dest: 'n1', body: { type: 'init', node_id: 'n1' } });
    await pipe.say({ src: 'c1', dest: 'n1', body: subscribe('s1') });
    await pipe.say({ src: 'c2', body: create('u1') });
    await pipe.session.finish();
    const frames = written.filter((line) => JSON.stringify(line).includes('"event"'));
    expect(frames).toMatchObject([
      { src: 'n1', dest: 'c1', body: { type: 'event', position: 0, event: null } },
      { src: 'n1', dest: 'c1', body: { type: 'event', position: 1, event: { version: 1 } } },
    ]);
  });
});

describe('unsubscribe', () => {
  it('is the last that is heard of a subscription, though a frame was on its way', async () => {
    const store = await storeWith(50);
    const pipe = await openPipe(store);
    for (let turns = 0; turns < 12; turns += 1) {
      await pipe.say(subscribe('s1', { after: 0 }));
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      await pipe.say(unsubscribe('s1'));
      const written = pipe.lines.length;
      expect(pipe.lines.at(-1)).toEqual({
        type: 'unsubscribe_ok',
        in_reply_to: 10,
        subscription: 's1',
      });
      await setImmediate();
      await setImmediate();
      expect(pipe.lines).toHaveLength(written);
    }
  });

  it('lets go of the log, and the name is free again', async () => {
    const store = await storeWith(1);
    const pipe = await openPipe(store);
    const before = store.listeners;
    await pipe.say(subscribe('s1'));
    await pipe.until(at(1));
    expect(store.listeners).toBe(before + 1);
    await pipe.say(unsubscribe('s1'));
    expect(store.listeners).toBe(before);
    await pipe.say(subscribe('s1'), create('u1'));
    await pipe.until(at(2));
    expect(positionsOf(pipe)).toEqual([2]);
  });

  it('of what is not open is an error', async () => {
    const pipe = await openPipe(new CountingStore());
    await pipe.say(unsubscribe('s1'), subscribe('s1'), unsubscribe('s1'), unsubscribe('s1'));
    const error = {
      type: 'error',
      in_reply_to: 10,
      code: 12,
      text: 'There is no subscription s1.',
    };
    const errors = pipe.lines.filter(({ type }) => type === 'error');
    expect(errors).toEqual([error, error]);
  });
});

describe('subscribe', () => {
  it('beyond the end is an error that names it, and opens nothing', async () => {
    const pipe = await openPipe(await storeWith(3));
    await pipe.say(subscribe('s1', { after: 4 }), unsubscribe('s1'));
    expect(pipe.lines).toMatchObject([
      { in_reply_to: 9, code: 12, text: 'There is no position 4 yet; the highest is 3.' },
      { in_reply_to: 10, code: 12 },
    ]);
  });

  it('under a name that is taken is an error, and the first goes on', async () => {
    const pipe = await openPipe(new CountingStore());
    await pipe.say(subscribe('s1'), subscribe('s1', { after: 0 }), create('u1'));
    await pipe.session.finish();
    expect(pipe.lines.filter(({ type }) => type === 'error')).toEqual([
      { type: 'error', in_reply_to: 9, code: 12, text: 'There is a subscription s1 already.' },
    ]);
    expect(framesOf(pipe)).toHaveLength(2);
  });

  it.each([
    ['no name', { subscription: undefined }, 'subscription'],
    ['an empty name', { subscription: '' }, 'subscription'],
    ['a name that is too long', { subscription: 'x'.repeat(201) }, 'subscription'],
    ['a negative position', { after: -1 }, 'after'],
    ['half a position', { after: 1.5 }, 'after'],
    ['a position as text', { after: '1' }, 'after'],
    ['a filter that there is not', { where: { type: 'UserCreated' } }, 'where'],
    ['a type that is no list', { where: { types: 'UserCreated' } }, 'where.types'],
    ['a number as id', { where: { aggregateId: 1 } }, 'where.aggregateId'],
  ])('is no message with %s', async (_, said, path) => {
    const pipe = await openPipe(new CountingStore());
    await pipe.say(subscribe('s1', said), subscribe('x'.repeat(200)));
    expect(pipe.lines[0]).toEqual({
      type: 'error',
      in_reply_to: 9,
      code: 12,
      text: expect.stringContaining(`${path}: `),
    });
    expect(pipe.lines[1]).toMatchObject({ type: 'subscribe_ok' });
  });
});

describe('an output that takes nothing', () => {
  it('is sent no further frame, and the log is not read for it', async () => {
    const store = await storeWith(600);
    const pipe = await openPipe(store);
    await pipe.say(subscribe('s1', { after: 0 }));
    const release = pipe.hold();
    const answered = pipe.say(create('u1'));
    await pipe.until(({ type }) => type === 'command_result');
    const { reads } = store;
    const written = pipe.lines.length;
    await write(store, 'bob', ...life(2_000));
    // Enough for a pump that does not wait to have sent as many frames.
    for (let turn = 0; turn < 50; turn += 1) await setImmediate();
    expect(await isPending(answered)).toBe(true);
    // The projector reads, too: once for each append.
    expect(store.reads - reads).toBeLessThan(10);
    expect(pipe.lines.length - written).toBeLessThanOrEqual(1);
    release();
    await answered;
    await pipe.session.finish();
    expect(positionsOf(pipe)).toEqual(upTo(2_601));
  });
});

describe('a log that cannot be read', () => {
  const error = {
    type: 'error',
    in_reply_to: null,
    subscription: 's1',
    code: 13,
    text: 'Something went wrong; see the log.',
  };

  it('ends the subscription with an error, and nothing else', async () => {
    const store = await storeWith(1);
    const pipe = await openPipe(store);
    const before = store.listeners;
    await pipe.say(subscribe('s1'));
    await pipe.until(at(1));
    store.broken = true;
    await write(store, 'ada', named('lost'));
    expect(await pipe.until(({ code }) => code === 13)).toEqual(error);
    expect(pipe.logged).toContainEqual({
      err: expect.objectContaining({ message: 'secret' }),
      subscription: 's1',
    });
    expect(store.listeners).toBeLessThanOrEqual(before);
    store.broken = false;
    await pipe.say(unsubscribe('s1'), subscribe('s1', { after: 1 }));
    await pipe.until(at(2));
    expect(positionsOf(pipe)).toEqual([2]);
  });

  it('is told of once at the end of the input', async () => {
    const store = await storeWith(1);
    const pipe = await openPipe(store);
    await pipe.say(subscribe('s1'));
    await pipe.until(at(1));
    store.broken = true;
    await pipe.session.finish();
    expect(pipe.lines.filter(({ type }) => type === 'error')).toEqual([error]);
  });
});

describe('the end of the input', () => {
  it('lets each subscription be told what is in the log, and ends it', async () => {
    const store = await storeWith(700);
    const pipe = await openPipe(store);
    const before = store.listeners;
    await pipe.say(subscribe('all', { after: 0 }), subscribe('new'), create('u1'));
    await pipe.say(subscribe('one', { after: 0, where: { aggregateId: 'u1' } }));
    await pipe.say(subscribe('none', { after: 0, where: { aggregateId: 'nobody' } }));
    await pipe.session.finish();
    expect(positionsOf(pipe, 'all')).toEqual(upTo(701));
    expect([positionsOf(pipe, 'new'), positionsOf(pipe, 'one')]).toEqual([[701], [701]]);
    expect(framesOf(pipe, 'none')).toMatchObject([
      { position: 0, caughtUp: false, event: null },
      { position: 701, caughtUp: true, event: null },
    ]);
    expect(store.listeners).toBe(before);
  });

  it('ends a subscription that waits for an event that nobody will append', async () => {
    const pipe = await openPipe(new CountingStore());
    await pipe.say(subscribe('s1', { where: { aggregateId: 'u2' } }), create('u1'));
    await pipe.until(at(0));
    await setImmediate();
    await pipe.session.finish();
    expect(framesOf(pipe)).toHaveLength(1);
  });

  it('does not come before the last frame is taken', async () => {
    const store = await storeWith(1);
    const pipe = await openPipe(store);
    await pipe.say(subscribe('s1'));
    await pipe.until(at(1));
    const release = pipe.hold();
    await write(store, 'ada', named('Countess'));
    await pipe.until(at(2));
    const finished = pipe.session.finish();
    expect(await isPending(finished)).toBe(true);
    release();
    await finished;
  });
});
