import type { RecordedEvent, Version } from '../../core/event.js';
import type { WrittenCommit } from '../../core/inspection.js';
import { parseTimestamp, type Timestamp } from '../../core/time.js';
import { logPlace, streamOf, type FaultKind, type TellFault } from './fault.js';

/**
 * Positions, times and versions, commit after commit. What follows from one fault is not told as
 * another: events that are missing leave a gap in the positions and one in the versions of a stream, and
 * it is the first that is told.
 */
export class OrderCheck {
  /** Streams whose events are not all there, or not in their order: nothing follows from them. */
  readonly broken = new Set<string>();
  readonly #versions = new Map<string, Version>();
  #last = 0;
  #time: Timestamp | null = null;
  #isBehindDamage = false;
  /** How many events are missing of streams that are not known yet. */
  #missing = 0;

  constructor(private readonly tell: TellFault) {}

  /** How many streams there are. */
  get streams(): number {
    return this.#versions.size;
  }

  /** The last position. */
  get end(): number {
    return this.#last;
  }

  /** What comes next follows on something that could not be read. */
  passDamage(): void {
    this.#isBehindDamage = true;
  }

  /** Answers the events that may be looked at further, and whether some before them are missing. */
  take(commit: WrittenCommit): {
    readonly events: readonly RecordedEvent[];
    readonly gap: boolean;
  } {
    const { events, gap } = this.#inPlace(commit);
    for (const event of events) {
      this.#takeTime(event, commit);
      this.#takeVersion(event, commit);
    }
    return { events, gap };
  }

  /** Events that were passed already are there twice, or stand in a wrong place: they are not counted. */
  #inPlace(commit: WrittenCommit) {
    const events: RecordedEvent[] = [];
    const before = this.#missing;
    let isTold = false;
    for (const event of commit.events) {
      const expected = this.#last + 1;
      if (event.position >= expected) {
        const missing = event.position - expected;
        if (missing > 0 && !this.#isBehindDamage) {
          this.#say(
            'position',
            event,
            commit,
            `positions from ${expected} on are missing before it`,
          );
        }
        this.#missing += missing;
        this.#isBehindDamage = false;
        this.#last = event.position;
        events.push(event);
      } else if (!isTold) {
        this.#say('position', event, commit, `it comes after position ${this.#last}`);
        isTold = true;
      }
    }
    return { events, gap: this.#missing > before };
  }

  #takeTime(event: RecordedEvent, commit: WrittenCommit): void {
    const { recordedAt } = event;
    if (parseTimestamp(recordedAt) !== recordedAt) {
      this.#say(
        'time',
        event,
        commit,
        `it was recorded at ${JSON.stringify(recordedAt)}, which is no time`,
      );
      return;
    }
    if (this.#time !== null && recordedAt < this.#time) {
      this.#say(
        'time',
        event,
        commit,
        `it was recorded at ${recordedAt}, and the event before it at ${this.#time}`,
      );
    }
    this.#time = recordedAt;
  }

  #takeVersion(event: RecordedEvent, commit: WrittenCommit): void {
    const stream = streamOf(event);
    const expected = (this.#versions.get(stream) ?? 0) + 1;
    this.#versions.set(stream, event.version);
    if (event.version === expected) return;
    this.broken.add(stream);
    const ahead = event.version - expected;
    if (ahead > 0 && ahead <= this.#missing) {
      this.#missing -= ahead;
      return;
    }
    this.#say(
      'version',
      event,
      commit,
      `it is version ${event.version} of ${stream}, where ${expected} is the next`,
    );
  }

  #say(kind: FaultKind, event: RecordedEvent, { offset }: WrittenCommit, says: string): void {
    this.tell({ kind, place: logPlace(event, offset), says });
  }
}
