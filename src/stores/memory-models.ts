import { START, type Position, type RecordedEvent } from '../core/event.js';
import { Listeners } from '../core/listeners.js';
import type {
  Building,
  Condition,
  Projection,
  ReadModel,
  ReadModels,
  RowRange,
} from '../core/projection.js';
import { inTurns } from '../core/turn.js';
import { compareKeys, RowIndexes, type RowIndex } from './row-indexes.js';

/** Read models in memory, folded anew from the log at every start. */
export class MemoryReadModels implements ReadModels {
  open<Row, Field extends string, Order extends string>(
    projection: Projection<Row, Field, Order>,
  ): Promise<ReadModel<Row, Field, Order>> {
    return Promise.resolve(new MemoryReadModel(projection));
  }

  building(): readonly Building[] {
    return [];
  }
}

class MemoryReadModel<Row, Field extends string, Order extends string> implements ReadModel<
  Row,
  Field,
  Order
> {
  readonly #rows = new Map<string, Row>();
  readonly #indexes: RowIndexes<Row, Order>;
  readonly #listeners = new Listeners();
  #position = START;

  constructor(readonly projection: Projection<Row, Field, Order>) {
    this.#indexes = new RowIndexes(projection);
  }

  position(): Position {
    return this.#position;
  }

  onMove(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  lead(): Promise<boolean> {
    return Promise.resolve(true);
  }

  leave(): Promise<void> {
    return Promise.resolve();
  }

  async apply(events: readonly RecordedEvent[], through: Position, goesOn = false): Promise<void> {
    for (const event of events) {
      const before = this.#rows.get(event.aggregateId);
      const row = this.projection.apply(before, event);
      // Whatever can throw does so before anything is changed.
      this.#indexes.take(event.aggregateId, before, row);
      this.#rows.set(event.aggregateId, row);
      this.#position = event.position;
    }
    if (!goesOn) await this.#indexes.place();
    this.#position = through;
    this.#listeners.tell();
  }

  get(id: string): Promise<Row | undefined> {
    return Promise.resolve(this.#rows.get(id));
  }

  async list(range: RowRange<Field, Order>): Promise<readonly Row[]> {
    const found: Row[] = [];
    if (range.limit <= 0) return found;
    const index = await this.#indexes.in(range.orderBy);
    await inTurns(rowsIn(index, range), (row) => {
      if (this.#meets(row, range.where)) found.push(row);
      return found.length === range.limit ? 'enough' : undefined;
    });
    return found;
  }

  async count(where: readonly Condition<Field>[]): Promise<number> {
    if (where.length === 0) return this.#rows.size;
    let count = 0;
    // All of one moment, though others change rows meanwhile.
    await inTurns(Array.from(this.#rows.values()), (row) => {
      if (this.#meets(row, where)) count += 1;
    });
    return count;
  }

  #meets(row: Row, where: readonly Condition<Field>[]): boolean {
    return where.every(({ field, is, value }) => {
      const actual = this.projection.field(row, field);
      return is === 'equal' ? actual === value : actual.includes(value);
    });
  }
}

/** Walks one index from the right end, between the keys of a range. */
function* rowsIn<Row>(
  index: RowIndex<Row>,
  { after, before, descending, backwards }: RowRange<string, string>,
): Generator<Row> {
  const [low, high] = descending ? [before, after] : [after, before];
  const up = descending === backwards;
  for (const [key, row] of up ? index.entries(low) : index.entriesReversed(high)) {
    if (up && high !== undefined && compareKeys(key, high) >= 0) return;
    if (!up && low !== undefined && compareKeys(key, low) <= 0) return;
    const excluded = up ? low : high;
    if (excluded === undefined || compareKeys(key, excluded) !== 0) yield row;
  }
}
