import { expect } from 'vitest';
import type { RecordedEvent } from '../../../src/core/event.js';
import type { Commit, EventStore } from '../../../src/core/event-store.js';
import { append, commitOf, named, readAll } from '../commits.js';
import { guestOf, isTaken, SEATS, taking, takingOnce } from '../seats.js';
import type { StoreCase, StoreHarness } from './case.js';
import { spoil } from './values.js';

/** Events of all ages: of the first schema, of the present one, of a newer one, and of no domain. */
const ofAllAges = (): Commit[] => {
  const newer = taking('ann', 3, 's9');
  return [
    named('old', takingOnce('ann', 0, 's1', 's2')),
    named('present', taking('ann', 2, 's3')),
    named('newer', {
      ...newer,
      events: newer.events.map((event) => ({ ...event, schemaVersion: 3, data: { n: 3 } })),
    }),
    named('foreign', commitOf('a', 0, { seat: 's4' })),
    named('unknown', { ...commitOf('ann', 4, { seat: 's5' }), stream: guestOf('ann') }),
  ];
};

/** What each of them reads as. */
const PRESENT = [
  { type: 'SeatsTaken', schemaVersion: 2, data: { seats: ['s1'] } },
  { type: 'SeatsTaken', schemaVersion: 2, data: { seats: ['s2'] } },
  { type: 'SeatsTaken', schemaVersion: 2, data: { seats: ['s3'] } },
  { type: 'SeatsTaken', schemaVersion: 3, data: { n: 3 } },
  { type: 'Happened', schemaVersion: 1, data: { seat: 's4' } },
  { type: 'Happened', schemaVersion: 1, data: { seat: 's5' } },
];

const formOf = (events: readonly RecordedEvent[]) =>
  events.map(({ type, schemaVersion, data }) => ({ type, schemaVersion, data }));

const placeOf = (events: readonly RecordedEvent[]) =>
  events.map(({ type: _type, schemaVersion: _version, data: _data, ...envelope }) => envelope);

async function appendAll(store: EventStore): Promise<readonly RecordedEvent[]> {
  const answers = [];
  for (const commit of ofAllAges()) answers.push(await append(store, commit));
  return answers.flat();
}

/** A log of all ages, whichever build wrote it, read by the present one. */
async function reopened({ open }: StoreHarness) {
  const older = await open();
  const stored = await appendAll(older);
  await older.close();
  return { stored, store: await open({ vocabulary: SEATS }) };
}

async function expectPresent(store: EventStore, stored: readonly RecordedEvent[]): Promise<void> {
  const log = await readAll(store);
  expect(formOf(log)).toEqual(PRESENT);
  expect(placeOf(log)).toEqual(placeOf(stored));
  expect(await readAll(store, { backwards: true })).toEqual(log.toReversed());
  expect(await store.readStream(guestOf('ann'))).toEqual(
    log.filter((event) => event.aggregateType === 'guest'),
  );
  for (const commandId of ['old', 'present', 'newer', 'foreign', 'unknown']) {
    const events = log.filter((event) => event.commandId === commandId);
    expect(await store.readCommand(commandId)).toEqual(events);
    const repeated = await store.append(named(commandId, taking('bob', 0, 's1')));
    expect(repeated).toEqual({
      outcome: 'repeated',
      events,
      position: events.at(-1)?.position,
    });
  }
}

export const schemas: readonly StoreCase[] = [
  {
    id: 'S110',
    says: 'events of an older schema are read in the present form, wherever they are read',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      await expectPresent(store, await appendAll(store));
    },
  },
  {
    id: 'S111',
    says: 'a log that an older build wrote is read in the present form, and places and ids are kept',
    needs: ['durable'],
    run: async (harness) => {
      const { stored, store } = await reopened(harness);
      expect(formOf(stored)).not.toEqual(PRESENT);
      await expectPresent(store, stored);
    },
  },
  {
    id: 'S112',
    says: 'without a vocabulary all events come back as they were stored',
    run: async ({ open }) => {
      const store = await open();
      const stored = await appendAll(store);
      expect(await readAll(store)).toEqual(stored);
      expect(formOf(stored).slice(0, 2)).toEqual([
        { type: 'SeatsTaken', schemaVersion: 1, data: { seat: 's1' } },
        { type: 'SeatsTaken', schemaVersion: 1, data: { seat: 's2' } },
      ]);
    },
  },
  {
    id: 'S113',
    says: 'what is read in the present form may be changed, and the log stays as it is',
    run: async ({ open }) => {
      const store = await open({ vocabulary: SEATS });
      await append(store, named('old', takingOnce('ann', 0, 's1')));
      const before = JSON.stringify(await readAll(store));
      spoil(await readAll(store));
      spoil(await store.readStream(guestOf('ann')));
      spoil(await store.readCommand('old'));
      expect(JSON.stringify(await readAll(store))).toBe(before);
    },
  },
  {
    id: 'S114',
    says: 'keys that events of an older schema claimed are held',
    needs: ['durable'],
    run: async (harness) => {
      const { store } = await reopened(harness);
      const seats = ['s1', 's2', 's3', 's4', 's5', 's9'];
      const taken = await Promise.all(seats.map((seat) => isTaken(store, seat)));
      expect(taken).toEqual([true, true, true, false, false, false]);
    },
  },
];
