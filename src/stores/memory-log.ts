import {
  matches,
  positionOf,
  START,
  type RecordedEvent,
  type StreamId,
  type Version,
} from '../core/event.js';
import type { EventStore, Head, LogRange, LogSlice, StreamRange } from '../core/event-store.js';
import type { Timestamp } from '../core/time.js';
import type { RecordedCommit } from './record.js';

/** How many events one read looks at, so that a filter that matches little still moves its reader on. */
const LOOK_AT_MOST = 10_000;

/**
 * The reading half of a store that holds its log in memory, with an index of the streams. What is
 * published is what readers see; a store publishes what it has made durable.
 */
export abstract class MemoryLog implements Omit<EventStore, 'append' | 'fault' | 'close'> {
  readonly #events: RecordedEvent[] = [];
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #listeners = new Set<() => void>();

  /** Lets readers see commits that follow the last one, and wakes those who wait. */
  protected publish(commits: readonly RecordedCommit[]): void {
    for (const commit of commits) for (const event of commit) this.#add(event);
    // A copy: who begins to listen while the others are called hears of the next append.
    for (const listener of Array.from(this.#listeners)) listener();
  }

  #add(event: RecordedEvent): void {
    this.#events.push(event);
    const key = streamKey({ type: event.aggregateType, id: event.aggregateId });
    const stream = this.#streams.get(key);
    if (stream === undefined) this.#streams.set(key, [event]);
    else stream.push(event);
  }

  protected end(): Head {
    return headOf(this.#events.at(-1));
  }

  protected version(stream: StreamId): Version {
    return this.#streams.get(streamKey(stream))?.length ?? 0;
  }

  async head(): Promise<Head> {
    return this.end();
  }

  async headAt(time: Timestamp): Promise<Head> {
    return headOf(this.#events[firstWhere(this.#events, (event) => event.recordedAt > time) - 1]);
  }

  onAppend(listener: () => void): () => void {
    // A wrapper of its own for each call, so that the same function may listen twice.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  async readStream(id: StreamId, range: StreamRange = {}): Promise<readonly RecordedEvent[]> {
    const stream = this.#streams.get(streamKey(id)) ?? [];
    const { after = 0, throughVersion = stream.length, throughPosition } = range;
    const positioned =
      throughPosition === undefined
        ? stream.length
        : firstWhere(stream, (event) => event.position > throughPosition);
    return stream.slice(after, Math.max(0, Math.min(throughVersion, positioned)));
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
    const { aggregateType: type, aggregateId: id } = where ?? {};
    if (type === undefined || id === undefined) return this.#events;
    return this.#streams.get(streamKey({ type, id })) ?? [];
  }
}

/** A type is a name from code and holds no slash, so this is never ambiguous. */
export const streamKey = ({ type, id }: StreamId): string => `${type}/${id}`;

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
