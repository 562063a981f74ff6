import type { Projection } from '../../../src/core/projection.js';

export interface Counted {
  readonly id: string;
  readonly events: number;
  readonly positions: readonly number[];
}

/** How many events are folded at once. */
export const SLICE = 7;

/** Counts the events of each aggregate, and keeps their positions. */
export const COUNTS: Projection<Counted, 'id', 'events'> = {
  name: 'counts',
  version: 1,
  aggregateType: 'thing',
  apply: (row, { aggregateId: id, position }) => ({
    id,
    events: (row?.events ?? 0) + 1,
    positions: [...(row?.positions ?? []), position],
  }),
  fields: ['id'],
  field: ({ id }) => id,
  orders: { events: 'number' },
  sortValue: ({ events }) => events,
};
