import type { Order, Seen } from '../load/order.js';
import type { Repeated } from './repeated.js';

export interface AppendOrder extends Repeated {
  /** An empty one. */
  readonly folder: string;
  readonly atOnce: number;
}

export interface Appended {
  /** Commits a second. */
  readonly rate: number;
  readonly errors: number;
}

export interface LogOrder {
  readonly folder: string;
  readonly path: string;
  readonly events: number;
}

export interface RepeatedOrder extends LogOrder, Repeated {}

export interface Took {
  readonly seconds: number;
}

export interface Held {
  readonly bytes: number;
}

interface Job<Told extends object, Answer extends object> {
  readonly told: Told;
  readonly answer: Answer;
}

/** The scripts that do their work in a process of their own: plain data goes there and back. */
export interface Jobs {
  'load/load.js': Job<Order, Seen>;
  'cells/append.js': Job<AppendOrder, Appended>;
  'cells/write.js': Job<AppendOrder, Appended>;
  'cells/start.js': Job<LogOrder, Took>;
  'cells/parse-file.js': Job<LogOrder, Took>;
  'cells/memory.js': Job<LogOrder, Held>;
  'cells/rebuild.js': Job<LogOrder, Took>;
  'cells/replay.js': Job<RepeatedOrder, Took>;
  'cells/parse-lines.js': Job<RepeatedOrder, Took>;
}
