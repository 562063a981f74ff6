import { setImmediate } from 'node:timers/promises';
import { expect } from 'vitest';
import * as fc from 'fast-check';
import type { RecordedEvent } from '../../../src/core/event.js';
import type { EventStore, Head } from '../../../src/core/event-store.js';
import { timestampOf, type Timestamp } from '../../../src/core/time.js';
import { fakeClock, type FakeClock } from '../../engine/fake-clock.js';
import { append, commitOf, readAll } from '../commits.js';
import type { StoreCase } from './case.js';

const NOON = Date.parse('2026-01-31T12:00:00.000Z');

const shifted = (time: Timestamp, milliseconds: number): Timestamp =>
  timestampOf(Date.parse(time) + milliseconds);

/** What happens to a store and its clock; nothing waits for what came before, but for a breath. */
type Step =
  | { readonly does: 'append'; readonly count: number }
  | { readonly does: 'ask'; readonly ago: number }
  | { readonly does: 'move'; readonly by: number }
  | { readonly does: 'breathe' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ does: fc.constant('append' as const), count: fc.integer({ min: 1, max: 3 }) }),
    // Mostly the present, where appending and asking meet.
    fc.record({ does: fc.constant('ask' as const), ago: fc.constantFrom(0, 0, 0, 1, 3) }),
    fc.record({ does: fc.constant('move' as const), by: fc.constantFrom(1, 1, 4) }),
    fc.record({ does: fc.constant('breathe' as const) }),
  ),
  { minLength: 5, maxLength: 40 },
);

interface Answered {
  readonly time: Timestamp;
  readonly head: Head;
}

/** Appends to a store and asks it, without waiting for an answer. */
class Interleaving {
  readonly #answers: Promise<Answered>[] = [];
  readonly #appends: Promise<unknown>[] = [];
  #version = 0;

  constructor(
    private readonly store: EventStore,
    private readonly clock: FakeClock,
  ) {}

  async take(step: Step): Promise<void> {
    switch (step.does) {
      case 'append': {
        const data = Array.from({ length: step.count }, () => ({}));
        this.#appends.push(append(this.store, commitOf('a', this.#version, ...data)));
        this.#version += step.count;
        return;
      }
      case 'ask':
        this.#answers.push(this.#ask(shifted(this.clock.now(), -step.ago)));
        return;
      case 'move':
        this.clock.move(step.by);
        return;
      case 'breathe':
        await setImmediate();
        return;
      default:
        step satisfies never;
    }
  }

  /** What was answered since the last time, once all appends are answered, too. */
  async settled(): Promise<Answered[]> {
    await Promise.all(this.#appends.splice(0));
    return Promise.all(this.#answers.splice(0));
  }

  async #ask(at: Timestamp): Promise<Answered> {
    return { time: at, head: await this.store.headAt(at) };
  }
}

const timesOf = (events: readonly RecordedEvent[]): Timestamp[] =>
  events.map((event) => event.recordedAt);

export const time: readonly StoreCase[] = [
  {
    id: 'S50',
    says: 'recordedAt is the clock at the commit, and never goes back with it',
    needs: ['clock'],
    run: async ({ open }) => {
      let now = NOON;
      const store = await open({ clock: () => now });
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
      const first = await open({ clock: () => NOON });
      await append(first, commitOf('a', 0, {}));
      await first.close();
      const second = await open({ clock: () => NOON - 60_000 });
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
      const store = await open({ clock: () => now });
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
  {
    id: 'S120',
    says: 'what headAt answered of the present stays true while the clock stands still',
    needs: ['clock'],
    run: async ({ open }) => {
      const store = await open({ clock: () => NOON });
      const now = timestampOf(NOON);
      const empty = await store.headAt(now);
      expect(empty).toEqual({ position: 0, recordedAt: null });
      for (let version = 0; version < 3; version += 1) {
        const [event] = await append(store, commitOf('a', version, {}));
        expect(Date.parse(event?.recordedAt ?? '')).toBeGreaterThan(NOON);
        expect(await store.headAt(now)).toEqual(empty);
      }
    },
  },
  {
    id: 'S121',
    says: 'a question of the past leaves the present to the events that follow',
    needs: ['clock'],
    run: async ({ open }) => {
      const store = await open({ clock: () => NOON });
      await append(store, commitOf('a', 0, {}));
      await store.headAt(timestampOf(NOON - 1));
      await append(store, commitOf('a', 1, {}));
      expect(timesOf(await readAll(store))).toEqual([timestampOf(NOON), timestampOf(NOON)]);
    },
  },
  {
    id: 'S122',
    says: 'a question of the future does not push the clock there',
    needs: ['clock'],
    run: async ({ open }) => {
      let now = NOON;
      const store = await open({ clock: () => now });
      const future = timestampOf(NOON + 60_000);
      expect(await store.headAt(future)).toEqual({ position: 0, recordedAt: null });
      const [early] = await append(store, commitOf('a', 0, {}));
      expect(early?.recordedAt).toBe(timestampOf(NOON));
      now = NOON + 5;
      expect(timesOf(await append(store, commitOf('a', 1, {})))).toEqual([timestampOf(now)]);
      expect(await store.headAt(future)).toMatchObject({ position: 2 });
      now = NOON + 60_000;
      await append(store, commitOf('a', 2, {}));
      expect(await store.headAt(future)).toMatchObject({ position: 3 });
    },
  },
  {
    id: 'S123',
    says: 'what headAt answered stays true when the clock goes back',
    needs: ['clock'],
    run: async ({ open }) => {
      let now = NOON;
      const store = await open({ clock: () => now });
      await append(store, commitOf('a', 0, {}));
      now = NOON + 100;
      const before = await store.headAt(timestampOf(now));
      now = NOON + 50;
      await append(store, commitOf('a', 1, {}));
      expect(await store.headAt(timestampOf(NOON + 50))).toEqual(before);
      expect(await store.headAt(timestampOf(NOON + 100))).toEqual(before);
    },
  },
  {
    id: 'S124',
    says: 'however appends and questions interleave, every answer is the same at the end',
    needs: ['clock'],
    run: async ({ open }) => {
      const clock = fakeClock();
      const store = await open({ clock: clock.clock });
      const interleaving = new Interleaving(store, clock);
      await fc.assert(
        fc.asyncProperty(steps, async (history) => {
          for (const step of history) await interleaving.take(step);
          for (const { time: at, head } of await interleaving.settled()) {
            expect(await store.headAt(at)).toEqual(head);
          }
        }),
        // Every run goes on where the one before it ended.
        { numRuns: 60, endOnFailure: true },
      );
      const times = timesOf(await readAll(store));
      expect(times.length).toBeGreaterThan(0);
      expect(times).toEqual(times.toSorted());
    },
  },
  {
    id: 'S125',
    says: 'a time that an event bears has come, also when the clock is behind it',
    needs: ['clock'],
    run: async ({ open }) => {
      let now = NOON + 10;
      const store = await open({ clock: () => now });
      const [event] = await append(store, commitOf('a', 0, {}));
      now = NOON;
      const borne = event?.recordedAt ?? timestampOf(now);
      const head = await store.headAt(borne);
      expect(head).toEqual({ position: 1, recordedAt: borne });
      await append(store, commitOf('a', 1, {}));
      expect(await store.headAt(borne)).toEqual(head);
    },
  },
  {
    id: 'S126',
    says: 'of two questions in one instant, each after an append, both answers stay true',
    needs: ['clock'],
    run: async ({ open }) => {
      const store = await open({ clock: () => NOON });
      const asked: Answered[] = [];
      for (let version = 0; version < 4; version += 1) {
        const [event] = await append(store, commitOf('a', version, {}));
        const borne = event?.recordedAt ?? timestampOf(NOON);
        asked.push({ time: borne, head: await store.headAt(borne) });
      }
      for (const { time: at, head } of asked) expect(await store.headAt(at)).toEqual(head);
    },
  },
  {
    id: 'S127',
    says: 'what headAt answered stays true when the log is opened anew in the same instant',
    needs: ['clock', 'durable'],
    run: async ({ open }) => {
      const first = await open({ clock: () => NOON });
      await append(first, commitOf('a', 0, {}));
      const now = timestampOf(NOON);
      const head = await first.headAt(now);
      await first.close();
      const second = await open({ clock: () => NOON });
      await append(second, commitOf('a', 1, {}));
      expect(await second.headAt(now)).toEqual(head);
    },
  },
];
