import { positionOf, START, type Position, type RecordedEvent } from '../core/event.js';
import type { EventStore } from '../core/event-store.js';
import type { WholeLog } from '../core/whole-log.js';
import { commitsOf } from './commits.js';
import { copyOf, type RecordedCommit } from './record.js';

const EVENTS_AT_ONCE = 1_000;

/** A store that takes in what has its places already. */
export interface Taking extends Pick<EventStore, 'head' | 'readLog'> {
  takeIn(head: Position, commits: readonly RecordedCommit[]): Promise<void>;
}

/** The whole log of a store that is open, and in use. */
export async function openLiveLog(store: Taking): Promise<LiveLog> {
  return new LiveLog(store, (await store.head()).position);
}

/**
 * Events are put into it as commands put theirs: one write, after which readers see them all and hear of
 * them. They are held in memory until then. A loss of power in the middle of that write may leave the
 * first of them, as it may of commands that were under way together.
 */
export class LiveLog implements WholeLog {
  constructor(
    private readonly store: Taking,
    readonly head: Position,
  ) {}

  async *read(): AsyncGenerator<readonly RecordedEvent[]> {
    const before = positionOf(this.head + 1);
    for (let after = START; after < this.head;) {
      const slice = await this.store.readLog({ after, before, limit: EVENTS_AT_ONCE });
      yield slice.events;
      after = slice.reached;
    }
  }

  async add(events: AsyncIterable<readonly RecordedEvent[]>): Promise<void> {
    const commits: RecordedCommit[] = [];
    for await (const commit of commitsOf(events)) commits.push(commit.map(copyOf));
    await this.store.takeIn(this.head, commits);
  }

  /** The store goes on. */
  async close(): Promise<void> {}
}
