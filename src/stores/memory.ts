import type { Position } from '../core/event.js';
import { StoreStopped, type Appended, type Commit, type EventStore } from '../core/event-store.js';
import type { Clock } from '../core/time.js';
import { NO_VOCABULARY, type Vocabulary } from '../core/vocabulary.js';
import { MemoryLog } from './memory-log.js';
import type { RecordedCommit } from './record.js';

export interface MemoryOptions {
  readonly vocabulary?: Vocabulary;
  readonly clock?: Clock;
}

/** A log that lives as long as the process: for tests and for trying things out. */
export class MemoryStore extends MemoryLog implements EventStore {
  #fault: StoreStopped | null = null;

  constructor({ vocabulary = NO_VOCABULARY, clock = Date.now }: MemoryOptions = {}) {
    super(vocabulary, clock);
  }

  async append(commit: Commit): Promise<Appended> {
    if (this.#fault !== null) throw this.#fault;
    const answer = this.tip.answer(commit);
    if (answer.outcome === 'appended') {
      this.tip.stage(commit, answer.events);
      this.publish([answer.events]);
    }
    return answer;
  }

  async forecast(commit: Commit): Promise<Appended> {
    if (this.#fault !== null) throw this.#fault;
    return this.tip.answer(commit);
  }

  async takeIn(head: Position, commits: readonly RecordedCommit[]): Promise<void> {
    if (this.#fault !== null) throw this.#fault;
    this.stageAll(head, commits);
    this.publish(commits);
  }

  fault(): StoreStopped | null {
    return this.#fault;
  }

  async close(): Promise<void> {
    this.#fault ??= new StoreStopped('The store is closed.');
  }
}
