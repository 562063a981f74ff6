import type { EventFilter } from '../generated/graphql.js';
import type { Fact } from './facts.js';

type Place = Pick<Fact, 'position' | 'id'>;

/** Whether an event of users is one that a filter lets through. */
export function lets(where: EventFilter | undefined, { aggregateId, type }: Fact): boolean {
  const { aggregateType = 'User', aggregateId: id = aggregateId, types = [type] } = where ?? {};
  return aggregateType === 'User' && id === aggregateId && (types?.includes(type) ?? true);
}

/** What is wrong with the positions that a listener was told of, given its slice of the log. */
export function compare(
  received: readonly number[],
  slice: readonly Place[],
  ids: ReadonlyMap<number, string>,
): string[] {
  const faults: string[] = [];
  const expected = new Set(slice.map(({ position }) => position));
  const seen = new Set<number>();
  let last = 0;
  for (const position of received) {
    if (seen.has(position)) faults.push(`${position} came twice`);
    else if (position < last) faults.push(`${position} came after ${last}`);
    if (!expected.has(position)) faults.push(`${position} is not of the slice`);
    seen.add(position);
    last = position;
  }
  for (const { position, id } of slice) {
    if (!seen.has(position)) faults.push(`${position} is missing`);
    else if (ids.get(position) !== id) faults.push(`${position} is another event: ${id}`);
  }
  return faults;
}
