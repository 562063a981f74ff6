import { expect } from 'vitest';
import { timestampOf, type Timestamp } from '../../../src/core/time.js';
import { append, commitOf, readAll } from '../commits.js';
import type { StoreCase } from './case.js';

const NOON = Date.parse('2026-01-31T12:00:00.000Z');

const shifted = (time: Timestamp, milliseconds: number): Timestamp =>
  timestampOf(Date.parse(time) + milliseconds);

export const time: readonly StoreCase[] = [
  {
    id: 'S50',
    says: 'recordedAt is the clock at the commit, and never goes back with it',
    needs: ['clock'],
    run: async ({ open }) => {
      let now = NOON;
      const store = await open(() => now);
      for (const [version, shift] of [0, 5, -1000, 4, 6].entries()) {
        now = NOON + shift;
        await append(store, commitOf('a', version, {}));
      }
      const times = (await readAll(store)).map((event) => Date.parse(event.recordedAt) - NOON);
      expect(times).toEqual([0, 5, 5, 5, 6]);
    },
  },
  {
    id: 'S51',
    says: 'recordedAt does not go back when the log is opened under an earlier clock',
    needs: ['clock', 'durable'],
    run: async ({ open }) => {
      const first = await open(() => NOON);
      await append(first, commitOf('a', 0, {}));
      await first.close();
      const second = await open(() => NOON - 60_000);
      await append(second, commitOf('a', 1, {}));
      const times = (await readAll(second)).map((event) => event.recordedAt);
      expect(times).toEqual([timestampOf(NOON), timestampOf(NOON)]);
    },
  },
  {
    id: 'S52',
    says: 'headAt is the last position at or before a time',
    needs: ['clock'],
    run: async ({ open }) => {
      let now = NOON;
      const store = await open(() => now);
      for (const [version, shift] of [0, 10, 10, 20].entries()) {
        now = NOON + shift;
        await append(store, commitOf('a', version, {}));
      }
      const at = async (shift: number) => store.headAt(timestampOf(NOON + shift));
      expect(await at(-1)).toEqual({ position: 0, recordedAt: null });
      expect(await at(0)).toEqual({ position: 1, recordedAt: timestampOf(NOON) });
      expect(await at(9)).toEqual({ position: 1, recordedAt: timestampOf(NOON) });
      expect(await at(10)).toEqual({ position: 3, recordedAt: timestampOf(NOON + 10) });
      expect(await at(19)).toMatchObject({ position: 3 });
      expect(await at(20)).toEqual(await store.head());
      expect(await at(1e9)).toEqual(await store.head());
    },
  },
  {
    id: 'S53',
    says: 'headAt agrees with the times that the events bear',
    run: async ({ open }) => {
      const store = await open();
      for (let version = 0; version < 20; version += 1) {
        await append(store, commitOf('a', version, {}));
      }
      const all = await readAll(store);
      const times = all.flatMap(({ recordedAt }) =>
        [-1, 0, 1].map((shift) => shifted(recordedAt, shift)),
      );
      for (const each of times) {
        const until = all.filter((event) => event.recordedAt <= each);
        expect((await store.headAt(each)).position).toBe(until.length);
      }
      expect(all.map((event) => event.recordedAt)).toEqual(
        all.map((event) => event.recordedAt).toSorted(),
      );
    },
  },
];
