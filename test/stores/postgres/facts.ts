import type { Sql } from 'postgres';

/** Which event stands where: all that a reader of a log can get wrong about its order. */
export interface Fact {
  readonly position: number;
  readonly id: string;
}

const FAULTS_AT_MOST = 20;

/**
 * What is wrong with what a reader saw, beside the table that it read: nothing may be left out, come
 * twice or come early, and the table itself must be 1, 2, 3, …
 */
export function findSkips(seen: readonly Fact[], table: readonly Fact[]): string[] {
  const faults = [...gapsOf(table), ...outOfOrder(seen), ...differences(seen, table)];
  return faults.slice(0, FAULTS_AT_MOST);
}

const gapsOf = (table: readonly Fact[]): string[] =>
  table.flatMap(({ position }, index) =>
    position === index + 1 ? [] : [`the table has ${position} in the place of ${index + 1}`],
  );

function outOfOrder(seen: readonly Fact[]): string[] {
  const faults: string[] = [];
  let last = 0;
  for (const { position } of seen) {
    if (position === last) faults.push(`${position} came twice`);
    else if (position < last) faults.push(`${position} came after ${last}`);
    else if (position > last + 1) faults.push(`${last + 1} to ${position - 1} were skipped`);
    last = Math.max(last, position);
  }
  return faults;
}

function differences(seen: readonly Fact[], table: readonly Fact[]): string[] {
  const ids = new Map(seen.map(({ position, id }) => [position, id]));
  const faults = table.flatMap(({ position, id }) => {
    const other = ids.get(position);
    if (other === undefined) return [`${position} was never seen`];
    return other === id ? [] : [`${position} was seen as ${other}, but is ${id}`];
  });
  return seen.length > table.length
    ? [...faults, `${seen.length} were seen of ${table.length}`]
    : faults;
}

/** The whole log, as the table has it. */
export async function factsOf(admin: Sql): Promise<Fact[]> {
  const rows = await admin<Fact[]>`
    SELECT position::int AS position, id FROM hindsight.events ORDER BY position`;
  return [...rows];
}
