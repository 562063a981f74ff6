import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { positionOf, type RecordedEvent } from '../../../src/core/event.js';
import { timestampOf } from '../../../src/core/time.js';
import { logs } from '../../cli/moving/logs.js';
import { recorded } from '../../core/recorded.js';
import { brief, commitsOf, DAMAGE, look, type Planned } from './look.js';

/** Generated logs of some commits, and a place in the middle of each: 0 is before the second commit. */
const places = fc
  .tuple(logs.map(commitsOf), fc.nat())
  .filter(([commits]) => commits.length >= 3)
  .map(([commits, n]) => ({ commits, at: 1 + (n % (commits.length - 2)) }));

interface Case {
  readonly commits: readonly (readonly RecordedEvent[])[];
  readonly at: number;
}

const commitAt = ({ commits, at }: Case, further = 0): readonly RecordedEvent[] =>
  commits[at + further] ?? [];
const firstAt = (each: Case, further = 0): number => commitAt(each, further)[0]?.position ?? 0;

const changed = (events: readonly RecordedEvent[], change: Partial<RecordedEvent>) =>
  events.map((event, index) => (index === 0 ? { ...event, ...change } : event));

type Plant = (each: Case) => {
  readonly planted: readonly Planned[];
  readonly told: readonly string[];
};

const PLANTS: Readonly<Record<string, Plant>> = {
  'a commit that is missing': (each) => ({
    planted: each.commits.toSpliced(each.at, 1),
    told: [`position ${firstAt(each, 1)}`],
  }),
  'a commit that cannot be read': (each) => ({
    planted: [...each.commits.slice(0, each.at), DAMAGE, ...each.commits.slice(each.at + 1)],
    told: ['damage'],
  }),
  'all but the last commits that cannot be read': ({ commits }) => ({
    planted: [...commits.slice(0, -1).map(() => DAMAGE), commits.at(-1) ?? []],
    told: commits.slice(1).map(() => 'damage'),
  }),
  'a commit that is there twice': (each) => ({
    planted: each.commits.toSpliced(each.at, 0, commitAt(each)),
    told: [`position ${firstAt(each)}`],
  }),
  'two commits that changed places': (each) => ({
    planted: each.commits.toSpliced(each.at, 2, commitAt(each, 1), commitAt(each)),
    told: [`position ${firstAt(each, 1)}`, `position ${firstAt(each)}`],
  }),
  'a time that is earlier': (each) => ({
    planted: each.commits.with(
      each.at,
      commitAt(each).map((event) => ({ ...event, recordedAt: timestampOf(0) })),
    ),
    told: [`time ${firstAt(each)}`],
  }),
  'an id that is that of another': (each) => ({
    planted: each.commits.with(
      each.at,
      changed(commitAt(each), { id: commitAt(each, -1)[0]?.id ?? '' }),
    ),
    told: [`event id ${firstAt(each)}`],
  }),
  'versions that go on from nowhere': (each) => ({
    planted: each.commits.map((commit, index) =>
      index < each.at || !isOfStreamAt(each, commit)
        ? commit
        : commit.map((event) => ({ ...event, version: event.version + 7 })),
    ),
    told: [`version ${firstAt(each)}`],
  }),
};

const isOfStreamAt = (each: Case, [event]: readonly RecordedEvent[]): boolean =>
  event?.aggregateId === commitAt(each)[0]?.aggregateId &&
  event?.aggregateType === commitAt(each)[0]?.aggregateType;

describe('the order of a log', () => {
  it('is found to be sound where it is', async () => {
    await fc.assert(
      fc.asyncProperty(logs, async (events) => {
        const { faults, parts, ...verified } = await look(commitsOf(events));
        expect(faults).toEqual([]);
        const streams = new Set(events.map((each) => `${each.aggregateType}/${each.aggregateId}`));
        expect(verified).toMatchObject({ events: events.length, streams: streams.size });
        expect(parts.at(-1) ?? 1).toBe(1);
      }),
    );
  });

  it.each(Object.entries(PLANTS))(
    'is told of %s, and of nothing that follows from it',
    async (_, plant) => {
      await fc.assert(
        fc.asyncProperty(places, async (each) => {
          const { planted, told } = plant(each);
          expect(brief((await look(planted)).faults)).toEqual(told);
        }),
      );
    },
  );

  it('tells a gap in the versions beside one in the positions, where the first is the wider', async () => {
    const { faults } = await look([[thing(1, 1)], [thing(3, 3)], [thing(4, 9)]]);
    expect(brief(faults)).toEqual(['position 3', 'version 4']);
  });

  it('tells a gap by itself behind one that another gap has led to, or damage', async () => {
    const versions = await look([[thing(1, 1)], [thing(3, 3)], [thing(4, 5)]]);
    expect(brief(versions.faults)).toEqual(['position 3', 'version 4']);
    const positions = await look([[thing(1, 1)], DAMAGE, [thing(3, 3)], [thing(5, 5)]]);
    expect(brief(positions.faults)).toEqual(['damage', 'position 5']);
  });

  it('tells once of a position or a version that is wrong by itself, and goes on behind it', async () => {
    const odd = [thing(90, 3), thing(91, 4)];
    const positions = await look([[thing(1, 1), thing(2, 2)], odd, [thing(5, 5)], [thing(7, 7)]]);
    expect(brief(positions.faults)).toEqual(['position 90', 'position 7']);
    const versions = await look([[thing(1, 1)], [thing(2, 7)], [thing(3, 3)], [thing(4, 9)]]);
    expect(brief(versions.faults)).toEqual(['version 2', 'version 4']);
  });

  it('tells once of a commit of several events that is there again', async () => {
    const twice = [thing(1, 1), thing(2, 2), thing(3, 3)];
    expect(brief((await look([twice, twice, [thing(4, 4)]])).faults)).toEqual(['position 1']);
  });

  it('tells of a gap within a commit', async () => {
    expect(brief((await look([[thing(1, 1), thing(3, 3)]])).faults)).toEqual(['position 3']);
  });
});

const thing = (position: number, version: number): RecordedEvent => ({
  ...recorded('Came', {}, { version }),
  id: `event at ${position}`,
  position: positionOf(position),
  recordedAt: timestampOf(0),
});
