import type { ClaimChanges } from '../core/claims.js';
import type { Position, RecordedEvent, StreamId, Version } from '../core/event.js';
import type { Appended, Commit, Head } from '../core/event-store.js';
import { timestampOf, type Clock, type Timestamp } from '../core/time.js';
import { ClaimIndex } from './claim-index.js';
import { lastOf, record, streamKey, type RecordedCommit } from './record.js';

/** What readers see already. */
export interface Published {
  end(): Head;
  version(stream: StreamId): Version;
  command(commandId: string): readonly RecordedEvent[];
}

/** A commit that has its place, and may yet lose it. */
interface Staged {
  readonly recordedAt: Timestamp;
  readonly name: string;
  /** The keys that it has changed the holder of; others it may name for nothing. */
  readonly claimed: readonly string[];
  readonly released: readonly string[];
}

/**
 * The end of the log as the next append finds it: what readers see, and commits that have their place
 * but are still on the way to the disk. Here it is decided whether a commit may be appended.
 */
export class Tip {
  readonly #versions = new Map<string, Version>();
  readonly #commands = new Map<string, RecordedCommit>();
  readonly #claims = new ClaimIndex();
  /** In their order. */
  readonly #staged: Staged[] = [];
  /** After the last staged commit; where this is null, what is published is the end. */
  #end: Head | null = null;
  #passed: Timestamp | null = null;

  constructor(
    private readonly published: Published,
    private readonly clock: Clock,
  ) {}

  /** Keys that a stream holds by events of long ago. */
  claim(stream: StreamId, keys: readonly string[]): void {
    for (const key of keys) this.#claims.add(key, streamKey(stream));
  }

  /** What becomes of a commit at this point. */
  answer(commit: Commit): Appended {
    const repeated = this.#command(commit.metadata.commandId);
    if (repeated.length > 0) {
      return { outcome: 'repeated', events: repeated, position: lastOf(repeated).position };
    }
    const name = streamKey(commit.stream);
    const version = this.#versions.get(name) ?? this.published.version(commit.stream);
    if (version !== commit.expectedVersion) return { outcome: 'conflict', actualVersion: version };
    const key = commit.claims.find((claimed) => this.#claims.isTaken(claimed, name));
    if (key !== undefined) return { outcome: 'taken', key };
    const { position } = this.#last();
    const events = record(commit, { position, version }, this.#nextTime());
    return { outcome: 'appended', events, position: lastOf(events).position };
  }

  /** Whether an answer rests on what is not published yet. */
  isTentative({ stream, metadata }: Commit, { outcome }: Appended): boolean {
    switch (outcome) {
      case 'appended':
        return false;
      case 'repeated':
        return this.#commands.has(metadata.commandId ?? '');
      case 'conflict':
        return this.#versions.has(streamKey(stream));
      case 'taken':
        // Who holds a key does not say since when.
        return this.#versions.size > 0;
      default:
        return outcome satisfies never;
    }
  }

  /** Where the next commit goes. */
  get end(): Position {
    return this.#last().position;
  }

  /** Counts the events of a commit in, which have their places, and what it does to the keys. */
  stage({ claims, releases }: ClaimChanges, events: RecordedCommit): void {
    const {
      aggregateType: type,
      aggregateId: id,
      position,
      recordedAt,
      version,
      commandId,
    } = lastOf(events);
    const name = streamKey({ type, id });
    this.#end = { position, recordedAt };
    this.#versions.set(name, version);
    if (commandId !== null) this.#commands.set(commandId, events);
    const released = releases.filter((key) => this.#claims.remove(key, name));
    const claimed = claims.filter((key) => this.#claims.add(key, name));
    this.#staged.push({ recordedAt, name, claimed, released });
  }

  /** Takes back all that is staged, as if it had never been asked for. */
  unstage(): void {
    for (const { name, claimed, released } of this.#staged.splice(0).toReversed()) {
      for (const key of claimed) this.#claims.remove(key, name);
      for (const key of released) this.#claims.add(key, name);
    }
    this.#versions.clear();
    this.#commands.clear();
    this.#end = null;
  }

  /** Leaves to the published log what it knows by now. */
  settle(commits: readonly RecordedCommit[]): void {
    for (const [event] of commits) {
      if (event === undefined) continue;
      const stream = { type: event.aggregateType, id: event.aggregateId };
      if (this.#versions.get(streamKey(stream)) === this.published.version(stream)) {
        this.#versions.delete(streamKey(stream));
      }
      if (event.commandId !== null) this.#commands.delete(event.commandId);
    }
    // They are published in the order in which they were staged.
    this.#staged.splice(0, commits.length);
  }

  /** Whether something that was recorded up to a time may not be published yet. */
  isOpen(time: Timestamp): boolean {
    const [first] = this.#staged;
    return first !== undefined && first.recordedAt <= time;
  }

  /** Nothing is recorded from now on at or before a time, unless it is still to come. */
  pass(time: Timestamp): void {
    if (time > this.#now()) return;
    if (this.#passed === null || time > this.#passed) this.#passed = time;
  }

  /** The same for the time that the clock shows. */
  passClock(): void {
    this.pass(timestampOf(this.clock()));
  }

  #command(commandId: string | null): readonly RecordedEvent[] {
    if (commandId === null) return [];
    return this.#commands.get(commandId)?.slice() ?? this.published.command(commandId);
  }

  #last(): Head {
    return this.#end ?? this.published.end();
  }

  /** The clock's time, unless that has gone back behind what was recorded. */
  #now(): Timestamp {
    const now = timestampOf(this.clock());
    const { recordedAt } = this.#last();
    return recordedAt !== null && recordedAt > now ? recordedAt : now;
  }

  /** The time of the next commit: now, or as soon after as nobody has asked about yet. */
  #nextTime(): Timestamp {
    const now = this.#now();
    if (this.#passed === null || this.#passed < now) return now;
    return timestampOf(Date.parse(this.#passed) + 1);
  }
}
