import type { Position } from '../../core/event.js';
import type { LogRange, LogSlice } from '../../core/event-store.js';

/** Reads of the same range are one while it is under way: many followers are often at the same place. */
export class SharedReads {
  readonly #underWay = new Map<string, Promise<LogSlice>>();

  constructor(private readonly read: (range: LogRange) => Promise<LogSlice>) {}

  /**
   * `end` is where the log is known to end: a read that began before that was known may not have seen
   * what the reader was woken for.
   */
  readFrom(range: LogRange, end: Position): Promise<LogSlice> {
    const key = JSON.stringify([end, range]);
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const reading = this.read(range).finally(() => {
      if (this.#underWay.get(key) === reading) this.#underWay.delete(key);
    });
    this.#underWay.set(key, reading);
    return reading;
  }

  /** The next read is another one: what is under way may be answered by a host that is not used any more. */
  forget(): void {
    this.#underWay.clear();
  }
}
