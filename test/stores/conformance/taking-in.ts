import { expect } from 'vitest';
import { positionOf, type Position, type RecordedEvent } from '../../../src/core/event.js';
import { LogHasGrown, type Commit, type EventStore } from '../../../src/core/event-store.js';
import { timestampOf, type Timestamp } from '../../../src/core/time.js';
import { record } from '../../../src/stores/record.js';
import { append, commitOf, named, positions, positionsOf, readAll, streamOf } from '../commits.js';
import { guestOf, isTaken, leaving, SEATS, seating, taking, takingOnce } from '../seats.js';
import type { StoreCase } from './case.js';

const LONG_AGO = Date.parse('2020-02-01T12:00:00.000Z');

const hoursLater = (hours: number): Timestamp => timestampOf(LONG_AGO + hours * 3_600_000);

/** Commits of long ago as another log had them, an hour between each and the next. */
function history(commits: readonly Commit[], head = 0): readonly RecordedEvent[] {
  const events: RecordedEvent[] = [];
  for (const [hours, commit] of commits.entries()) {
    const position: Position = positionOf(head + events.length);
    const before = { position, version: commit.expectedVersion };
    events.push(...record(commit, before, hoursLater(hours)));
  }
  return events;
}

/** In pieces, as an import has them. */
async function* inPieces(events: readonly RecordedEvent[]) {
  for (let from = 0; from < events.length; from += 2) yield events.slice(from, from + 2);
}

async function* cutShort() {
  yield* inPieces(SEATED);
  throw new Error('the file was cut');
}

const SEATED = history([
  taking('ann', 0, 's1', 's2'),
  named('swap', seating('ann', 1, { leaves: ['s1'], takes: ['s3'] })),
  taking('bob', 0, 's1'),
]);

async function expectTaken(store: EventStore, taken: Readonly<Record<string, boolean>>) {
  for (const [seat, is] of Object.entries(taken)) {
    expect(`${seat}: ${await isTaken(store, seat)}`).toBe(`${seat}: ${is}`);
  }
}

export const takingIn: readonly StoreCase[] = [
  {
    id: 'S140',
    says: 'a history that a store in use takes in is read as it was, and listeners hear of it',
    run: async ({ open, wholeOf }) => {
      const store = await open({ vocabulary: SEATS });
      const heard = new Promise<void>((resolve) => {
        store.onAppend(resolve);
      });
      const whole = await wholeOf(store);
      expect(whole.head).toBe(0);
      await whole.add(inPieces(SEATED));
      await heard;
      expect(await readAll(store)).toEqual(SEATED);
      expect(await store.readStream(guestOf('ann'))).toEqual(SEATED.slice(0, 3));
      expect(await store.readCommand('swap')).toEqual(SEATED.slice(1, 3));
      expect(await store.headAt(hoursLater(1))).toEqual({
        position: 3,
        recordedAt: hoursLater(1),
      });
      expect(await store.headAt(hoursLater(-1))).toEqual({ position: 0, recordedAt: null });
    },
  },
  {
    id: 'S141',
    says: 'a command after it comes behind it, in the log, its stream, time and the keys held',
    run: async ({ open, wholeOf }) => {
      const store = await open({ vocabulary: SEATS });
      await (await wholeOf(store)).add(inPieces(SEATED));
      await expectTaken(store, { s1: true, s2: true, s3: true, s4: false });
      expect(await store.append(taking('ann', 0, 's4'))).toEqual({
        outcome: 'conflict',
        actualVersion: 3,
      });
      const again = await store.append(named('swap', taking('eve', 0, 's4')));
      expect(again).toMatchObject({ outcome: 'repeated', position: 3 });
      const [event] = await append(store, taking('ann', 3, 's4'));
      expect(event).toMatchObject({ position: 5, version: 4 });
      expect((event?.recordedAt ?? '') > hoursLater(2)).toBe(true);
      await append(store, leaving('bob', 1, 's1'));
      await expectTaken(store, { s1: false, s4: true });
    },
  },
  {
    id: 'S142',
    says: 'nothing is taken in when the log has grown since it was looked at',
    run: async ({ open, wholeOf }) => {
      const store = await open({ vocabulary: SEATS });
      const whole = await wholeOf(store);
      await append(store, taking('eve', 0, 's9'));
      await expect(whole.add(inPieces(SEATED))).rejects.toThrow(LogHasGrown);
      expect(positionsOf(await readAll(store))).toEqual([1]);
      await expectTaken(store, { s1: false, s9: true });
      expect(positionsOf(await append(store, taking('ann', 0, 's1')))).toEqual([2]);
    },
  },
  {
    id: 'S143',
    says: 'nothing is taken in of a history that fails in its middle',
    run: async ({ open, wholeOf }) => {
      const store = await open({ vocabulary: SEATS });
      const whole = await wholeOf(store);
      await expect(whole.add(cutShort())).rejects.toThrow('the file was cut');
      expect(await readAll(store)).toEqual([]);
      await expectTaken(store, { s1: false });
      expect(positionsOf(await append(store, taking('ann', 0, 's1')))).toEqual([1]);
    },
  },
  {
    id: 'S144',
    says: 'what was taken in is there after a restart, with the keys that are held',
    needs: ['durable'],
    run: async ({ open, wholeOf }) => {
      const first = await open({ vocabulary: SEATS });
      await (await wholeOf(first)).add(inPieces(SEATED));
      await append(first, taking('eve', 0, 's4'));
      const all = await readAll(first);
      await first.close();
      const second = await open({ vocabulary: SEATS });
      expect(await readAll(second)).toEqual(all);
      await expectTaken(second, { s1: true, s2: true, s3: true, s4: true, s5: false });
    },
  },
  {
    id: 'S145',
    says: 'commands that come at the same time are before all of it, and it is refused, or behind',
    run: async ({ open, wholeOf }) => {
      const store = await open();
      const whole = await wholeOf(store);
      const events = history(Array.from({ length: 20 }, (_, n) => commitOf(`old-${n}`, 0, { n })));
      const appending = Array.from({ length: 20 }, (_, n) =>
        append(store, commitOf(`new-${n}`, 0, { n })),
      );
      const taken = await whole.add(inPieces(events)).then(
        () => events.length,
        (cause: unknown) => {
          expect(cause).toBeInstanceOf(LogHasGrown);
          return 0;
        },
      );
      await Promise.all(appending);
      const log = await readAll(store);
      expect(positionsOf(log)).toEqual(positions(1, taken + 20));
      expect(log.slice(0, taken)).toEqual(events.slice(0, taken));
    },
  },
  {
    id: 'S146',
    says: 'a log that holds events goes on with those taken in, and so do its streams and keys',
    run: async ({ open, wholeOf }) => {
      const first = await open({ vocabulary: SEATS });
      await (await wholeOf(first)).add(inPieces(SEATED));
      const whole = await wholeOf(first);
      const held: RecordedEvent[] = [];
      for await (const piece of whole.read()) held.push(...piece);
      expect(held).toEqual(SEATED);
      const more = history(
        [seating('ann', 3, { leaves: ['s2'], takes: ['s4'] }), commitOf('c', 0, {})],
        4,
      ).map((event) => ({ ...event, recordedAt: hoursLater(3) }));
      await whole.add(inPieces(more));
      expect(await readAll(first)).toEqual([...SEATED, ...more]);
      expect(await first.versionAt(streamOf('c'))).toBe(1);
      await expectTaken(first, { s1: true, s2: false, s3: true, s4: true });
      expect(positionsOf(await append(first, taking('ann', 5, 's2')))).toEqual([8]);
    },
  },
  {
    id: 'S147',
    says: 'events of an old form are read in their present one, and hold what they hold in it',
    run: async ({ open, wholeOf }) => {
      const store = await open({ vocabulary: SEATS });
      await (await wholeOf(store)).add(inPieces(history([takingOnce('ann', 0, 's1', 's2')])));
      expect(await store.readStream(guestOf('ann'))).toMatchObject([
        { schemaVersion: 2, data: { seats: ['s1'] } },
        { schemaVersion: 2, data: { seats: ['s2'] } },
      ]);
      await expectTaken(store, { s1: true, s2: true });
    },
  },
];
