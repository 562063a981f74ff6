import { isDeepStrictEqual } from 'node:util';
import type { Fact, StoredCommit } from './facts.js';

/** A user as it is shown. */
export interface Row {
  readonly id: string;
  readonly name: unknown;
  readonly email: unknown;
  readonly status: 'ACTIVE' | 'DEACTIVATED';
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Users as their events say, folded without the product's own hands. */
export class Rows {
  readonly #rows = new Map<string, Row>();
  readonly #holders = new Map<unknown, Set<string>>();

  get all(): readonly Row[] {
    return Array.from(this.#rows.values());
  }

  /** The active users that have an address. */
  holdersOf(email: unknown): readonly string[] {
    return Array.from(this.#holders.get(email) ?? []);
  }

  apply(fact: Fact): Row {
    const before = this.#rows.get(fact.aggregateId);
    const row = rowAfter(before, fact);
    if (before !== undefined) this.#holders.get(before.email)?.delete(row.id);
    if (row.status === 'ACTIVE' && row.email !== null) {
      const holders = this.#holders.get(row.email) ?? new Set();
      this.#holders.set(row.email, holders.add(row.id));
    }
    this.#rows.set(row.id, row);
    return row;
  }
}

function rowAfter(before: Row | undefined, { type, data, ...fact }: Fact): Row {
  const { name = before?.name, email = before?.email } = data;
  const status =
    type === 'UserDeactivated'
      ? 'DEACTIVATED'
      : type === 'UserReactivated' || before === undefined
        ? 'ACTIVE'
        : before.status;
  return {
    id: fact.aggregateId,
    name,
    email,
    status,
    version: fact.version,
    createdAt: before?.createdAt ?? fact.recordedAt,
    updatedAt: fact.recordedAt,
  };
}

export function rowsOf(log: readonly StoredCommit[]): Rows {
  const rows = new Rows();
  for (const fact of log.flat()) rows.apply(fact);
  return rows;
}

/** What is wrong with the rows that a server shows. */
export function judgeRows(shown: readonly Row[], log: readonly StoredCommit[]): string[] {
  const expected = rowsOf(log).all;
  const known = new Map(expected.map((row) => [row.id, row]));
  const wrong = shown
    .filter((row) => !isDeepStrictEqual(row, known.get(row.id)))
    .map((row) => `${row.id} is shown as ${JSON.stringify(row)}`);
  const ids = new Set(shown.map(({ id }) => id));
  const isWhole = ids.size === shown.length && ids.size === expected.length;
  const count = `${shown.length} users are shown, ${ids.size} different, of ${expected.length}`;
  return isWhole ? wrong : [...wrong, count];
}
