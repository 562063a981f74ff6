import type { Version } from '../../core/event.js';
import type { JsonObject } from '../../core/json.js';
import type { FoldOf, KeptResult, KeptResults } from '../../core/kept-results.js';
import type { Database } from './database.js';

const ROWS_AT_MOST = 20_000;

/** Results of folds in a table, for all servers. */
export class PostgresKeptResults implements KeptResults {
  constructor(
    private readonly database: Pick<Database, 'sql'>,
    private readonly rowsAtMost = ROWS_AT_MOST,
  ) {}

  async read(
    { fold, stream: { type, id } }: FoldOf,
    version: Version,
  ): Promise<KeptResult | undefined> {
    const [row] = await this.database.sql<{ version: Version; result: JsonObject }[]>`
      SELECT version, result FROM hindsight.kept_results
      WHERE fold = ${fold} AND stream_type = ${type} AND stream_id = ${id} AND version <= ${version}
      ORDER BY version DESC LIMIT 1`;
    return row;
  }

  async keep(
    { fold, stream: { type, id } }: FoldOf,
    { version, result }: KeptResult,
  ): Promise<void> {
    await this.database.sql`
      WITH kept AS (
        INSERT INTO hindsight.kept_results (fold, stream_type, stream_id, version, result)
        VALUES (${fold}, ${type}, ${id}, ${version}, ${JSON.stringify(result)}::text::json)
        ON CONFLICT DO NOTHING RETURNING made
      )
      DELETE FROM hindsight.kept_results
      WHERE made <= (SELECT made FROM kept) - ${this.rowsAtMost}`;
  }
}
