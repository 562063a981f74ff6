import { positionOf, START, type Position, type RecordedEvent } from '../../core/event.js';
import { timestampOf, type Clock, type Timestamp } from '../../core/time.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { isOfSameCommit } from '../../core/whole-log.js';
import { Fingerprints } from './fingerprints.js';
import type { Given } from './given.js';

/** A line says what cannot be, after what came before it; the message goes on from the line's name. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
}

export interface PlacesParts {
  readonly vocabulary: Vocabulary;
  readonly newId: () => string;
  readonly clock: Clock;
}

/**
 * The end of a log that is being filled: gives each event what its line leaves out, and sees to it that
 * it fits. It remembers how many events each stream has, and a little of each id.
 */
export class Places {
  #last: RecordedEvent | null = null;
  /** Whether that was in the log before: no commit goes on from there. */
  #isPast = true;
  readonly #versions = new Map<string, number>();
  readonly #ids = new Fingerprints();
  readonly #commands = new Fingerprints();

  constructor(private readonly parts: PlacesParts) {}

  /** The position of the next event. */
  get next(): Position {
    return positionOf((this.#last?.position ?? START) + 1);
  }

  /** Counts an event in that the log has already. */
  note(event: RecordedEvent): void {
    this.#versions.set(streamOf(event), event.version);
    this.#ids.add(event.id);
    if (event.commandId !== null) this.#commands.add(event.commandId);
    this.#last = event;
    this.#isPast = true;
  }

  /** The event of a line, with its place. Throws {@link Misfit}. */
  place(given: Given): RecordedEvent {
    const version = (this.#versions.get(streamOf(given)) ?? 0) + 1;
    expectNext('position', given.position, this.next);
    expectNext(`version of ${given.aggregateType} ${given.aggregateId}`, given.version, version);
    const event: RecordedEvent = Object.freeze({
      id: given.id ?? this.parts.newId(),
      position: this.next,
      aggregateType: given.aggregateType,
      aggregateId: given.aggregateId,
      version,
      recordedAt: this.#timeOf(given),
      actor: given.actor ?? null,
      correlationId: given.correlationId ?? this.parts.newId(),
      causationId: given.causationId ?? null,
      commandId: given.commandId ?? null,
      commandDigest: given.commandDigest ?? null,
      traceparent: given.traceparent ?? null,
      type: given.type,
      schemaVersion: given.schemaVersion ?? this.#formOf(given),
      data: given.data,
    });
    this.#checkNames(event);
    this.#versions.set(streamOf(event), version);
    this.#last = event;
    this.#isPast = false;
    return event;
  }

  #timeOf({ recordedAt }: Given): Timestamp {
    const now = timestampOf(this.parts.clock());
    const before = this.#last?.recordedAt;
    if (recordedAt === undefined) return before ?? now;
    if (before !== undefined && recordedAt < before) {
      throw new Misfit(
        `recordedAt ${recordedAt} is earlier than ${before}, of the event before it`,
      );
    }
    // Every later event would have to bear that time.
    if (recordedAt > now) throw new Misfit(`recordedAt ${recordedAt} is still to come`);
    return recordedAt;
  }

  /** Whoever left it out knew one form; where there were others, nobody can know which. */
  #formOf(given: Given): number {
    const forms = this.parts.vocabulary.formsOf(given);
    if (forms <= 1) return 1;
    throw new Misfit(
      `schemaVersion is missing, and ${given.type} has had ${forms} forms: say which this is`,
    );
  }

  #checkNames(event: RecordedEvent): void {
    const { id, commandId } = event;
    if (!this.#ids.add(id)) throw new Misfit(`the id ${id} is that of an event before it`);
    if (commandId === null) return;
    if (this.#commands.add(commandId)) return;
    if (!this.#isPast && this.#last !== null && isOfSameCommit(this.#last, event)) return;
    throw new Misfit(
      `the commandId ${commandId} is that of an event before it, and this is not of the same commit`,
    );
  }
}

const streamOf = ({ aggregateType, aggregateId }: Given): string =>
  `${aggregateType}/${aggregateId}`;

/** Throws {@link Misfit} for a number that leaves a gap or was there before. */
export function expectNext(what: string, given: number | undefined, next: number): void {
  if (given === undefined || given === next) return;
  throw new Misfit(`${what} is ${given}, but the next one is ${next}`);
}
