import sortedBTree from 'sorted-btree';
import { START, type Position, type RecordedEvent } from '../core/event.js';
import { Listeners } from '../core/listeners.js';
import {
  ordersOf,
  type Building,
  type Condition,
  type Projection,
  type ReadModel,
  type ReadModels,
  type RowRange,
  type SortKey,
} from '../core/projection.js';
import { compareTexts } from './text-order.js';

const BTree = sortedBTree.default;
type BTree<Key, Value> = sortedBTree.default<Key, Value>;

/** A row's way from one place in an index to another. */
interface Move<Row> {
  readonly index: BTree<SortKey, Row>;
  readonly from: string | number;
  readonly to: string | number;
}

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
  readonly #indexes: ReadonlyMap<Order, BTree<SortKey, Row>>;
  readonly #listeners = new Listeners();
  #position = START;

  constructor(readonly projection: Projection<Row, Field, Order>) {
    this.#indexes = new Map(
      ordersOf(projection).map((order) => [order, new BTree<SortKey, Row>(undefined, compareKeys)]),
    );
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

  async apply(events: readonly RecordedEvent[], through: Position): Promise<void> {
    for (const event of events) {
      const before = this.#rows.get(event.aggregateId);
      const row = this.projection.apply(before, event);
      // Whatever can throw does so before anything is changed.
      const moves = this.#movesOf(before, row);
      this.#rows.set(event.aggregateId, row);
      this.#reindex(event.aggregateId, row, moves);
      this.#position = event.position;
    }
    this.#position = through;
    this.#listeners.tell();
  }

  get(id: string): Promise<Row | undefined> {
    return Promise.resolve(this.#rows.get(id));
  }

  async list(range: RowRange<Field, Order>): Promise<readonly Row[]> {
    const found: Row[] = [];
    if (range.limit <= 0) return found;
    for (const [, row] of this.#walk(range)) {
      if (this.#meets(row, range.where)) found.push(row);
      if (found.length === range.limit) break;
    }
    return found;
  }

  async count(where: readonly Condition<Field>[]): Promise<number> {
    if (where.length === 0) return this.#rows.size;
    let count = 0;
    for (const row of this.#rows.values()) if (this.#meets(row, where)) count += 1;
    return count;
  }

  /** Walks one index from the right end, between the keys of a range. */
  *#walk(range: RowRange<Field, Order>): Generator<readonly [SortKey, Row]> {
    const index = this.#indexes.get(range.orderBy);
    if (index === undefined) throw new Error(`no index for the order ${range.orderBy}`);
    const { after, before } = range;
    const [low, high] = range.descending ? [before, after] : [after, before];
    const up = range.descending === range.backwards;
    for (const [key, row] of up ? index.entries(low) : index.entriesReversed(high)) {
      if (up && high !== undefined && compareKeys(key, high) >= 0) return;
      if (!up && low !== undefined && compareKeys(key, low) <= 0) return;
      const excluded = up ? low : high;
      if (excluded === undefined || compareKeys(key, excluded) !== 0) yield [key, row];
    }
  }

  #meets(row: Row, where: readonly Condition<Field>[]): boolean {
    return where.every(({ field, is, value }) => {
      const actual = this.projection.field(row, field);
      return is === 'equal' ? actual === value : actual.includes(value);
    });
  }

  /** From where to where a changed row goes in each index. */
  #movesOf(before: Row | undefined, row: Row): readonly Move<Row>[] {
    return Array.from(this.#indexes, ([order, index]) => {
      const to = this.projection.sortValue(row, order);
      return {
        index,
        from: before === undefined ? to : this.projection.sortValue(before, order),
        to,
      };
    });
  }

  #reindex(id: string, row: Row, moves: readonly Move<Row>[]): void {
    for (const { index, from, to } of moves) {
      if (from !== to) index.delete([from, id]);
      index.set([to, id], row);
    }
  }
}

function compareKeys([a, aId]: SortKey, [b, bId]: SortKey): number {
  const difference =
    typeof a === 'number' && typeof b === 'number' ? a - b : compareTexts(String(a), String(b));
  return difference === 0 ? compareTexts(aId, bId) : difference;
}
