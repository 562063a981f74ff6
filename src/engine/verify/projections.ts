import type { RecordedEvent } from '../../core/event.js';
import type { FoldedRow, Kept, KeptTable, RowDifference } from '../../core/inspection.js';
import type { AnyProjection } from '../../core/projection.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { reasonOf, streamOf, type TellFault } from './fault.js';

const ROWS_AT_ONCE = 500;

export interface ProjectionParts {
  readonly kept: Kept;
  readonly vocabulary: Vocabulary;
  /** Whether it was told already of a stream that nothing can follow from it. */
  readonly hasLost: (stream: string) => boolean;
  /** Where the log ends. */
  readonly end: number;
  readonly tell: TellFault;
  readonly note: (text: string) => void;
  readonly onProgress: (part: number) => void;
}

/** Compares the rows of a projection with what the log leads to, up to where the rows are. */
export async function checkProjection(
  parts: ProjectionParts,
  projection: AnyProjection,
): Promise<void> {
  const name = `${projection.name}@${projection.version}`;
  const table = await parts.kept.table(projection);
  const say = (says: string) =>
    parts.tell({ kind: 'projection', place: { of: 'table', name }, says });
  switch (table) {
    case 'never made':
      parts.note(
        `There are no rows of ${name} yet; a server of this build folds them at its start.`,
      );
      return;
    case 'lost':
      say('it has a position, and no table');
      return;
    default:
      await compare(parts, projection, table, say);
  }
}

async function compare(
  parts: ProjectionParts,
  projection: AnyProjection,
  table: KeptTable,
  say: (says: string) => void,
): Promise<void> {
  if (table.position > parts.end) {
    say(`it is at position ${table.position}, and the log ends at ${parts.end}`);
  }
  const folding = new Folding(projection, parts, say);
  for await (const rows of folding.rows(table)) {
    for (const difference of await table.differing(rows)) say(saysOf(difference));
  }
  for await (const ids of table.strangers()) {
    for (const id of ids) say(`it has a row of ${id}, which has no event up to its position`);
  }
  // What was told of single streams may be counted or not.
  if (folding.isWhole && table.counted !== folding.count) {
    say(`it counts ${table.counted} rows, and the log leads to ${folding.count}`);
  }
}

/** The rows of a projection as they follow from the log, aggregate after aggregate. */
class Folding {
  count = 0;
  /** False once an aggregate was left out. */
  isWhole = true;
  #row: unknown;
  #id: string | undefined;
  #isLeftOut = false;
  #done: FoldedRow[] = [];

  constructor(
    private readonly projection: AnyProjection,
    private readonly parts: Pick<
      ProjectionParts,
      'kept' | 'vocabulary' | 'hasLost' | 'end' | 'onProgress'
    >,
    private readonly say: (says: string) => void,
  ) {}

  async *rows({ position }: KeptTable): AsyncGenerator<readonly FoldedRow[]> {
    let events = 0;
    for await (const batch of this.parts.kept.histories(this.projection.aggregateType, position)) {
      for (const event of batch) this.#take(event);
      events += batch.length;
      if (events > 0) this.parts.onProgress(events / this.parts.end);
      if (this.#done.length < ROWS_AT_ONCE) continue;
      yield this.#done.splice(0);
    }
    this.#finish();
    if (this.#done.length > 0) yield this.#done;
  }

  #take(event: RecordedEvent): void {
    if (event.aggregateId !== this.#id) {
      this.#finish();
      [this.#id, this.#row] = [event.aggregateId, undefined];
      this.#isLeftOut = this.parts.hasLost(streamOf(event));
    }
    if (this.#isLeftOut) return;
    try {
      this.#row = this.projection.apply(this.#row, this.parts.vocabulary.upcast(event));
    } catch (cause) {
      this.#isLeftOut = true;
      this.say(
        `it is beyond position ${event.position}, which it cannot fold (${reasonOf(cause)})`,
      );
    }
  }

  #finish(): void {
    if (this.#id === undefined) return;
    if (this.#isLeftOut) {
      this.isWhole = false;
      return;
    }
    this.count += 1;
    this.#done.push({ id: this.#id, row: this.#row });
  }
}

function saysOf(difference: RowDifference): string {
  const { id } = difference;
  switch (difference.is) {
    case 'missing':
      return `the row of ${id} is missing`;
    case 'another':
      return `the row of ${id} differs from what the log leads to`;
    case 'misplaced':
      return `the row of ${id} is found by other values than its own: ${difference.columns.join(', ')}`;
    default:
      return difference satisfies never;
  }
}
