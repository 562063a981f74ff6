import { isDeepStrictEqual } from 'node:util';
import type { Position, RecordedEvent } from '../../core/event.js';
import type { WholeLog } from '../../core/whole-log.js';
import { BadFile } from './format.js';
import type { Given } from './given.js';
import { expectNext, Misfit, Places, type PlacesParts } from './places.js';
import type { GivenLine } from './read-file.js';

const EVENTS_AT_ONCE = 1_000;

export interface FillingParts extends PlacesParts {
  readonly whole: WholeLog;
}

/**
 * Brings the lines of a file behind what a log has. Lines at positions that the log has already must say
 * the same, and are passed over: so an export that was made later goes on where an earlier one ended.
 */
export class Filling {
  /** How many events of the file are new. */
  added = 0;
  /** How many were there before. */
  same = 0;
  /** How many new events of each type this build has no meaning for. */
  readonly unknown = new Map<string, number>();
  readonly #places: Places;
  readonly #existing: AsyncGenerator<RecordedEvent>;

  constructor(private readonly parts: FillingParts) {
    this.#places = new Places(parts);
    this.#existing = eventsOf(parts.whole);
  }

  /** The new events. Rejects with BadFile for a line that does not fit. */
  async *fill(
    lines: AsyncIterable<GivenLine>,
    onProgress: () => void,
  ): AsyncGenerator<readonly RecordedEvent[]> {
    let batch: RecordedEvent[] = [];
    for await (const { number, given } of lines) {
      const event = await this.#take(given).catch((cause: unknown) => {
        throw cause instanceof Misfit ? new BadFile(`line ${number}: ${cause.message}.`) : cause;
      });
      onProgress();
      if (event === undefined) continue;
      batch.push(event);
      this.added += 1;
      if (batch.length < EVENTS_AT_ONCE) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  /** Answers the line's event; none if the log has it already. */
  async #take(given: Given): Promise<RecordedEvent | undefined> {
    const { head } = this.parts.whole;
    if (this.added + this.same === 0) await this.#passBefore(given.position ?? head + 1);
    if (this.#places.next <= head) {
      await this.#compare(given, this.#places.next);
      this.same += 1;
      return undefined;
    }
    const event = this.#places.place(given);
    this.#recognise(event);
    return event;
  }

  /** What the log has before the file begins. */
  async #passBefore(position: number): Promise<void> {
    const end = Math.min(position, this.parts.whole.head + 1);
    while (this.#places.next < end) this.#places.note(await this.#nextExisting());
  }

  async #compare(given: Given, position: Position): Promise<void> {
    expectNext('position', given.position, position);
    const event = await this.#nextExisting();
    const said = this.#upcast({ ...event, ...given });
    if (!isDeepStrictEqual(said, { ...event })) {
      throw new Misfit(`the log has another event at position ${position}`);
    }
    this.#places.note(event);
  }

  async #nextExisting(): Promise<RecordedEvent> {
    const { value, done } = await this.#existing.next();
    if (done === true) throw new RangeError('the log ended before its head');
    return value;
  }

  #recognise(event: RecordedEvent): void {
    if (this.parts.vocabulary.recognises(this.#upcast(event))) return;
    const type = `${event.aggregateType}/${event.type}`;
    this.unknown.set(type, (this.unknown.get(type) ?? 0) + 1);
  }

  #upcast(event: RecordedEvent): RecordedEvent {
    try {
      return { ...this.parts.vocabulary.upcast(event) };
    } catch (cause) {
      throw new Misfit(`data cannot be brought to its present form: ${String(cause)}`);
    }
  }
}

async function* eventsOf(whole: WholeLog): AsyncGenerator<RecordedEvent> {
  for await (const batch of whole.read()) yield* batch;
}
