import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { positionOf, type RecordedEvent } from '../../src/core/event.js';
import type { Projection } from '../../src/core/projection.js';
import { timestampOf } from '../../src/core/time.js';
import { MemoryReadModels } from '../../src/stores/memory-models.js';
import { METADATA } from '../support/metadata.js';

interface Row {
  readonly id: string;
  readonly rank: number;
}

const ROWS = 500;
/** So long that a look at all rows is done in several turns. */
const LOOK_MILLISECONDS = 0.2;

function takeTime(): void {
  const until = performance.now() + LOOK_MILLISECONDS;
  while (performance.now() < until);
}

const slow: Projection<Row, 'rank', 'rank'> = {
  name: 'slow',
  version: 1,
  aggregateType: 'thing',
  apply: (_, { aggregateId: id, data: { rank } }) => ({ id, rank: Number(rank) }),
  fields: ['rank'],
  field: ({ rank }) => {
    takeTime();
    return rank < 0 ? 'negative' : 'positive';
  },
  orders: { rank: 'number' },
  sortValue: ({ rank }) => rank,
};

/** Gives each of the things a rank. */
const ranked = (after: number, rankOf: (n: number) => number): RecordedEvent[] =>
  Array.from({ length: ROWS }, (_, n) => ({
    ...METADATA,
    id: `e${after + n + 1}`,
    position: positionOf(after + n + 1),
    aggregateType: 'thing',
    aggregateId: `t${n}`,
    version: 1,
    recordedAt: timestampOf(0),
    type: 'Ranked',
    schemaVersion: 1,
    data: { rank: rankOf(n) },
  }));

const POSITIVE = [{ field: 'rank', is: 'equal', value: 'positive' }] as const;
const ALL = { where: POSITIVE, orderBy: 'rank', descending: false, backwards: false } as const;

/** A model whose rows all turn negative while a question to it is being answered. */
async function askedMeanwhile<T>(
  ask: (model: Awaited<ReturnType<typeof openSlow>>) => Promise<T>,
): Promise<T> {
  const model = await openSlow();
  await model.apply(
    ranked(0, (n) => n),
    positionOf(ROWS),
  );
  let isAnswered = false;
  const answer = ask(model).finally(() => {
    isAnswered = true;
  });
  await setImmediate();
  expect(isAnswered).toBe(false);
  await model.apply(
    ranked(ROWS, (n) => -n - 1),
    positionOf(2 * ROWS),
  );
  return answer;
}

const openSlow = () => new MemoryReadModels().open(slow);

describe('a read model in memory', () => {
  it('lists rows as they were at one moment, though others have their turn meanwhile', async () => {
    const rows = await askedMeanwhile((model) => model.list({ ...ALL, limit: ROWS }));
    expect(rows.map(({ rank }) => rank)).toEqual(Array.from({ length: ROWS }, (_, n) => n));
  });

  it('counts rows as they were at one moment, though others have their turn meanwhile', async () => {
    expect(await askedMeanwhile((model) => model.count(POSITIVE))).toBe(ROWS);
  });

  it('lists what was applied while more follows, every row once and in its place', async () => {
    const model = await openSlow();
    await model.apply(
      ranked(0, (n) => n),
      positionOf(ROWS),
      true,
    );
    const where = { ...ALL, where: [], limit: 2 * ROWS };
    expect((await model.list(where)).map(({ rank }) => rank)[0]).toBe(0);
    await model.apply(
      ranked(ROWS, (n) => 2 * n),
      positionOf(2 * ROWS),
      true,
    );
    await model.apply(
      ranked(2 * ROWS, (n) => 3 * n),
      positionOf(3 * ROWS),
      true,
    );
    const ranks = (await model.list(where)).map(({ rank }) => rank);
    expect(ranks).toEqual(Array.from({ length: ROWS }, (_, n) => 3 * n));
  });
});
