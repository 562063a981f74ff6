import { describe, expect, it } from 'vitest';
import { positionOf, START } from '../../src/core/event.js';
import { Cursor } from '../../src/engine/feed.js';
import { Tail } from '../../src/engine/tail.js';
import { CountingStore } from './counting-store.js';
import { named, upTo, write } from './log.js';
import { isPending } from './pending.js';

describe('the tail', () => {
  it.each(upTo(8, 0))(
    'knows nothing old when its last follower leaves %d turns after an append',
    async (turns) => {
      const store = new CountingStore();
      const tail = new Tail(store);
      const leaving = new Cursor(tail, START);
      const leave = async () => {
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
        await leaving.return();
      };
      // It hears of the append right after the tail, which then reads where the log ends.
      const deaf = store.onAppend(() => void leave());
      await write(store, 'ada', named('one'));
      deaf();
      await expect.poll(() => store.listeners).toBe(0);
      await write(store, 'ada', named('two'), named('three'));

      const follower = new Cursor(tail, positionOf(1));
      const next = follower.next();
      expect(await isPending(next)).toBe(false);
      expect(await next).toMatchObject({ value: { reached: 3 } });
      await follower.return();
    },
  );
});
