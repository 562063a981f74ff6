import DataLoader from 'dataloader';
import type { Position, RecordedEvent, StreamId, Version } from '../../core/event.js';
import type { StreamRange } from '../../core/event-store.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { withoutNul, type Sql } from './database.js';
import { reading } from './errors.js';
import { eventOf, type EventRow } from './rows.js';

/** How many questions share a statement at most. */
const TOGETHER_AT_MOST = 16;
/** How many events may answer a question that shares one: nobody is to wait for a long answer. */
const SHORT_EVENTS = 64;
/** The most that PostgreSQL compares versions with. */
const LAST_VERSION = 2 ** 31 - 1;

interface Asked {
  readonly stream: StreamId;
}

interface AskedAt extends Asked {
  readonly position: Position;
}

interface Piece extends Asked {
  readonly after: Version;
  readonly through: Version;
}

/**
 * Reads streams. What is asked at the same time shares a statement: a page of the past asks for hundreds
 * of streams.
 */
export class Streams {
  readonly #versions = together((asked: readonly AskedAt[]) => this.#versionsAt(asked));
  readonly #pieces = together((pieces: readonly Piece[]) => this.#readAll(pieces));

  constructor(
    private readonly sql: Sql,
    private readonly vocabulary: Vocabulary,
  ) {}

  async read(stream: StreamId, range: StreamRange): Promise<readonly RecordedEvent[]> {
    const { after = 0, throughVersion = LAST_VERSION } = range;
    const through = Math.min(throughVersion, LAST_VERSION);
    if (through <= after) return [];
    if (through - after <= SHORT_EVENTS) return this.#pieces.load({ stream, after, through });
    const { type, id } = stream;
    const rows = await reading(
      () => this.sql<EventRow[]>`
        SELECT * FROM hindsight.events
        WHERE stream_type = ${type} AND stream_id = ${id}
          AND version > ${after} AND version <= ${through}
        ORDER BY version`,
    );
    return this.#eventsOf(rows);
  }

  async versionAt(stream: StreamId, position?: Position): Promise<Version> {
    if (position !== undefined) return this.#versions.load({ stream, position });
    const { type, id } = stream;
    const [row] = await reading(
      () => this.sql<{ version: Version }[]>`
        SELECT version FROM hindsight.events WHERE stream_type = ${type} AND stream_id = ${id}
        ORDER BY version DESC LIMIT 1`,
    );
    return row?.version ?? 0;
  }

  async #versionsAt(asked: readonly AskedAt[]): Promise<readonly Version[]> {
    const positions = asked.map(({ position }) => position);
    const rows = await reading(
      () => this.sql<{ version: Version }[]>`
        SELECT hindsight.version_at(type, id, position::bigint) AS version
        FROM unnest(
          ${typesOf(asked)}::text[], ${idsOf(asked)}::text[], ${positions}::float8[]
        ) WITH ORDINALITY AS asked (type, id, position, place)
        ORDER BY place`,
    );
    return rows.map(({ version }) => version);
  }

  async #readAll(pieces: readonly Piece[]): Promise<readonly (readonly RecordedEvent[] | Error)[]> {
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
          -- Keeps the planner to the index: it would go through the whole log where streams are long.
          ORDER BY version
        ) AS found
        ORDER BY piece.place, found.version`,
    );
    const found = pieces.map((): EventRow[] => []);
    for (const row of rows) found[row.place - 1]?.push(row);
    // What cannot be brought up in one stream is no fault of the others.
    return found.map((each) => orError(() => this.#eventsOf(each)));
  }

  #eventsOf(rows: readonly EventRow[]): readonly RecordedEvent[] {
    return rows.map((row) => this.vocabulary.upcast(eventOf(row)));
  }
}

const typesOf = (asked: readonly Asked[]) => asked.map(({ stream }) => withoutNul(stream.type));
const idsOf = (asked: readonly Asked[]) => asked.map(({ stream }) => withoutNul(stream.id));

function orError<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Gathers what is asked in one turn of the event loop; nothing is kept. */
const together = <Question, Answer>(
  answer: (questions: readonly Question[]) => Promise<readonly (Answer | Error)[]>,
): DataLoader<Question, Answer> =>
  new DataLoader(answer, {
    cache: false,
    maxBatchSize: TOGETHER_AT_MOST,
    batchScheduleFn: (gathered) => void setImmediate(gathered),
  });
