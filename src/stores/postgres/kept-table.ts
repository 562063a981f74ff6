import { isDeepStrictEqual } from 'node:util';
import { positionOf, type Position } from '../../core/event.js';
import type { FoldedRow, KeptTable, RowDifference } from '../../core/inspection.js';
import type { AnyProjection } from '../../core/projection.js';
import type { Transaction } from './database.js';
import { columnsOf, tableOf } from './model-table.js';

const ROWS_AT_ONCE = 1_000;

/** A row with the columns beside it, each under its name. */
interface KeptRow {
  readonly id: string;
  readonly text: string;
  readonly [column: string]: string | number;
}

/** The rows of this version of a projection. */
export async function openKeptTable(
  sql: Transaction,
  projection: AnyProjection,
): Promise<KeptTable | 'never made' | 'lost'> {
  const { name, version, aggregateType } = projection;
  const [entry] = await sql<{ position: number; rows: number }[]>`
    SELECT position, rows FROM hindsight.projections WHERE name = ${name} AND version = ${version}`;
  if (entry === undefined) return 'never made';
  const table = `hindsight.${tableOf(name, version)}`;
  const [found] = await sql`SELECT to_regclass(${table}) IS NOT NULL AS "exists"`;
  if (found?.['exists'] !== true) return 'lost';
  const position = positionOf(entry.position);
  return {
    position,
    counted: entry.rows,
    differing: (rows) => differing(sql, { table, projection }, rows),
    strangers: () => strangers(sql, { table, aggregateType, position }),
  };
}

async function differing(
  sql: Transaction,
  { table, projection }: { readonly table: string; readonly projection: AnyProjection },
  rows: readonly FoldedRow[],
): Promise<readonly RowDifference[]> {
  const columns = columnsOf(projection);
  const names = columns.map(({ name }) => `, "${name}"`).join('');
  const found = await sql<KeptRow[]>`
    SELECT id, row::text AS text ${sql.unsafe(names)} FROM ${sql.unsafe(table)}
    WHERE id = ANY (${rows.map(({ id }) => id)}::text[])`;
  const kept = new Map(found.map((row) => [row.id, row]));
  return rows.flatMap(({ id, row }): readonly RowDifference[] => {
    const there = kept.get(id);
    if (there === undefined) return [{ id, is: 'missing' }];
    if (!saysSame(there.text, JSON.stringify(row))) return [{ id, is: 'another' }];
    const wrong = columns.filter(({ name, of }) => there[name] !== of(row));
    if (wrong.length === 0) return [];
    return [{ id, is: 'misplaced', columns: wrong.map(({ name }) => name) }];
  });
}

/** The order of keys is no difference. */
const saysSame = (one: string, other: string): boolean =>
  one === other || isDeepStrictEqual(JSON.parse(one), JSON.parse(other));

interface Strangers {
  readonly table: string;
  readonly aggregateType: string;
  readonly position: Position;
}

async function* strangers(
  sql: Transaction,
  { table, aggregateType, position }: Strangers,
): AsyncGenerator<readonly string[]> {
  for (let after: string | undefined = ''; after !== undefined;) {
    const rows: readonly { id: string }[] = await sql<{ id: string }[]>`
      SELECT id FROM ${sql.unsafe(table)} t
      WHERE id > ${after} AND NOT EXISTS (
        SELECT FROM hindsight.events e
        WHERE e.stream_type = ${aggregateType} AND e.stream_id = t.id AND e.position <= ${position}
      )
      ORDER BY id LIMIT ${ROWS_AT_ONCE}`;
    yield rows.map(({ id }) => id);
    after = rows.at(-1)?.id;
  }
}
