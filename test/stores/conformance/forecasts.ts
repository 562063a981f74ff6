import { expect } from 'vitest';
import { StoreStopped, type Commit, type EventStore } from '../../../src/core/event-store.js';
import { append, commitOf, named, positionsOf, readAll, streamOf } from '../commits.js';
import { isTaken, leaving, SEATS, seating, taking } from '../seats.js';
import type { StoreCase } from './case.js';

const NOON = Date.parse('2026-01-31T12:00:00.000Z');

/** All that can be asked of a store without a time. */
const everything = async (store: EventStore) => ({
  log: await readAll(store),
  head: await store.head(),
  command: await store.readCommand('forecast'),
  version: await store.versionAt(streamOf('ann', 'guest')),
  taken: [await isTaken(store, 's1'), await isTaken(store, 's2')],
});

/** Asks for a forecast, appends, and tells whether the first was true of the second. */
async function expectTrue(store: EventStore, commit: Commit): Promise<string> {
  const forecast = await store.forecast(commit);
  expect(await store.append(commit)).toEqual(forecast);
  return forecast.outcome;
}

export const forecasts: readonly StoreCase[] = [
  {
    id: 'S100',
    says: 'a forecast is what append then answers, whole envelope',
    needs: ['clock'],
    run: async ({ open }) => {
      const store = await open({ clock: () => NOON, vocabulary: SEATS });
      await append(store, commitOf('before', 0, {}, {}));
      const first = named('once', taking('ann', 0, 's1'));
      expect(await expectTrue(store, first)).toBe('appended');
      expect(await expectTrue(store, first)).toBe('repeated');
      expect(await expectTrue(store, taking('ann', 0, 's2'))).toBe('conflict');
      expect(await expectTrue(store, taking('bob', 0, 's1'))).toBe('taken');
      const swap = seating('ann', 1, { leaves: ['s1'], takes: ['s2'] });
      expect(await expectTrue(store, swap)).toBe('appended');
      expect(await expectTrue(store, commitOf('before', 2, {}, {}, {}))).toBe('appended');
      expect(await store.versionAt(streamOf('ann', 'guest'))).toBe(3);
    },
  },
  {
    id: 'S101',
    says: 'a forecast answers the places that nobody has yet',
    run: async ({ open }) => {
      const store = await open();
      await append(store, commitOf('a', 0, {}, {}));
      const forecast = await store.forecast(commitOf('a', 2, { n: 1 }, { n: 2 }));
      expect(forecast).toMatchObject({
        outcome: 'appended',
        position: 4,
        events: [
          { position: 3, version: 3, data: { n: 1 } },
          { position: 4, version: 4, data: { n: 2 } },
        ],
      });
    },
  },
  {
    id: 'S102',
    says: 'a forecast changes nothing, wakes nobody, and leaves its id and its keys free',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      await append(store, taking('ann', 0, 's1'));
      const before = await everything(store);
      let calls = 0;
      store.onAppend(() => {
        calls += 1;
      });
      const commits = [
        named('forecast', taking('ann', 1, 's2')),
        leaving('ann', 1, 's1'),
        named('forecast', taking('bob', 0, 's1')),
        named('forecast', taking('bob', 4, 's2')),
        commitOf('new', 0, {}, {}),
      ];
      for (const commit of [...commits, ...commits]) await store.forecast(commit);
      expect(await everything(store)).toEqual(before);
      expect(calls).toBe(0);
      const events = await append(store, named('forecast', taking('bob', 0, 's2')));
      expect(positionsOf(events)).toEqual([2]);
      expect(calls).toBe(1);
    },
  },
  {
    id: 'S103',
    says: 'forecasts at the same time do not see each other',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      const commit = named('forecast', taking('ann', 0, 's1'));
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.forecast(commit)));
      for (const answer of answers) {
        expect(answer).toMatchObject({ outcome: 'appended', position: 1 });
      }
      expect(await store.head()).toEqual({ position: 0, recordedAt: null });
    },
  },
  {
    id: 'S104',
    says: 'a forecast is of the log with all that was sent before it',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      const sent = store.append(named('once', taking('ann', 0, 's1')));
      const [repeated, conflict, taken, next] = await Promise.all([
        store.forecast(named('once', taking('bob', 0, 's2'))),
        store.forecast(taking('ann', 0, 's2')),
        store.forecast(taking('bob', 0, 's1')),
        store.forecast(taking('ann', 1, 's2')),
      ]);
      expect(repeated).toEqual({ ...(await sent), outcome: 'repeated' });
      expect(conflict).toEqual({ outcome: 'conflict', actualVersion: 1 });
      expect(taken).toEqual({ outcome: 'taken', key: 's1' });
      expect(next).toMatchObject({ outcome: 'appended', position: 2, events: [{ version: 2 }] });
    },
  },
  {
    id: 'S105',
    says: 'a forecast rejects where append would: what is not JSON, and after close',
    run: async ({ open }) => {
      const store = await open();
      const circular = {};
      Reflect.set(circular, 'self', circular);
      await expect(store.forecast(commitOf('a', 0, circular))).rejects.toThrow(TypeError);
      await store.close();
      await expect(store.forecast(commitOf('a', 0, {}))).rejects.toThrow(StoreStopped);
    },
  },
];
