import { expect } from 'vitest';
import { StoreRefused, StoreStopped, type EventStore } from '../../../src/core/event-store.js';
import {
  append,
  commitOf,
  eventsOf,
  positions,
  positionsOf,
  readAll,
  streamOf,
} from '../commits.js';
import type { StoreCase } from './case.js';

const nextAppend = (store: EventStore): Promise<void> =>
  new Promise((resolve) => {
    const unsubscribe = store.onAppend(() => {
      unsubscribe();
      resolve();
    });
  });

export const lifetime: readonly StoreCase[] = [
  {
    id: 'S60',
    says: 'listeners are called once an append can be read',
    run: async ({ open }) => {
      const store = await open();
      const heads: Promise<number>[] = [];
      store.onAppend(() => heads.push(store.head().then((head) => head.position)));
      const called = nextAppend(store);
      await append(store, commitOf('a', 0, {}, {}));
      await called;
      expect(await Promise.all(heads)).toEqual([2]);
    },
  },
  {
    id: 'S61',
    says: 'a listener that unsubscribed is not called again; the others are',
    run: async ({ open }) => {
      const store = await open();
      let calls = 0;
      const count = () => {
        calls += 1;
      };
      const unsubscribe = store.onAppend(count);
      const unsubscribeTwin = store.onAppend(count);
      const appendAndWait = async (version: number) => {
        const called = nextAppend(store);
        await append(store, commitOf('a', version, {}));
        await called;
      };
      await appendAndWait(0);
      expect(calls).toBe(2);
      unsubscribe();
      unsubscribe();
      await appendAndWait(1);
      expect(calls).toBe(3);
      unsubscribeTwin();
      await appendAndWait(2);
      expect(calls).toBe(3);
    },
  },
  {
    id: 'S62',
    says: 'closing twice does nothing more, also at the same time',
    run: async ({ open }) => {
      const store = await open();
      await append(store, commitOf('a', 0, {}));
      await Promise.all([store.close(), store.close()]);
      await store.close();
      expect(store.fault()).toBeInstanceOf(StoreStopped);
    },
  },
  {
    id: 'S63',
    says: 'an append after close rejects with StoreStopped',
    run: async ({ open }) => {
      const store = await open();
      const closing = store.close();
      await expect(store.append(commitOf('a', 0, {}))).rejects.toThrow(StoreStopped);
      await closing;
      await expect(store.append(commitOf('a', 0, {}))).rejects.toThrow(StoreStopped);
      await expect(store.append(commitOf('a', 1, {}))).rejects.toThrow(StoreStopped);
    },
  },
  {
    id: 'S64',
    says: 'reads are answered after close',
    needs: ['readsAfterClose'],
    run: async ({ open }) => {
      const store = await open();
      const events = await append(store, commitOf('a', 0, {}, {}));
      await store.close();
      expect(await readAll(store)).toEqual(events);
      expect(await store.readStream(streamOf('a'))).toEqual(events);
      expect((await store.head()).position).toBe(2);
    },
  },
  {
    id: 'S65',
    says: 'close waits for what is under way',
    needs: ['durable'],
    run: async ({ open }) => {
      const store = await open();
      const answers = Array.from({ length: 20 }, (_, version) =>
        store.append(commitOf('a', version, {})),
      );
      await store.close();
      const events = (await Promise.all(answers)).flatMap(eventsOf);
      expect(await readAll(await open())).toEqual(events);
    },
  },
  {
    id: 'S66',
    says: 'a reopened log holds everything as it was, and goes on from there',
    needs: ['durable'],
    run: async ({ open }) => {
      const store = await open();
      await append(store, commitOf('a', 0, { n: 1 }, { n: 2 }));
      await append(store, commitOf('b', 0, { n: 3 }));
      const before = await readAll(store);
      const head = await store.head();
      await store.close();

      const reopened = await open();
      expect(JSON.stringify(await readAll(reopened))).toBe(JSON.stringify(before));
      expect(await reopened.head()).toEqual(head);
      expect(await reopened.readStream(streamOf('a'))).toEqual(before.slice(0, 2));
      expect(await reopened.append(commitOf('a', 0, {}))).toMatchObject({ actualVersion: 2 });
      expect(await append(reopened, commitOf('a', 2, {}))).toMatchObject([
        { position: 4, version: 3 },
      ]);
    },
  },
  {
    id: 'S67',
    says: 'opening a log again and again adds nothing and loses nothing',
    needs: ['durable'],
    run: async ({ open }) => {
      for (let version = 0; version < 8; version += 1) {
        const store = await open();
        await append(store, commitOf('a', version, {}));
        await store.close();
      }
      expect(positionsOf(await readAll(await open()))).toEqual(positions(1, 8));
    },
  },
  {
    id: 'S68',
    says: 'a second opener is refused while the first is open, and does it no harm',
    needs: ['exclusive'],
    run: async ({ open }) => {
      const first = await open();
      await append(first, commitOf('a', 0, {}));
      await expect(open()).rejects.toThrow(StoreRefused);
      await expect(open()).rejects.toThrow(StoreRefused);
      await append(first, commitOf('a', 1, {}));
      await first.close();
      expect(positionsOf(await readAll(await open()))).toEqual([1, 2]);
    },
  },
  {
    id: 'S69',
    says: 'a listener may subscribe anew while it is called, and then hears of the next append',
    run: async ({ open }) => {
      const store = await open();
      let calls = 0;
      const subscribe = (): void => {
        const unsubscribe = store.onAppend(() => {
          unsubscribe();
          calls += 1;
          // Without an end, a store that calls the new listener too would never stop.
          if (calls < 10) subscribe();
        });
      };
      subscribe();
      for (const version of [0, 1]) {
        const called = nextAppend(store);
        await append(store, commitOf('a', version, {}));
        await called;
      }
      expect(calls).toBe(2);
    },
  },
];
