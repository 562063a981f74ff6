import { EVENTS_PER_USER as perUser, type Shape } from '../logs/commits.js';
import {
  asOf,
  catchUp,
  exporting,
  nothing,
  pages,
  rareEvents,
  rareNames,
  rebuilding,
  type LongWork,
} from './long-work.js';

/** Where a query is asked for while long work runs. */
export interface Place {
  readonly who: 'Hindsight on lowdb' | 'Hindsight on PostgreSQL';
  readonly shape: Shape;
  readonly works: readonly LongWork[];
}

const READS = [nothing, asOf, pages, rareEvents, rareNames, catchUp];

/** PostgreSQL takes minutes to be filled with a million. */
export const PLACES: readonly Place[] = [
  { who: 'Hindsight on lowdb', shape: { events: 1_000_000, perUser }, works: READS },
  {
    who: 'Hindsight on PostgreSQL',
    shape: { events: 300_000, perUser },
    works: [...READS, exporting, rebuilding],
  },
];

export const whileOf = (work: LongWork): string => `user while ${work.name}`;
