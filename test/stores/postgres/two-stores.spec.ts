import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RecordedEvent } from '../../../src/core/event.js';
import type { Appended, EventStore } from '../../../src/core/event-store.js';
import { timestampOf, type Timestamp } from '../../../src/core/time.js';
import type { Vocabulary } from '../../../src/core/vocabulary.js';
import { freshDatabase } from '../../support/postgres.js';
import {
  commitOf,
  eventsOf,
  named,
  positions,
  positionsOf,
  readAll,
  streamOf,
} from '../commits.js';
import { leaving, SEATS, taking } from '../seats.js';
import { openAt } from './database.js';

type Two = readonly [EventStore, EventStore];

async function twoStores(vocabulary?: Vocabulary): Promise<Two> {
  const url = await freshDatabase();
  const settings = vocabulary === undefined ? {} : { vocabulary };
  const [a, b] = await Promise.all([openAt(url, settings), openAt(url, settings)]);
  return [a.store, b.store];
}

const rounds = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const outcomesOf = (answers: readonly Appended[]): string[] =>
  answers.map(({ outcome }) => outcome).toSorted();

/** Appends so many commits of two events to a stream that others append to, too. */
async function contend(store: EventStore, id: string, commits: number): Promise<void> {
  let version = await store.versionAt(streamOf(id));
  for (let appended = 0; appended < commits;) {
    const answer = await store.append(commitOf(id, version, { n: 1 }, { n: 2 }));
    if (answer.outcome === 'conflict') version = answer.actualVersion;
    else {
      version = eventsOf(answer).at(-1)?.version ?? 0;
      appended += 1;
    }
  }
}

function expectInOrder(log: readonly RecordedEvent[]): void {
  expect(positionsOf(log)).toEqual(positions(1, log.length));
  const times = log.map(({ recordedAt }) => recordedAt);
  expect(times).toEqual(times.toSorted());
  const ids = new Set(log.map(({ aggregateId }) => aggregateId));
  for (const id of ids) {
    const versions = log.flatMap((event) => (event.aggregateId === id ? event.version : []));
    expect(versions).toEqual(rounds(versions.length).map((index) => index + 1));
  }
}

/** Appends to a store until it is told to stop. */
async function keepAppending(store: EventStore, id: string, over: AbortSignal): Promise<void> {
  for (let version = 0; !over.aborted; version += 1) {
    eventsOf(await store.append(commitOf(id, version, {})));
  }
}

describe('two stores on one database', () => {
  it('give positions, versions and times without a gap and in order', async () => {
    const stores = await twoStores();
    const streams = ['a', 'b', 'c'];
    await Promise.all(
      stores.flatMap((store) =>
        streams.flatMap((id) => [contend(store, id, 20), contend(store, id, 20)]),
      ),
    );
    const log = await readAll(stores[0]);
    expect(log).toHaveLength(3 * 4 * 20 * 2);
    expectInOrder(log);
    expect(await readAll(stores[1])).toEqual(log);
  });

  it('never let time go back, though their clocks differ', async () => {
    const url = await freshDatabase();
    const noon = Date.parse('2026-01-31T12:00:00.000Z');
    const { store: ahead } = await openAt(url, { clock: () => noon + 5_000 });
    const { store: behind } = await openAt(url, { clock: () => noon });
    await Promise.all([contend(ahead, 'a', 20), contend(behind, 'a', 20), contend(behind, 'b', 5)]);
    const log = await readAll(behind);
    expect(log).toHaveLength(2 * (20 + 20 + 5));
    expectInOrder(log);
  });

  it('have one winner of a race for a version', async () => {
    const [a, b] = await twoStores();
    for (const version of rounds(60)) {
      const answers = await Promise.all([
        a.append(commitOf('raced', version, { by: 'a' })),
        b.append(commitOf('raced', version, { by: 'b' })),
      ]);
      expect(outcomesOf(answers)).toEqual(['appended', 'conflict']);
      expect(answers).toContainEqual({ outcome: 'conflict', actualVersion: version + 1 });
    }
    expect(await a.versionAt(streamOf('raced'))).toBe(60);
  });

  it('append a command once that is sent to both, and answer the same events', async () => {
    const [a, b] = await twoStores();
    for (const round of rounds(60)) {
      const send = (store: EventStore) =>
        store.append(named(`command ${round}`, commitOf(`s-${round}`, 0, { n: 1 }, { n: 2 })));
      const answers = await Promise.all([send(a), send(b)]);
      expect(outcomesOf(answers)).toEqual(['appended', 'repeated']);
      const [one, other] = answers.map((answer) => ('events' in answer ? answer.events : []));
      expect(one).toHaveLength(2);
      expect(one).toEqual(other);
    }
    expect(await readAll(a)).toHaveLength(120);
  });

  it('have one holder of a key that both give away', async () => {
    const [a, b] = await twoStores(SEATS);
    for (const round of rounds(60)) {
      const answers = await Promise.all([
        a.append(taking(`ann ${round}`, 0, 'front')),
        b.append(taking(`bob ${round}`, 0, 'front')),
      ]);
      expect(outcomesOf(answers)).toEqual(['appended', 'taken']);
      expect(answers).toContainEqual({ outcome: 'taken', key: 'front' });
      const [events = []] = answers.flatMap((each) => ('events' in each ? [each.events] : []));
      const holder = events[0]?.aggregateId ?? '';
      // Whichever store it was that gave it, the other may take it back.
      eventsOf(await (round % 2 === 0 ? a : b).append(leaving(holder, 1, 'front')));
    }
  });

  it('do not disturb a present that one was asked for while the other appends', async () => {
    const [asked, writer] = await twoStores();
    const over = new AbortController();
    onTestFinished(() => over.abort());
    const writing = Promise.all(
      rounds(4).map((index) => keepAppending(writer, `s-${index}`, over.signal)),
    );
    const answers: { readonly time: Timestamp; readonly position: number }[] = [];
    while (answers.length < 400) {
      // Now, and a moment that has just passed.
      const time = timestampOf(Date.now() - (answers.length % 3));
      answers.push({ time, position: (await asked.headAt(time)).position });
      await setImmediate();
    }
    over.abort();
    await writing;
    const log = await readAll(asked);
    expectInOrder(log);
    const changed = answers.filter(
      ({ time, position }) =>
        (log.findLast(({ recordedAt }) => recordedAt <= time)?.position ?? 0) !== position,
    );
    expect(changed).toEqual([]);
    expect(new Set(answers.map(({ position }) => position)).size).toBeGreaterThan(50);
  });
});
