import { describe, expect, it, onTestFinished } from 'vitest';
import * as fc from 'fast-check';
import { positionOf, type RecordedEvent } from '../../src/core/event.js';
import type {
  Condition,
  Projection,
  ReadModel,
  RowRange,
  SortKey,
} from '../../src/core/projection.js';
import { timestampOf } from '../../src/core/time.js';
import { NO_VOCABULARY } from '../../src/core/vocabulary.js';
import { MemoryReadModels } from '../../src/stores/memory-models.js';
import { openPostgres } from '../../src/stores/postgres/open.js';
import { METADATA } from '../support/metadata.js';
import { freshDatabase } from '../support/postgres.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly rank: number;
  readonly changes: number;
}
type Field = 'id' | 'name';
type Order = 'name' | 'rank';

const things: Projection<Row, Field, Order> = {
  name: 'things',
  version: 1,
  aggregateType: 'thing',
  apply: (row, { aggregateId: id, data: { name, rank } }) => {
    if (typeof name !== 'string' || typeof rank !== 'number') throw new TypeError('not a change');
    return { id, name, rank, changes: (row?.changes ?? 0) + 1 };
  },
  field: (row, field) => row[field],
  fields: ['id', 'name'],
  orders: { name: 'text', rank: 'number' },
  sortValue: (row, order) => row[order],
};

/** Opens an empty model of `things`, or of what is put in the place of some of it. */
type OpenModel = (other?: Partial<typeof things>) => Promise<ReadModel<Row, Field, Order>>;

interface ModelsUnderTest {
  readonly name: string;
  /** How many generated histories: where a model is a table, each takes its time. */
  readonly numRuns: number;
  /** Opens empty models, one after the other. */
  readonly start: () => Promise<OpenModel>;
}

const MODELS: readonly ModelsUnderTest[] = [
  {
    name: 'in memory',
    numRuns: 300,
    start: async () => (other) => new MemoryReadModels().open({ ...things, ...other }),
  },
  {
    name: 'in PostgreSQL',
    numRuns: 25,
    start: async () => {
      const url = await freshDatabase();
      const { store, readModels } = await openPostgres({
        url,
        migrate: true,
        vocabulary: NO_VOCABULARY,
      });
      onTestFinished(() => store.close());
      let opened = 0;
      return (other) => {
        opened += 1;
        return readModels.open({ ...things, ...other, name: `things_${opened}` });
      };
    },
  },
];

type Change = readonly [id: string, name: string, rank: number | null];

const eventsOf = (changes: readonly Change[]): RecordedEvent[] =>
  changes.map(([aggregateId, name, rank], index) => ({
    ...METADATA,
    id: `e${index + 1}`,
    position: positionOf(index + 1),
    aggregateType: 'thing',
    aggregateId,
    version: changes.slice(0, index + 1).filter(([id]) => id === aggregateId).length,
    recordedAt: timestampOf(0),
    type: 'Changed',
    schemaVersion: 1,
    data: { name, rank },
  }));

/** The rows as a plain fold leaves them. */
function rowsOf(events: readonly RecordedEvent[]): Row[] {
  const rows = new Map<string, Row>();
  for (const event of events) {
    rows.set(event.aggregateId, things.apply(rows.get(event.aggregateId), event));
  }
  return [...rows.values()];
}

/** By code points, whose order is that of their bytes in UTF-8. */
const compareTexts = (one: string, other: string): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));

function compare([a, aId]: SortKey, [b, bId]: SortKey): number {
  if (a === b) return compareTexts(aId, bId);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareTexts(String(a), String(b));
}

const meets = (row: Row, where: readonly Condition<Field>[]): boolean =>
  where.every(({ field, is, value }) =>
    is === 'equal' ? row[field] === value : row[field].includes(value),
  );

/** What a list must answer, by sorting everything and leaving out what does not belong. */
function listed(rows: readonly Row[], range: RowRange<Field, Order>): Row[] {
  const { where, orderBy, descending, after, before, backwards, limit } = range;
  const inOrder = (a: SortKey, b: SortKey) => (descending ? compare(b, a) : compare(a, b));
  const keyOf = (row: Row): SortKey => [row[orderBy], row.id];
  const inside = rows
    .filter((row) => meets(row, where))
    .filter((row) => after === undefined || inOrder(keyOf(row), after) > 0)
    .filter((row) => before === undefined || inOrder(keyOf(row), before) < 0)
    .toSorted((a, b) => inOrder(keyOf(a), keyOf(b)));
  return (backwards ? inside.toReversed() : inside).slice(0, limit);
}

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'A', 'é', '🦊', '\ufb01');
const names = fc.string({ unit: fc.constantFrom('a', 'B', 'é', '🦊', '\ufb01'), maxLength: 3 });
const ranks = fc.integer({ min: -2, max: 2 });
const histories = fc.array(fc.tuple(ids, names, ranks), { maxLength: 40 }).map(eventsOf);

const conditions: fc.Arbitrary<Condition<Field>[]> = fc.array(
  fc.record({
    field: fc.constantFrom<Field>('id', 'name'),
    is: fc.constantFrom<Condition<Field>['is']>('equal', 'containing'),
    value: fc.oneof(names, ids),
  }),
  { maxLength: 2 },
);

const rangesBy = (
  order: Order,
  values: fc.Arbitrary<string | number>,
): fc.Arbitrary<RowRange<Field, Order>> => {
  const key = fc.option(fc.tuple(values, ids), { nil: undefined });
  return fc.record({
    where: conditions,
    orderBy: fc.constant(order),
    descending: fc.boolean(),
    after: key,
    before: key,
    backwards: fc.boolean(),
    limit: fc.nat(12),
  });
};
const ranges = fc.oneof(rangesBy('name', names), rangesBy('rank', ranks));

describe.each(MODELS)('a read model $name', ({ numRuns, start }) => {
  it('lists what sorting and filtering all rows would', async () => {
    const openModel = await start();
    await fc.assert(
      fc.asyncProperty(histories, fc.array(ranges, { minLength: 1 }), async (events, asked) => {
        const model = await openModel();
        await model.apply(events, positionOf(events.length));
        for (const range of asked) {
          expect(await model.list(range)).toEqual(listed(rowsOf(events), range));
        }
      }),
      { numRuns },
    );
  });

  it('pages through every row once, from either end, by the key of the last one', async () => {
    const openModel = await start();
    const pages = fc.record({ descending: fc.boolean(), backwards: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(histories, pages, async (events, { descending, backwards }) => {
        const model = await openModel();
        await model.apply(events, positionOf(events.length));
        const range = { where: [], orderBy: 'rank', descending, backwards, limit: 3 } as const;
        const seen: Row[] = [];
        for (let key: SortKey | undefined; ;) {
          const page = await model.list({ ...range, [backwards ? 'before' : 'after']: key });
          seen.push(...page);
          const last = page.at(-1);
          if (last === undefined) break;
          key = [last.rank, last.id];
        }
        expect(seen).toEqual(listed(rowsOf(events), { ...range, limit: Infinity }));
      }),
      { numRuns },
    );
  });

  it('counts and finds what filtering all rows would', async () => {
    const openModel = await start();
    await fc.assert(
      fc.asyncProperty(histories, conditions, async (events, where) => {
        const model = await openModel();
        await model.apply(events, positionOf(events.length));
        const rows = rowsOf(events);
        expect(await model.count(where)).toBe(rows.filter((row) => meets(row, where)).length);
        for (const row of rows) expect(await model.get(row.id)).toEqual(row);
        expect(await model.get('unknown')).toBeUndefined();
      }),
      { numRuns },
    );
  });

  it('is the same whether events come one by one or all at once', async () => {
    const openModel = await start();
    await fc.assert(
      fc.asyncProperty(histories, ranges, async (events, range) => {
        const [whole, pieces] = [await openModel(), await openModel()];
        await whole.apply(events, positionOf(events.length));
        for (const event of events) await pieces.apply([event], event.position);
        expect(await pieces.list(range)).toEqual(await whole.list(range));
        expect(pieces.position()).toBe(whole.position());
      }),
      { numRuns },
    );
  });

  it('stands where it was brought to, also when none of the events were for it', async () => {
    const model = await (await start())();
    expect(model.position()).toBe(0);
    await model.apply([], positionOf(7));
    expect(model.position()).toBe(7);
    const later = eventsOf([['a', 'a', 1]]).map((event) => ({ ...event, position: positionOf(8) }));
    await model.apply(later, positionOf(9));
    expect(model.position()).toBe(9);
  });

  it('stays behind an event that cannot be applied, with those before it', async () => {
    const events = eventsOf([
      ['a', 'first', 1],
      ['b', 'second', 2],
      ['a', 'third', null],
      ['c', 'fourth', 4],
    ]);
    const model = await (await start())();
    await expect(model.apply(events, positionOf(9))).rejects.toThrow('not a change');
    expect(model.position()).toBe(2);
    expect(await model.get('a')).toMatchObject({ name: 'first', rank: 1 });
    expect(await model.count([])).toBe(2);
    const all = { where: [], descending: false, backwards: false, limit: 10 } as const;
    expect(await model.list({ ...all, orderBy: 'rank' })).toMatchObject([{ id: 'a' }, { id: 'b' }]);
  });

  it('applies an event once though its row could not be sorted at first', async () => {
    const events = eventsOf([
      ['a', 'first', 1],
      ['a', 'second', 2],
    ]);
    let isBroken = true;
    const model = await (
      await start()
    )({
      sortValue: (row, order) => {
        if (isBroken && row.rank === 2) throw new Error('no place for it');
        return row[order];
      },
    });
    const rest = () => events.filter(({ position }) => position > model.position());
    await expect(model.apply(events, positionOf(2))).rejects.toThrow('no place for it');
    isBroken = false;
    await model.apply(rest(), positionOf(2));
    expect(await model.get('a')).toEqual({ id: 'a', name: 'second', rank: 2, changes: 2 });
    const range = { where: [], descending: false, backwards: false, limit: 5 } as const;
    expect(await model.list({ ...range, orderBy: 'rank' })).toHaveLength(1);
  });

  it('answers no rows for a limit of 0, and a list is its own', async () => {
    const model = await (await start())();
    await model.apply(eventsOf([['a', 'a', 1]]), positionOf(1));
    const range = { where: [], orderBy: 'name', descending: false, backwards: false } as const;
    expect(await model.list({ ...range, limit: 0 })).toEqual([]);
    Reflect.set(await model.list({ ...range, limit: 5 }), 'length', 0);
    expect(await model.list({ ...range, limit: 5 })).toHaveLength(1);
  });
});
