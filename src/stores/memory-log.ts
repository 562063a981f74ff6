import {
  matches,
  positionOf,
  START,
  type Position,
  type RecordedEvent,
  type StreamId,
  type Version,
} from '../core/event.js';
import {
  LogHasGrown,
  type EventStore,
  type Head,
  type LogRange,
  type LogSlice,
  type StreamRange,
} from '../core/event-store.js';
import { Listeners } from '../core/listeners.js';
import type { Clock, Timestamp } from '../core/time.js';
import { inTurns } from '../core/turn.js';
import type { Vocabulary } from '../core/vocabulary.js';
import { claimsMade } from './claims-made.js';
import type { RecordedCommit } from './record.js';
import { Tip } from './tip.js';

/** How many events one read looks at, so that a filter that matches little still moves its reader on. */
const LOOK_AT_MOST = 10_000;

/** What is held of one type of aggregates. */
interface OfType {
  readonly streams: Map<string, RecordedEvent[]>;
  /** The first event of each stream. */
  readonly beginnings: RecordedEvent[];
}

/**
 * The reading half of a store that holds its log in memory, with an index of the streams. What is
 * published is what readers see; a store publishes what it has made durable.
 */
export abstract class MemoryLog implements Omit<
  EventStore,
  'append' | 'forecast' | 'fault' | 'close'
> {
  readonly #events: RecordedEvent[] = [];
  readonly #types = new Map<string, OfType>();
  /** Where the events of a command begin, by its id. */
  readonly #commands = new Map<string, Position>();
  readonly #listeners = new Listeners();
  protected readonly tip: Tip;

  constructor(
    private readonly vocabulary: Vocabulary,
    clock: Clock,
  ) {
    const published = {
      end: () => headOf(this.#events.at(-1)),
      version: (stream: StreamId) => this.#stream(stream).length,
      command: (commandId: string) => this.#command(commandId),
    };
    this.tip = new Tip(published, clock);
  }

  /**
   * Publishes what a log held when it was opened, in its present form, and finds out who holds which
   * keys.
   */
  protected async restore(commits: readonly RecordedCommit[]): Promise<void> {
    await inTurns(commits, (commit) => this.#take(commit));
    // Whoever wrote the log may have been asked about any time until now; a new one was not.
    if (commits.length > 0) this.tip.passClock();
    for (const [type, { streams }] of this.#types) {
      await inTurns(streams, ([id, stream]) =>
        this.tip.claim({ type, id }, this.vocabulary.claimsOf(stream)),
      );
    }
  }

  /**
   * Puts commits that have their places behind what is the end of the log: all of them, or none when the
   * store fails. They are durable on return. Rejects with LogHasGrown where that is not the end any more.
   */
  abstract takeIn(head: Position, commits: readonly RecordedCommit[]): Promise<void>;

  /** Gives commits their turn before whatever is appended from now on. Throws LogHasGrown. */
  protected stageAll(head: Position, commits: readonly RecordedCommit[]): void {
    const { end } = this.tip;
    if (end !== head) throw new LogHasGrown(end);
    const made = claimsMade(commits, this.vocabulary, (stream) => this.#stream(stream));
    for (const [commit, changes] of made) this.tip.stage(changes, commit);
  }

  /** Lets readers see commits that follow the last one, and wakes those who wait. */
  protected publish(commits: readonly RecordedCommit[]): void {
    for (const commit of commits) this.#take(commit.map((event) => this.vocabulary.upcast(event)));
    this.tip.settle(commits);
    this.#listeners.tell();
  }

  #take(commit: RecordedCommit): void {
    const [first] = commit;
    if (first === undefined) return;
    if (first.commandId !== null) this.#commands.set(first.commandId, first.position);
    const { streams, beginnings } = this.#ofType(first.aggregateType);
    const stream = streams.get(first.aggregateId);
    if (stream === undefined) streams.set(first.aggregateId, Array.from(commit));
    for (const event of commit) {
      this.#events.push(event);
      stream?.push(event);
      if (event.version === 1) beginnings.push(event);
    }
  }

  #ofType(type: string): OfType {
    const known = this.#types.get(type);
    if (known !== undefined) return known;
    const added: OfType = { streams: new Map(), beginnings: [] };
    this.#types.set(type, added);
    return added;
  }

  #stream({ type, id }: StreamId): readonly RecordedEvent[] {
    return this.#types.get(type)?.streams.get(id) ?? [];
  }

  #command(commandId: string): readonly RecordedEvent[] {
    const first = this.#commands.get(commandId);
    if (first === undefined) return [];
    let last: number = first;
    while (this.#events[last]?.commandId === commandId) last += 1;
    return this.#events.slice(first - 1, last);
  }

  async head(): Promise<Head> {
    return headOf(this.#events.at(-1));
  }

  async versionAt(id: StreamId, position?: Position): Promise<Version> {
    return heldAt(this.#stream(id), position);
  }

  async readCommand(commandId: string): Promise<readonly RecordedEvent[]> {
    return this.#command(commandId);
  }

  async headAt(time: Timestamp): Promise<Head> {
    this.tip.pass(time);
    if (this.tip.isOpen(time)) await this.settled();
    return headOf(this.#events[firstWhere(this.#events, (event) => event.recordedAt > time) - 1]);
  }

  onAppend(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Resolves when all that has its place and time by now is published, or never will be. */
  protected settled(): Promise<void> {
    return Promise.resolve();
  }

  async readStream(id: StreamId, range: StreamRange = {}): Promise<readonly RecordedEvent[]> {
    const stream = this.#stream(id);
    const { after = 0, throughVersion } = range;
    return stream.slice(after, throughVersion);
  }

  async readLog(range: LogRange): Promise<LogSlice> {
    const { after = START, before = positionOf(this.#events.length + 1) } = range;
    const source = this.#smallestSource(range);
    const from = firstWhere(source, (event) => event.position > after);
    const to = Math.max(
      from,
      firstWhere(source, (event) => event.position >= before),
    );
    const { found, looked } = collect(source, from, to, range);
    if (looked < to - from) {
      const last = range.backwards ? source[to - looked] : source[from + looked - 1];
      const start = range.backwards ? before : after;
      const reached = looked === 0 || last === undefined ? start : last.position;
      return { events: found, reached, complete: false };
    }
    const reached = range.backwards
      ? positionOf(after + 1)
      : positionOf(Math.max(after, Math.min(before - 1, this.#events.length)));
    return { events: found, reached, complete: true };
  }

  #smallestSource({ where }: LogRange): readonly RecordedEvent[] {
    const { aggregateType: type, aggregateId: id, version } = where ?? {};
    if (type === undefined) return this.#events;
    if (id !== undefined) return this.#stream({ type, id });
    return version === 1 ? (this.#types.get(type)?.beginnings ?? []) : this.#events;
  }
}

/** How many events of a stream stand at or before a position. */
function heldAt(stream: readonly RecordedEvent[], position: Position | undefined): Version {
  if (position === undefined) return stream.length;
  return firstWhere(stream, (event) => event.position > position);
}

const headOf = (last: RecordedEvent | undefined): Head => ({
  position: last?.position ?? START,
  recordedAt: last?.recordedAt ?? null,
});

/** The matching events of source[from..to), from either end, and how many had to be looked at. */
function collect(
  source: readonly RecordedEvent[],
  from: number,
  to: number,
  { where = {}, limit, backwards = false }: LogRange,
): { found: RecordedEvent[]; looked: number } {
  const found: RecordedEvent[] = [];
  const most = Math.min(to - from, LOOK_AT_MOST);
  let looked = 0;
  while (looked < most && found.length < limit) {
    const event = source[backwards ? to - 1 - looked : from + looked];
    if (event !== undefined && matches(event, where)) found.push(event);
    looked += 1;
  }
  return { found, looked };
}

/** The first index for which a condition holds that never turns false again; the length if none. */
function firstWhere<T>(sorted: readonly T[], condition: (item: T) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = sorted[middle];
    if (item !== undefined && condition(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
