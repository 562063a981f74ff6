import sortedBTree from 'sorted-btree';
import { ordersOf, type Projection, type SortKey } from '../core/projection.js';
import { inTurns } from '../core/turn.js';
import { compareTexts } from './text-order.js';

const BTree = sortedBTree.default;
type BTree<Key, Value> = sortedBTree.default<Key, Value>;

/** Rows of one order, as they were at one moment. */
export type RowIndex<Row> = Pick<BTree<SortKey, Row>, 'entries' | 'entriesReversed'>;

/** A row that has changed since it was put in its places. */
interface Misplaced<Row> {
  /** The row that stands there; none where it is new. */
  readonly before: Row | undefined;
  readonly row: Row;
}

/**
 * Rows in each of their orders. A row goes to its place when the order is to be read, so that what
 * changes many times before that moves once.
 */
export class RowIndexes<Row, Order extends string> {
  readonly #trees: ReadonlyMap<Order, BTree<SortKey, Row>>;
  readonly #misplaced = new Map<string, Misplaced<Row>>();

  constructor(
    private readonly projection: Pick<Projection<Row, never, Order>, 'orders' | 'sortValue'>,
  ) {
    this.#trees = new Map(
      ordersOf(projection).map((order) => [order, new BTree<SortKey, Row>(undefined, compareKeys)]),
    );
  }

  /** Takes a changed row. Throws, and changes nothing, for one that has no place. */
  take(id: string, before: Row | undefined, row: Row): void {
    for (const order of this.#trees.keys()) this.projection.sortValue(row, order);
    const misplaced = this.#misplaced.get(id);
    this.#misplaced.set(id, { before: misplaced === undefined ? before : misplaced.before, row });
  }

  /** Puts the rows that have changed in their places. */
  place(): Promise<void> {
    return inTurns(this.#misplaced, ([id, misplaced]) => {
      this.#misplaced.delete(id);
      for (const [order, tree] of this.#trees) this.#move(tree, order, id, misplaced);
    });
  }

  /** All rows in an order; what changes later is not in it. */
  async in(order: Order): Promise<RowIndex<Row>> {
    const tree = this.#trees.get(order);
    if (tree === undefined) throw new Error(`no index for the order ${order}`);
    while (this.#misplaced.size > 0) await this.place();
    return tree.clone();
  }

  #move(
    tree: BTree<SortKey, Row>,
    order: Order,
    id: string,
    { before, row }: Misplaced<Row>,
  ): void {
    const to = this.projection.sortValue(row, order);
    const from = before === undefined ? to : this.projection.sortValue(before, order);
    if (from !== to) tree.delete([from, id]);
    tree.set([to, id], row);
  }
}

export function compareKeys([a, aId]: SortKey, [b, bId]: SortKey): number {
  const difference =
    typeof a === 'number' && typeof b === 'number' ? a - b : compareTexts(String(a), String(b));
  return difference === 0 ? compareTexts(aId, bId) : difference;
}
