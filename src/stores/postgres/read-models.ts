import { START, type Position, type RecordedEvent } from '../../core/event.js';
import { StoreUnavailable } from '../../core/event-store.js';
import {
  LeadLost,
  type Building,
  type Condition,
  type Projection,
  type ReadModel,
  type ReadModels,
  type RowRange,
} from '../../core/projection.js';
import type { Database } from './database.js';
import { reading, verdictOf } from './errors.js';
import { Lead } from './lead.js';
import type { Marks } from './marks.js';
import { ModelTable, type Line } from './model-table.js';

export interface ReadModelParts {
  readonly database: Pick<Database, 'sql' | 'connect'>;
  readonly marks: Marks;
}

/** Read models in tables, shared by all servers. */
export class PostgresReadModels implements ReadModels {
  readonly #opened = new Map<string, number>();

  constructor(private readonly parts: ReadModelParts) {}

  async open<Row, Field extends string, Order extends string>(
    projection: Projection<Row, Field, Order>,
  ): Promise<ReadModel<Row, Field, Order>> {
    const model = new PostgresReadModel(this.parts, projection);
    await model.create();
    this.#opened.set(projection.name, projection.version);
    return model;
  }

  /** Rows that are built beside those in use here: anew, or for a newer build. */
  building(): readonly Building[] {
    return this.parts.marks.all().flatMap(([mark, position]) => {
      const [, name = '', beside, version = ''] = /^([^~@]+)(~beside)?@(\d+)$/.exec(mark) ?? [];
      const used = this.#opened.get(name);
      const isNews = used !== undefined && (beside !== undefined || Number(version) > used);
      return isNews ? [{ name, version: Number(version), position }] : [];
    });
  }
}

/**
 * Rows and the position change in one statement, and only from the position that was folded from: each
 * event is applied once, whoever applies it, and whichever server dies when.
 */
export class PostgresReadModel<
  Row,
  Field extends string,
  Order extends string,
> implements ReadModel<Row, Field, Order> {
  readonly table: ModelTable<Row, Field, Order>;
  readonly #mark: string;
  readonly #lead: Lead;
  /** How far the rows are as this process left or found them: the mark may be moved by others. */
  #at = START;

  constructor(
    private readonly parts: ReadModelParts,
    readonly projection: Projection<Row, Field, Order>,
    isBeside = false,
  ) {
    this.table = new ModelTable(parts.database.sql, projection, isBeside);
    this.#mark = `${this.table.entry}@${projection.version}`;
    this.#lead = new Lead(() => parts.database.connect(), this.#mark);
  }

  async create(): Promise<void> {
    await this.table.create();
    await this.#refresh();
  }

  position(): Position {
    return this.parts.marks.at(this.#mark);
  }

  onMove(listener: () => void): () => void {
    return this.parts.marks.on(this.#mark, listener);
  }

  async lead(): Promise<boolean> {
    const leads = await this.#lead.take();
    if (leads) await this.#refresh();
    return leads;
  }

  leave(): Promise<void> {
    return this.#lead.leave();
  }

  async apply(events: readonly RecordedEvent[], through: Position): Promise<void> {
    const from = this.#at;
    const [first] = events;
    // Another process has led meanwhile, and told how far it came.
    if (through < from || (first !== undefined && first.position <= from)) {
      throw new LeadLost(`${this.#mark} is at ${from} already`);
    }
    const before = await this.#rowsOf(events);
    const { rows, failure, last } = this.#fold(events, before);
    const reached = failure === undefined ? through : last;
    if (reached !== undefined) {
      const lines = Array.from(rows, ([id, row]) => ({ id, row }));
      const added = lines.filter(({ id }) => !before.has(id)).length;
      await this.#write(lines, { from, reached, added });
    }
    if (failure !== undefined) throw failure.cause;
  }

  async get(id: string): Promise<Row | undefined> {
    const [line] = await reading(() => this.table.reading([id]));
    return line?.row;
  }

  async list(range: RowRange<Field, Order>): Promise<readonly Row[]> {
    const lines = await reading(() => this.table.listing(range));
    return lines.map(({ row }) => row);
  }

  async count(where: readonly Condition<Field>[]): Promise<number> {
    const [row] = await reading(() => this.table.counting(where));
    return row?.count ?? 0;
  }

  async #refresh(): Promise<void> {
    const { version } = this.projection;
    const [row] = await reading(
      () => this.parts.database.sql<{ position: Position }[]>`
        SELECT position FROM hindsight.projections WHERE name = ${this.table.entry} AND version = ${version}`,
    );
    if (row === undefined) throw new Error(`hindsight.projections has no row of ${this.#mark}`);
    this.#at = row.position;
    this.parts.marks.set(this.#mark, row.position);
  }

  /** The rows that events are applied to, but for those that begin with one of these. */
  async #rowsOf(events: readonly RecordedEvent[]): Promise<ReadonlyMap<string, Row>> {
    const firsts = new Map<string, RecordedEvent>();
    for (const event of events) {
      if (!firsts.has(event.aggregateId)) firsts.set(event.aggregateId, event);
    }
    const ids = Array.from(firsts, ([id, { version }]) => (version === 1 ? [] : id)).flat();
    if (ids.length === 0) return new Map();
    const lines = await reading(() => this.table.reading(ids));
    return new Map(lines.map(({ id, row }) => [id, row]));
  }

  /** Applies event by event, up to one that cannot be. */
  #fold(events: readonly RecordedEvent[], before: ReadonlyMap<string, Row>) {
    const rows = new Map<string, Row>();
    let last: Position | undefined;
    for (const event of events) {
      const { aggregateId: id } = event;
      try {
        rows.set(id, this.projection.apply(rows.get(id) ?? before.get(id), event));
      } catch (cause) {
        return { rows, last, failure: { cause } };
      }
      last = event.position;
    }
    return { rows, last, failure: undefined };
  }

  async #write(
    lines: readonly Line<Row>[],
    { from, reached, added }: { from: Position; reached: Position; added: number },
  ): Promise<void> {
    const { marks, database } = this.parts;
    const { sql } = database;
    const { version } = this.projection;
    const writing =
      lines.length === 0
        ? sql``
        : sql`, written AS (${this.table.writing(lines, 'EXISTS (SELECT FROM moved)')})`;
    try {
      const { count } = await sql`
        WITH moved AS (
          UPDATE hindsight.projections SET position = ${reached}, rows = rows + ${added}
          WHERE name = ${this.table.entry} AND version = ${version} AND position = ${from}
          RETURNING position
        ) ${writing}
        SELECT
          pg_notify('hindsight', ${this.#mark} || ' ' || position),
          -- What a crash loses of this is folded again.
          set_config('synchronous_commit', 'off', true)
        FROM moved`;
      if (count === 0) throw new LeadLost(`${this.#mark} has moved on from ${from} elsewhere`);
    } catch (cause) {
      if (cause instanceof LeadLost || verdictOf(cause) === 'failed') throw cause;
      // Whether it was written will be seen from the position when there is a connection again.
      throw new StoreUnavailable('The database was lost.', { cause });
    }
    this.#at = reached;
    marks.set(this.#mark, reached);
  }
}
