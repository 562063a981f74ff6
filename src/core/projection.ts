import type { Position, RecordedEvent } from './event.js';

/** What a row is sorted by, with its id to tell equals apart: a place in an order. */
export type SortKey = readonly [value: string | number, id: string];

/** A read model as a pure fold: one row for each aggregate of one type. */
export interface Projection<Row, Field extends string, Order extends string> {
  readonly name: string;
  /** Raised whenever the fold changes its meaning. */
  readonly version: number;
  readonly aggregateType: string;
  /** Throws for an event that it has no meaning for. */
  apply(row: Row | undefined, event: RecordedEvent): Row;
  /** What rows can be found by. */
  readonly fields: readonly Field[];
  field(row: Row, field: Field): string;
  /** What rows can be listed by, and of which kind that is; a store keeps an index for each. */
  readonly orders: Readonly<Record<Order, 'text' | 'number'>>;
  sortValue(row: Row, order: Order): string | number;
}

export type AnyProjection = Projection<unknown, string, string>;

export function ordersOf<Order extends string>({
  orders,
}: Pick<Projection<never, never, Order>, 'orders'>): readonly Order[] {
  // Object.keys forgets what its keys are.
  return Object.keys(orders) as Order[];
}

export interface Condition<Field extends string> {
  readonly field: Field;
  readonly is: 'equal' | 'containing';
  readonly value: string;
}

export interface RowRange<Field extends string, Order extends string> {
  readonly where: readonly Condition<Field>[];
  readonly orderBy: Order;
  readonly descending: boolean;
  /** Only rows beyond this key, in the direction of the order. */
  readonly after?: SortKey | undefined;
  readonly before?: SortKey | undefined;
  /** The last rows of the range instead of the first; answered last one first. */
  readonly backwards: boolean;
  readonly limit: number;
}

/**
 * The rows of one projection, and how far in the log they are. Where several processes share them, one
 * of them leads: it alone applies.
 */
export interface ReadModel<Row, Field extends string, Order extends string> {
  readonly projection: Projection<Row, Field, Order>;
  /** As far as is known here. */
  position(): Position;
  /** Calls back when the position has moved, by whomever. A listener must not throw. */
  onMove(listener: () => void): () => void;
  /**
   * Resolves with true when this process leads, and with false when it leaves before that. May reject,
   * and may be asked again by one who leads already.
   */
  lead(): Promise<boolean>;
  /** Lets another process lead; this one may lead again later. */
  leave(): Promise<void>;
  /**
   * Folds the next events in; `through` is how far they bring the model. An event that cannot be
   * applied rejects, and the model stays behind it. Rejects with {@link LeadLost} when another process
   * has taken over, and nothing is applied; and with StoreUnavailable when the rows cannot be reached:
   * what was applied is known from the position then, once somebody leads again. `goesOn` says that more
   * follows at once, so that what only readers need may be left for later.
   */
  apply(events: readonly RecordedEvent[], through: Position, goesOn?: boolean): Promise<void>;
  get(id: string): Promise<Row | undefined>;
  list(range: RowRange<Field, Order>): Promise<readonly Row[]>;
  count(where: readonly Condition<Field>[]): Promise<number>;
}

/** Rows that are being made to take the place of others. */
export interface Building {
  readonly name: string;
  readonly version: number;
  readonly position: Position;
}

/** Where read models are kept. */
export interface ReadModels {
  /** What is built at present beside the models that were opened here. */
  building(): readonly Building[];
  open<Row, Field extends string, Order extends string>(
    projection: Projection<Row, Field, Order>,
  ): Promise<ReadModel<Row, Field, Order>>;
}

/** Another process applies now. */
export class LeadLost extends Error {
  override readonly name = 'LeadLost';
}
