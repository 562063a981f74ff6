import type { Position, RecordedEvent, StreamId, Version } from '../../core/event.js';
import type { StreamRange } from '../../core/event-store.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { lookedFor, type Sql } from './database.js';
import { reading } from './errors.js';
import { eventOf, type EventRow } from './rows.js';
import { together } from './together.js';

/** How many events a question may be answered with that shares a statement, so that nobody waits for another's long answer. */
const SHORT_EVENTS = 64;
/** The most that PostgreSQL compares versions with. */
const LAST_VERSION = 2 ** 31 - 1;

/** A stream as it was at a position. */
interface Past {
  readonly stream: StreamId;
  readonly position: Position;
}

interface Piece {
  readonly stream: StreamId;
  readonly after: Version;
  readonly through: Version;
}

/**
 * Reads streams. What is asked at the same time shares a statement: a page of the past asks for hundreds
 * of streams.
 */
export class Streams {
  readonly #pasts = together((pasts: readonly Past[]) => this.#versionsAt(pasts));
  readonly #pieces = together((pieces: readonly Piece[]) => this.#readAll(pieces));

  constructor(
    private readonly sql: Sql,
    private readonly vocabulary: Vocabulary,
  ) {}

  async read(stream: StreamId, range: StreamRange): Promise<readonly RecordedEvent[]> {
    const { after = 0, throughVersion = LAST_VERSION } = range;
    const piece = { stream, after, through: Math.min(throughVersion, LAST_VERSION) };
    if (piece.through - after <= SHORT_EVENTS) return this.#pieces.load(piece);
    const [events = []] = await this.#readAll([piece]);
    return events;
  }

  async versionAt(stream: StreamId, position?: Position): Promise<Version> {
    if (position !== undefined) return this.#pasts.load({ stream, position });
    const { type, id } = stream;
    const [row] = await reading(
      () => this.sql<{ version: Version }[]>`
        SELECT version FROM hindsight.events WHERE stream_type = ${type} AND stream_id = ${id}
        ORDER BY version DESC LIMIT 1`,
    );
    return row?.version ?? 0;
  }

  async #versionsAt(pasts: readonly Past[]): Promise<readonly Version[]> {
    const rows = await reading(
      () => this.sql<{ version: Version }[]>`
        SELECT hindsight.version_at(type, id, position::bigint) AS version
        FROM unnest(
          ${typesOf(pasts)}::text[], ${idsOf(pasts)}::text[],
          ${pasts.map(({ position }) => position)}::float8[]
        ) WITH ORDINALITY AS past (type, id, position, place)
        ORDER BY place`,
    );
    return rows.map(({ version }) => version);
  }

  async #readAll(pieces: readonly Piece[]): Promise<readonly (readonly RecordedEvent[])[]> {
    const rows = await reading(
      () => this.sql<(EventRow & { place: number })[]>`
        SELECT piece.place, found.*
        FROM unnest(
          ${typesOf(pieces)}::text[], ${idsOf(pieces)}::text[],
          ${pieces.map(({ after }) => after)}::int4[], ${pieces.map(({ through }) => through)}::int4[]
        ) WITH ORDINALITY AS piece (type, id, after, through, place)
        CROSS JOIN LATERAL (
          SELECT * FROM hindsight.events
          WHERE stream_type = piece.type AND stream_id = piece.id
            AND version > piece.after AND version <= piece.through
          ORDER BY version
        ) AS found
        ORDER BY piece.place, found.version`,
    );
    const found = pieces.map((): RecordedEvent[] => []);
    for (const row of rows) found[row.place - 1]?.push(this.vocabulary.upcast(eventOf(row)));
    return found;
  }
}

type Asked = Pick<Past | Piece, 'stream'>;

const typesOf = (asked: readonly Asked[]) => asked.map(({ stream }) => lookedFor(stream.type));
const idsOf = (asked: readonly Asked[]) => asked.map(({ stream }) => lookedFor(stream.id));
