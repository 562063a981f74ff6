import type { Operation } from './operations.js';

/** What a load process is to do: plain data, for it is handed to another process. */
export interface Order {
  readonly url: string;
  readonly operation: Operation;
  readonly connections: number;
  /** What V8 has to see before it is fast; not measured. */
  readonly warmUpSeconds: number;
  readonly measuredSeconds: number;
  /** Whether it keeps what it is told, as all do but the floor: then that is looked at first. */
  readonly keeps: boolean;
  /** What is there to be asked for and renamed; without it 1,000 users are created first. */
  readonly stored?: Stored;
}

export interface Stored {
  readonly users: readonly StoredUser[];
  /** Between these times, in milliseconds since 1970, lie the moments that are asked for. */
  readonly between: readonly [from: number, to: number];
}

export interface StoredUser {
  readonly id: string;
  readonly version: number;
}

/** What a load process saw. */
export interface Seen {
  /** Answers as they are to be, in a second. */
  readonly rate: number;
  /** How often which failure was seen meanwhile. */
  readonly failures: Readonly<Record<string, number>>;
  /** The part of one core that the load itself took: near 1, it was the load that was measured. */
  readonly share: number;
}
