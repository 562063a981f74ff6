import { StoreStopped, type Appended, type Commit, type EventStore } from '../core/event-store.js';
import type { Clock } from '../core/time.js';
import { MemoryLog } from './memory-log.js';
import { appended, nextTime, record } from './record.js';

/** A log that lives as long as the process: for tests and for trying things out. */
export class MemoryStore extends MemoryLog implements EventStore {
  #fault: StoreStopped | null = null;

  constructor(private readonly clock: Clock = Date.now) {
    super();
  }

  async append(commit: Commit): Promise<Appended> {
    if (this.#fault !== null) throw this.#fault;
    const version = this.version(commit.stream);
    if (version !== commit.expectedVersion) return { outcome: 'conflict', actualVersion: version };
    const { position, recordedAt } = this.end();
    const events = record(commit, { position, version }, nextTime(this.clock, recordedAt));
    this.publish([events]);
    return appended(events);
  }

  fault(): StoreStopped | null {
    return this.#fault;
  }

  async close(): Promise<void> {
    this.#fault ??= new StoreStopped('The store is closed.');
  }
}
