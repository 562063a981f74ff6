import type { Position } from '../../core/event.js';
import type { Sql } from './database.js';
import { closed, noWrites } from './errors.js';

/** The name of the mark that stands at the end of the log. */
export const LOG = 'log';

interface Seen {
  readonly name: string;
  readonly position: Position;
  readonly readOnly: string;
}

/**
 * Sees how far the log and each projection are, by a connection of its own: slow statements on others
 * are not to look like a database that has vanished.
 */
export class Sight {
  #sql: Sql | undefined;
  #isClosed = false;

  constructor(
    /** Opens a connection. */
    private readonly connect: () => Sql,
  ) {}

  /** Rejects also when the database takes no writes: another one may by now. */
  async read(): Promise<readonly Seen[]> {
    try {
      const rows = await this.#select();
      if (rows[0]?.readOnly !== 'off') throw noWrites();
      return rows;
    } catch (error) {
      this.letGo();
      throw error;
    }
  }

  /** The next look is by another connection. */
  letGo(): void {
    void this.#sql?.end({ timeout: 0 });
    this.#sql = undefined;
  }

  close(): void {
    this.#isClosed = true;
    this.letGo();
  }

  #select() {
    if (this.#isClosed) throw closed();
    this.#sql ??= this.connect();
    return this.#sql<Seen[]>`
      SELECT marks.*, current_setting('transaction_read_only') AS "readOnly" FROM (
        SELECT ${LOG}::text AS name, coalesce(max(position), 0) AS position FROM hindsight.events
        UNION ALL
        SELECT name || '@' || version, position FROM hindsight.projections
        -- What a rebuild has left that was cut short is nobody's.
        WHERE name NOT LIKE '%~beside' OR EXISTS (
          SELECT FROM pg_locks
          WHERE locktype = 'advisory' AND classid = 7310583
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND objid = (hashtext('rebuild ' || split_part(name, '~', 1))::bigint & 4294967295)::oid
        )
      ) AS marks`;
  }
}
