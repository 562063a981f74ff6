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
  /** The last gap, and where the log goes on if there is none but a position that is too high. */
  #gap = { width: 0, resume: 0 };
  /** By stream: the version that comes next if the one before was wrong by itself. */
  readonly #resumes = new Map<string, Version>();

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
    this.#resumeAt(commit.events[0]);
    for (const event of commit.events) {
      if (event.position > this.#last) {
        this.#passTo(event, commit);
        events.push(event);
      } else if (!isTold) {
        this.#say('position', event, commit, `it comes after position ${this.#last}`);
        isTold = true;
      }
    }
    return { events, gap: this.#missing > before };
  }

  #passTo(event: RecordedEvent, commit: WrittenCommit): void {
    const expected = this.#last + 1;
    const width = event.position - expected;
    if (width > 0) {
      const says = `positions from ${expected} on are missing before it`;
      if (!this.#isBehindDamage) this.#say('position', event, commit, says);
      this.#missing += width;
      this.#gap = { width, resume: expected + commit.events.length };
    }
    this.#isBehindDamage = false;
    this.#last = event.position;
  }

  /** A log that goes on as if there had been no gap has none: one commit had a wrong position. */
  #resumeAt(event: RecordedEvent | undefined): void {
    const { width, resume } = this.#gap;
    if (event === undefined || width === 0) return;
    if (event.position > this.#last || event.position !== resume) return;
    this.#missing = Math.max(0, this.#missing - width);
    this.#gap = { width: 0, resume: 0 };
    this.#last = event.position - 1;
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
    if (event.version === expected || event.version === this.#resumes.get(stream)) return;
    this.broken.add(stream);
    const ahead = event.version - expected;
    if (ahead > 0 && ahead <= this.#missing) {
      this.#missing -= ahead;
      return;
    }
    this.#resumes.set(stream, expected + 1);
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
