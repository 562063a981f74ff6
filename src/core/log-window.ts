import { matches, type Position, type RecordedEvent } from './event.js';
import type { LogRange, LogSlice } from './event-store.js';

/** A stretch of the log that is known, without a gap: the last events of what was added to it. */
export class LogWindow {
  #events: RecordedEvent[] = [];
  #end: Position;

  constructor(
    private after: Position,
    private readonly eventsAtMost: number,
  ) {
    this.#end = after;
  }

  /** How far it reaches. */
  get through(): Position {
    return this.#end;
  }

  /** Adds what follows in the log, up to a position. */
  add(events: readonly RecordedEvent[], through: Position): void {
    this.#events.push(...events);
    this.#end = through;
    const [last] = this.#events.splice(0, this.#events.length - this.eventsAtMost).slice(-1);
    if (last !== undefined) this.after = last.position;
  }

  /** What is in it of a range; undefined where it may not be all that the log holds there. */
  read({ after, before, backwards = false, where = {}, limit }: LogRange): LogSlice | undefined {
    const isHere = after !== undefined && after >= this.after && after <= this.#end;
    if (!isHere || before !== undefined || backwards) return undefined;
    const events: RecordedEvent[] = [];
    for (let index = after - this.after; index < this.#events.length; index += 1) {
      const event = this.#events[index];
      if (events.length === limit) break;
      if (event !== undefined && matches(event, where)) events.push(event);
    }
    const last = events.at(-1);
    const isCut = events.length === limit && last !== undefined && last.position < this.#end;
    return { events, reached: isCut ? last.position : this.#end, complete: !isCut };
  }
}
