import type { PendingQuery, Row as AnyRow } from 'postgres';
import {
  ordersOf,
  type Condition,
  type Projection,
  type RowRange,
  type SortKey,
} from '../../core/projection.js';
import type { Sql } from './database.js';

/** A row that is to be written. */
export interface Line<Row> {
  readonly id: string;
  readonly row: Row;
}

/**
 * The table of one version of a projection: the rows as JSON, and beside them a column for each thing
 * that they are found or listed by.
 */
export class ModelTable<Row, Field extends string, Order extends string> {
  readonly name: string;
  /** Under which its position stands in hindsight.projections. */
  readonly entry: string;

  constructor(
    private readonly sql: Sql,
    private readonly projection: Projection<Row, Field, Order>,
    /** Whether it is one that is built beside the rows in use, to take their place. */
    isBeside = false,
  ) {
    const { name, version } = projection;
    // Names of projections are code; this one goes into statements.
    if (!/^[a-z][a-z0-9_]{0,39}$/.test(name)) throw new Error(`no name for a table: ${name}`);
    this.name = tableOf(name, version, isBeside);
    this.entry = entryOf(name, isBeside);
  }

  /** Safe when several servers do it at once. */
  async create(): Promise<void> {
    const { version } = this.projection;
    const columns = columnsOf(this.projection).map(
      (column) => `, "${column.name}" ${column.type} NOT NULL`,
    );
    const indexes = columnsOf(this.projection).map(
      (column) => `CREATE INDEX ON hindsight.${this.name} ("${column.name}", id)`,
    );
    await this.sql.begin(async (sql) => {
      await sql`SELECT pg_advisory_xact_lock(7310582, 0)`;
      const [table] = await sql`SELECT to_regclass(${`hindsight.${this.name}`}) IS NULL AS missing`;
      if (table?.['missing'] !== true) return;
      await sql.unsafe(
        `CREATE TABLE hindsight.${this.name} (
           id text COLLATE "C" PRIMARY KEY, row json NOT NULL ${columns.join('')}
         )`,
      );
      for (const index of indexes) await sql.unsafe(index);
      await sql`INSERT INTO hindsight.projections (name, version) VALUES (${this.entry}, ${version})`;
    });
  }

  /** A statement's part that writes rows, if a condition of the statement holds. */
  writing(lines: readonly Line<Row>[], condition: string) {
    const { sql } = this;
    const columns = columnsOf(this.projection);
    const names = ['id', 'row', ...columns.map(({ name }) => name)];
    const quoted = names.map((name) => `"${name}"`);
    const arrays = columns.map(
      (column) => sql`${lines.map(({ row }) => column.of(row))}::${sql.unsafe(column.cast)}[]`,
    );
    return sql`
      INSERT INTO ${this.#from()} (${sql.unsafe(quoted.join(', '))})
      SELECT ${sql.unsafe(quoted.map((name) => (name === '"row"' ? '"row"::json' : name)).join(', '))}
      FROM unnest(${joined(sql, [
        sql`${lines.map(({ id }) => id)}::text[]`,
        sql`, ${lines.map(({ row }) => JSON.stringify(row))}::text[]`,
        ...arrays.map((array) => sql`, ${array}`),
      ])}) AS line (${sql.unsafe(quoted.join(', '))})
      WHERE ${sql.unsafe(condition)}
      ON CONFLICT (id) DO UPDATE SET
        ${sql.unsafe(quoted.map((name) => `${name} = excluded.${name}`).join(', '))}`;
  }

  reading(ids: readonly string[]) {
    return this.sql<Line<Row>[]>`
      SELECT id, row FROM ${this.#from()} WHERE id = ANY (${Array.from(ids)}::text[])`;
  }

  listing({ where, orderBy, descending, after, before, backwards, limit }: RowRange<Field, Order>) {
    const { sql } = this;
    const [low, high] = descending ? [before, after] : [after, before];
    const direction = sql.unsafe(descending === backwards ? 'ASC' : 'DESC');
    const order = sql.unsafe(`"o_${orderBy}"`);
    return sql<Pick<Line<Row>, 'row'>[]>`
      SELECT row FROM ${this.#from()}
      WHERE ${this.#meeting(where)}
        ${low === undefined ? sql`` : sql`AND (${order}, id) > (${this.#key(orderBy, low)})`}
        ${high === undefined ? sql`` : sql`AND (${order}, id) < (${this.#key(orderBy, high)})`}
      ORDER BY ${order} ${direction}, id ${direction} LIMIT ${Math.max(0, limit)}`;
  }

  counting(where: readonly Condition<Field>[]) {
    const { version } = this.projection;
    if (where.length > 0) {
      return this.sql<{ count: number }[]>`
        SELECT count(*) AS count FROM ${this.#from()} WHERE ${this.#meeting(where)}`;
    }
    return this.sql<{ count: number }[]>`
      SELECT rows AS count FROM hindsight.projections WHERE name = ${this.entry} AND version = ${version}`;
  }

  #from() {
    return this.sql.unsafe(`hindsight.${this.name}`);
  }

  #key(order: Order, [value, id]: SortKey) {
    const { sql } = this;
    return this.projection.orders[order] === 'number'
      ? sql`${Number(value)}::float8, ${id}::text`
      : sql`${text(value)}::text, ${id}::text`;
  }

  #meeting(where: readonly Condition<Field>[]) {
    const { sql } = this;
    const parts = where.map(({ field, is, value }) => {
      const column = sql.unsafe(`"f_${field}"`);
      return is === 'equal'
        ? sql` AND ${column} = ${text(value)}`
        : sql` AND strpos(${column}, ${text(value)}) > 0`;
    });
    return joined(sql, [sql`true`, ...parts]);
  }
}

/** A column beside the rows, for what they are found or listed by. */
interface Column<Row> {
  readonly name: string;
  readonly type: string;
  readonly cast: string;
  readonly of: (row: Row) => string | number;
}

export function columnsOf<Row, Field extends string, Order extends string>(
  projection: Projection<Row, Field, Order>,
): readonly Column<Row>[] {
  const fields = projection.fields.map((field) => ({
    name: `f_${field}`,
    type: 'text COLLATE "C"',
    cast: 'text',
    of: (row: Row) => text(projection.field(row, field)),
  }));
  const orders = ordersOf(projection).map((order) =>
    projection.orders[order] === 'number'
      ? {
          name: `o_${order}`,
          type: 'float8',
          cast: 'float8',
          of: (row: Row) => Number(projection.sortValue(row, order)),
        }
      : {
          name: `o_${order}`,
          type: 'text COLLATE "C"',
          cast: 'text',
          of: (row: Row) => text(projection.sortValue(row, order)),
        },
  );
  return [...fields, ...orders];
}

export const tableOf = (name: string, version: number, isBeside = false): string =>
  `projection_${name}_${version}${isBeside ? '_beside' : ''}`;

export const entryOf = (name: string, isBeside: boolean): string =>
  isBeside ? `${name}~beside` : name;

/** Parts of a statement, one after the other. */
function joined(sql: Sql, parts: readonly PendingQuery<AnyRow[]>[]): PendingQuery<AnyRow[]> {
  return parts.reduce((before, part) => sql`${before}${part}`);
}

/** PostgreSQL has no text with a NUL in it; the row itself keeps it. */
const text = (value: string | number): string => String(value).replaceAll('\0', '');
