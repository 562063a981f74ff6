import { positionOf, START, type Position } from '../../core/event.js';
import { StoreRefused, type EventStore } from '../../core/event-store.js';
import { LeadLost, type AnyProjection } from '../../core/projection.js';
import type { Sql, Transaction } from './database.js';
import { Lead } from './lead.js';
import { entryOf, tableOf } from './model-table.js';
import { PostgresReadModel, type ReadModelParts } from './read-models.js';

const SLICE_EVENTS = 5_000;

type Model = PostgresReadModel<unknown, string, string>;

export interface RebuildParts extends ReadModelParts {
  readonly store: Pick<EventStore, 'readLog'>;
  /** Told how far the new rows are. */
  readonly onProgress: (position: Position) => void;
}

export interface Rebuilt {
  readonly rows: number;
  /** With which version's rows the new ones were compared; null where there were none. */
  readonly compared: { readonly version: number; readonly differing: number } | null;
}

/**
 * Folds the rows of a projection anew, beside those in use, compares them, and puts them in their
 * place, all in one transaction. Servers go on with the old rows until then, and with the new ones from
 * then on. Rejects with StoreRefused while another rebuild of it is under way, and when its lock is lost.
 */
export async function rebuild(parts: RebuildParts, projection: AnyProjection): Promise<Rebuilt> {
  const lead = new Lead(() => parts.database.connect(), rebuildOf(projection));
  try {
    if (!(await lead.tryTake())) {
      throw new StoreRefused(`Projection ${projection.name} is being rebuilt or verified already.`);
    }
    const model: Model = new PostgresReadModel(parts, projection, true);
    await parts.database.sql.begin((sql) => forget(sql, projection, true));
    await model.create();
    // Not beyond what it is compared with; what that takes in meanwhile comes at the end.
    const used = await positionInUse(parts.database.sql, projection);
    const after = await foldUpTo(parts, model, { after: START, last: used });
    return await parts.database.sql.begin((sql) => putInPlace(parts, sql, { model, after, lead }));
  } catch (cause) {
    throw cause instanceof LeadLost ? lost(projection, cause) : cause;
  } finally {
    await lead.leave();
  }
}

/** Under which name a rebuild of a projection, or who must not meet one, is alone. */
export const rebuildOf = ({ name }: AnyProjection): string => `rebuild ${name}`;

/** What another rebuild may have done meanwhile is not to be mixed with this one. */
const lost = ({ name }: AnyProjection, cause?: unknown): StoreRefused =>
  new StoreRefused(
    `The rebuild of ${name} lost its lock, as its connection was lost: nothing was changed. Start it again.`,
    { cause },
  );

/** From where to fold, and to where: a position, or the end of the log. */
interface Stretch {
  readonly after: Position;
  readonly last: Position | undefined;
}

/** Answers how far it came. No mark says that: they are hidden where the lock is lost. */
async function foldUpTo(
  { store, onProgress }: RebuildParts,
  model: Model,
  { after: first, last }: Stretch,
): Promise<Position> {
  const where = { aggregateType: model.projection.aggregateType };
  const before = last === undefined ? {} : { before: positionOf(last + 1) };
  for (let after = first; ;) {
    const slice = await store.readLog({ after, ...before, where, limit: SLICE_EVENTS });
    if (slice.reached > after) await model.apply(slice.events, slice.reached);
    after = slice.reached;
    onProgress(after);
    if (slice.complete) return after;
  }
}

/** Rows that are ready, up to a position, and the lock they were made under. */
interface Ready {
  readonly model: Model;
  readonly after: Position;
  readonly lead: Lead;
}

async function putInPlace(
  parts: RebuildParts,
  sql: Transaction,
  { model, after, lead }: Ready,
): Promise<Rebuilt> {
  const { name, version } = model.projection;
  // Nobody makes the table meanwhile, and whoever folds into it waits; its readers do not.
  await sql`SELECT pg_advisory_xact_lock(7310582, 0)`;
  const used = await versionInUse(sql, name, version);
  if (used === version) {
    await sql.unsafe(`LOCK TABLE hindsight.${tableOf(name, version)} IN SHARE MODE`);
    await foldUpTo(parts, model, { after, last: await positionInUse(sql, model.projection) });
  }
  const compared = used === undefined ? null : await compare(sql, model, used);
  if (!(await lead.isHeld())) throw lost(model.projection);
  await forget(sql, model.projection, false);
  await sql.unsafe(`ALTER TABLE hindsight.${model.table.name} RENAME TO ${tableOf(name, version)}`);
  const [entry] = await sql<{ rows: number; position: Position }[]>`
    UPDATE hindsight.projections SET name = ${name}
    WHERE name = ${model.table.entry} AND version = ${version} RETURNING rows, position`;
  await sql`
    SELECT pg_notify('hindsight', ${`${name}@${version} ${entry?.position ?? START}`})`;
  await forgetOlder(sql, name, version);
  return { rows: entry?.rows ?? 0, compared };
}

/** The version of the rows that servers read: this one, or the last before it. */
async function versionInUse(sql: Transaction, name: string, version: number) {
  const [row] = await sql<{ version: number }[]>`
    SELECT version FROM hindsight.projections WHERE name = ${name} AND version <= ${version}
    ORDER BY version DESC LIMIT 1`;
  return row?.version;
}

/** How far the rows in use are; undefined where this version has none. */
async function positionInUse(sql: Sql | Transaction, { name, version }: AnyProjection) {
  const [row] = await sql<{ position: Position }[]>`
    SELECT position FROM hindsight.projections WHERE name = ${name} AND version = ${version}`;
  return row?.position;
}

async function compare(sql: Transaction, { table, projection }: Model, used: number) {
  const [row] = await sql.unsafe<{ differing: number }[]>(
    `SELECT count(*) AS differing
     FROM hindsight.${table.name} one FULL JOIN hindsight.${tableOf(projection.name, used)} other
     USING (id) WHERE one.row::text IS DISTINCT FROM other.row::text`,
  );
  return { version: used, differing: row?.differing ?? 0 };
}

async function forget(
  sql: Transaction,
  { name, version }: AnyProjection,
  isBeside: boolean,
): Promise<void> {
  await sql.unsafe(`DROP TABLE IF EXISTS hindsight.${tableOf(name, version, isBeside)}`);
  await sql`
    DELETE FROM hindsight.projections
    WHERE name = ${entryOf(name, isBeside)} AND version = ${version}`;
}

/** Whoever goes back to the build before finds its rows; those from before that are dropped. */
async function forgetOlder(sql: Transaction, name: string, version: number): Promise<void> {
  const rows = await sql<{ version: number }[]>`
    DELETE FROM hindsight.projections WHERE name = ${name} AND version < (
      SELECT max(version) FROM hindsight.projections WHERE name = ${name} AND version < ${version}
    ) RETURNING version`;
  for (const row of rows) {
    await sql.unsafe(`DROP TABLE IF EXISTS hindsight.${tableOf(name, row.version)}`);
  }
}
