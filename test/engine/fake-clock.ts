import { timestampOf, type Clock, type Timestamp } from '../../src/core/time.js';

export interface FakeClock {
  readonly clock: Clock;
  now(): Timestamp;
  /** Moves on; back, for a negative number. */
  move(milliseconds: number): void;
}

/** A clock that moves when it is told to. */
export function fakeClock(start = '2026-01-31T12:00:00.000Z'): FakeClock {
  let time = Date.parse(start);
  return {
    clock: () => time,
    now: () => timestampOf(time),
    move: (milliseconds) => {
      time += milliseconds;
    },
  };
}
