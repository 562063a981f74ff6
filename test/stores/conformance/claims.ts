import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import * as fc from 'fast-check';
import type { Appended, Commit, EventStore } from '../../../src/core/event-store.js';
import { append, commitOf, named, positions, positionsOf, readAll } from '../commits.js';
import { isTaken, leaving, SEATS, seating, taking, takingOnce } from '../seats.js';
import type { StoreCase } from './case.js';

interface Step {
  readonly guest: string;
  readonly takes: readonly string[];
  readonly leaves: readonly string[];
}

const some = fc.subarray(['s1', 's2', 's3', 's4'], { maxLength: 2 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc
    .record({ guest: fc.constantFrom('ann', 'bob', 'cyd'), takes: some, leaves: some })
    .filter(({ takes, leaves }) => takes.length + leaves.length > 0),
  { minLength: 5, maxLength: 25 },
);

/** Who holds what, as a plain map has it; each history has guests and seats of its own. */
class Model {
  readonly #holders = new Map<string, string>();
  readonly #versions = new Map<string, number>();

  /** The commit, and what must come of it. */
  next({ guest, takes, leaves }: Step): { commit: Commit; answer: Partial<Appended> } {
    const version = this.#versions.get(guest) ?? 0;
    // What a domain says of itself is true: nobody leaves a seat that is not theirs.
    const own = leaves.filter((seat) => this.#holders.get(seat) === guest);
    const commit = seating(guest, version, { takes, leaves: own });
    if (commit.events.length === 0)
      return this.next({ guest, takes: [`${guest}'s own`], leaves: [] });
    const key = takes.find((seat) => (this.#holders.get(seat) ?? guest) !== guest);
    if (key !== undefined) return { commit, answer: { outcome: 'taken', key } };
    for (const seat of own) this.#holders.delete(seat);
    for (const seat of takes) this.#holders.set(seat, guest);
    this.#versions.set(guest, version + commit.events.length);
    return { commit, answer: { outcome: 'appended' } };
  }

  isTaken(seat: string): boolean {
    return this.#holders.has(seat);
  }
}

async function expectTaken(store: EventStore, taken: Readonly<Record<string, boolean>>) {
  for (const [seat, is] of Object.entries(taken)) {
    expect(`${seat}: ${await isTaken(store, seat)}`).toBe(`${seat}: ${is}`);
  }
}

export const claims: readonly StoreCase[] = [
  {
    id: 'S70',
    says: 'a key that another stream holds is answered as taken, and nothing is appended',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      await append(store, taking('ann', 0, 's1'));
      const before = await readAll(store);
      expect(await store.append(taking('bob', 0, 's1'))).toEqual({ outcome: 'taken', key: 's1' });
      expect(await readAll(store)).toEqual(before);
      expect(positionsOf(await append(store, taking('bob', 0, 's2')))).toEqual([2]);
    },
  },
  {
    id: 'S71',
    says: 'a stream may claim again what it holds, and goes on to hold it',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      await append(store, taking('ann', 0, 's1'));
      expect(await append(store, taking('ann', 1, 's1', 's2', 's1'))).toHaveLength(1);
      await expectTaken(store, { s1: true, s2: true, s3: false });
    },
  },
  {
    id: 'S72',
    says: 'a released key is free for others, and only that one',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      await append(store, taking('ann', 0, 's1', 's2'));
      await append(store, leaving('ann', 1, 's1'));
      await append(store, taking('bob', 0, 's1'));
      expect(await store.append(taking('ann', 2, 's1'))).toMatchObject({ outcome: 'taken' });
      expect(await store.append(taking('bob', 1, 's2'))).toMatchObject({ outcome: 'taken' });
    },
  },
  {
    id: 'S73',
    says: 'one commit may release a key and claim another, or the same one',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      await append(store, taking('ann', 0, 's1', 's3'));
      await append(store, seating('ann', 1, { leaves: ['s1', 's3'], takes: ['s2', 's3'] }));
      await expectTaken(store, { s1: false, s2: true, s3: true });
      await append(store, taking('bob', 0, 's1'));
      const swap = seating('bob', 1, { leaves: ['s1'], takes: ['s2'] });
      expect(await store.append(swap)).toEqual({ outcome: 'taken', key: 's2' });
      await expectTaken(store, { s1: true, s2: true });
    },
  },
  {
    id: 'S74',
    says: 'the release of a key that somebody else holds, or nobody, changes nothing',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      await append(store, taking('ann', 0, 's1'));
      await append(store, leaving('bob', 0, 's1', 's2'));
      await expectTaken(store, { s1: true, s2: false });
      expect(await store.append(taking('bob', 1, 's1'))).toMatchObject({ outcome: 'taken' });
      expect(await append(store, taking('ann', 1, 's1'))).toHaveLength(1);
    },
  },
  {
    id: 'S75',
    says: 'of 100 streams that race for one key one wins, and the positions have no gap',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, n) => [
          store.append(taking(`guest-${n}`, 0, 'the seat')),
          store.append(taking(`other-${n}`, 0, `seat-${n}`)),
        ]).flat(),
      );
      const lost = answers.filter((answer) => answer.outcome === 'taken');
      expect(lost).toEqual(Array.from(lost, () => ({ outcome: 'taken', key: 'the seat' })));
      expect(lost).toHaveLength(99);
      const log = await readAll(store);
      expect(positionsOf(log)).toEqual(positions(1, 101));
      expect(
        log.filter(({ data }) => isDeepStrictEqual(data, { seats: ['the seat'] })),
      ).toHaveLength(1);
    },
  },
  {
    id: 'S76',
    says: 'what is held is held after a restart, and what was released is free',
    needs: ['durable'],
    run: async ({ open }) => {
      const first = await open({ vocabulary: SEATS });
      await append(first, taking('ann', 0, 's1', 's2'));
      await append(first, seating('ann', 1, { leaves: ['s1'], takes: ['s3'] }));
      await append(first, taking('bob', 0, 's1'));
      await first.close();
      const second = await open({ vocabulary: SEATS });
      await expectTaken(second, { s1: true, s2: true, s3: true, s4: false });
      const refused = await second.append(taking('ann', 3, 's2', 's1'));
      expect(refused).toEqual({ outcome: 'taken', key: 's1' });
      await append(second, leaving('bob', 1, 's1'));
      await append(second, taking('ann', 3, 's1'));
      await second.close();
      await expectTaken(await open({ vocabulary: SEATS }), { s1: true, s2: true, s3: true });
    },
  },
  {
    id: 'S77',
    says: "a command's id is looked at before its version, and its version before its claims",
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      const first = await store.append(named('once', taking('ann', 0, 's1')));
      const stale = taking('ann', 0, 's2');
      expect(await store.append(named('once', stale))).toEqual({ ...first, outcome: 'repeated' });
      const both = taking('bob', 3, 's1');
      expect(await store.append(named('once', both))).toEqual({ ...first, outcome: 'repeated' });
      expect(await store.append(named('twice', both))).toEqual({
        outcome: 'conflict',
        actualVersion: 0,
      });
      expect(await store.append(named('twice', taking('bob', 0, 's1')))).toEqual({
        outcome: 'taken',
        key: 's1',
      });
    },
  },
  {
    id: 'S78',
    says: 'of several keys the first that is taken is answered, and none of the others is claimed',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      await append(store, taking('ann', 0, 's2', 's3'));
      const answer = await store.append(taking('bob', 0, 's1', 's3', 's2', 's4'));
      expect(answer).toEqual({ outcome: 'taken', key: 's3' });
      await expectTaken(store, { s1: false, s4: false });
    },
  },
  {
    id: 'S79',
    says: 'a commit that is not appended claims nothing and releases nothing',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      await append(store, named('once', taking('ann', 0, 's1')));
      const change = { leaves: ['s1'], takes: ['s2'] };
      const circular = {};
      Reflect.set(circular, 'self', circular);
      const unwritable = { ...commitOf('c', 0, circular), claims: ['s2'], releases: [] };
      await expect(store.append(unwritable)).rejects.toThrow(TypeError);
      await store.append(seating('ann', 0, change));
      await store.append(seating('ann', 1, { ...change, takes: ['s2', 's1'] }));
      await store.append(named('once', seating('ann', 2, change)));
      // Only the one in the middle was appended.
      await expectTaken(store, { s1: true, s2: true });
      await append(store, leaving('ann', 3, 's1', 's2'));
      await expectTaken(store, { s1: false, s2: false });
    },
  },
  {
    id: 'S80',
    says: 'a key is any text, held by a stream of one type and id',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      const keys = ['', '__proto__', 'constructor', 'a', 'A', 'guest/ann', 'é', 'e\u0301', '🦊'];
      const each = (commit: Commit, key: string) => store.append({ ...commit, claims: [key] });
      for (const [version, key] of keys.entries()) {
        expect(await each(taking('ann', version, 's'), key)).toMatchObject({ outcome: 'appended' });
      }
      // The same id, of another type.
      for (const key of keys) {
        expect(await each(commitOf('ann', 0, {}), key)).toEqual({ outcome: 'taken', key });
      }
    },
  },
  {
    id: 'S81',
    says: 'generated claims and releases, sent without waiting, come out as in a plain map',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(steps, async (history) => {
          run += 1;
          const model = new Model();
          const own = (names: readonly string[]) => names.map((name) => `${name} of ${run}`);
          const asked = history.map(({ guest, takes, leaves }) =>
            model.next({ guest: `${guest} of ${run}`, takes: own(takes), leaves: own(leaves) }),
          );
          const answers = await Promise.all(asked.map(({ commit }) => store.append(commit)));
          expect(answers).toMatchObject(asked.map(({ answer }) => answer));
        }),
        { numRuns: 40 },
      );
    },
  },
  {
    id: 'S82',
    says: 'after generated claims and releases a reopened log knows who holds what',
    needs: ['durable'],
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      const model = new Model();
      const history = fc.sample(steps, { numRuns: 8, seed: 1 }).flat();
      await Promise.all(history.map((step) => store.append(model.next(step).commit)));
      await store.close();
      const held = ['s1', 's2', 's3', 's4', "ann's own"].map((seat) => [seat, model.isTaken(seat)]);
      await expectTaken(await open({ vocabulary: SEATS }), Object.fromEntries(held));
    },
  },
  {
    id: 'S83',
    says: 'a key that several streams hold from before keys were is free when all have let it go',
    needs: ['durable'],
    run: async ({ open }) => {
      const older = await open();
      for (const guest of ['ann', 'bob', 'eve']) {
        await append(older, takingOnce(guest, 0, 's1'));
      }
      await older.close();
      const store = await open({ vocabulary: SEATS });
      expect(await store.append(taking('bob', 1, 's1'))).toMatchObject({ outcome: 'taken' });
      await append(store, leaving('ann', 1, 's1'));
      await expectTaken(store, { s1: true });
      await append(store, leaving('eve', 1, 's1'));
      await expectTaken(store, { s1: true });
      await store.close();
      const reopened = await open({ vocabulary: SEATS });
      await expectTaken(reopened, { s1: true });
      await append(reopened, leaving('bob', 1, 's1'));
      await expectTaken(reopened, { s1: false });
    },
  },
  {
    id: 'S84',
    says: 'an event of a newer build leaves the keys with who held them before it',
    needs: ['durable'],
    run: async ({ open }) => {
      const newer = await open();
      await append(newer, taking('ann', 0, 's1'));
      const events = leaving('ann', 1, 's1').events;
      const unknown = events.map((event) => ({ ...event, schemaVersion: 9 }));
      await append(newer, { ...leaving('ann', 1, 's1'), events: unknown });
      const unheard = { stream: { type: 'unknown', id: 'bob' }, claims: [] };
      await append(newer, { ...taking('bob', 0, 's2'), ...unheard });
      await newer.close();
      await expectTaken(await open({ vocabulary: SEATS }), { s1: true, s2: false });
    },
  },
];
