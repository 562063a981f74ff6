import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, type Fields } from '../../src/core/changes.js';

const ada = { name: 'Ada', email: null, status: 'ACTIVE' };

describe('the changes between two states', () => {
  it('are none between equal ones', () => {
    expect(changesBetween(ada, { ...ada })).toEqual([]);
    expect(changesBetween({}, {})).toEqual([]);
  });

  it('are the fields that differ, in their order', () => {
    expect(
      changesBetween(ada, { name: 'Countess', email: 'a@example.org', status: 'ACTIVE' }),
    ).toEqual([
      { field: 'name', from: 'Ada', to: 'Countess' },
      { field: 'email', from: null, to: 'a@example.org' },
    ]);
  });

  it('are what has a value, where there was nothing before', () => {
    expect(changesBetween({}, ada)).toEqual([
      { field: 'name', from: null, to: 'Ada' },
      { field: 'status', from: null, to: 'ACTIVE' },
    ]);
  });

  it('tell an empty text from no value', () => {
    expect(changesBetween({ note: null }, { note: '' })).toEqual([
      { field: 'note', from: null, to: '' },
    ]);
  });
});

const fields: fc.Arbitrary<Fields> = fc.dictionary(
  fc.constantFrom('name', 'email', 'status'),
  fc.constantFrom(null, '', 'one', 'two'),
);

const valueOf = (of: Fields, field: string) => of[field] ?? null;

describe('generated changes', () => {
  it('name a field once, exactly when its value differs', () => {
    fc.assert(
      fc.property(fields, fields, (before, after) => {
        const changes = changesBetween(before, after);
        const differing = ['name', 'email', 'status'].filter(
          (field) => valueOf(before, field) !== valueOf(after, field),
        );
        expect(changes.map(({ field }) => field).toSorted()).toEqual(differing.toSorted());
        for (const { field, from, to } of changes) {
          expect([from, to]).toEqual([valueOf(before, field), valueOf(after, field)]);
        }
      }),
    );
  });

  it('lead back, the other way round', () => {
    fc.assert(
      fc.property(fields, fields, (before, after) => {
        const reversed = changesBetween(after, before).map(({ field, from, to }) => ({
          field,
          from: to,
          to: from,
        }));
        const there = changesBetween(before, after);
        expect(reversed).toHaveLength(there.length);
        expect(reversed).toEqual(expect.arrayContaining([...there]));
      }),
    );
  });

  it('add up over a moment between', () => {
    fc.assert(
      fc.property(fields, fields, fields, (first, middle, last) => {
        const reached = { ...first };
        for (const { field, to } of [
          ...changesBetween(first, middle),
          ...changesBetween(middle, last),
        ]) {
          reached[field] = to;
        }
        expect(changesBetween(reached, last)).toEqual([]);
      }),
    );
  });
});
