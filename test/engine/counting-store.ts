import type { LogRange, LogSlice } from '../../src/core/event-store.js';
import { MemoryStore } from '../../src/stores/memory.js';

/** A store that tells who listens to it, and how often its log was read. */
export class CountingStore extends MemoryStore {
  listeners = 0;
  reads = 0;

  override onAppend(listener: () => void): () => void {
    const unsubscribe = super.onAppend(listener);
    let listening = true;
    this.listeners += 1;
    return () => {
      unsubscribe();
      if (listening) this.listeners -= 1;
      listening = false;
    };
  }

  override readLog(range: LogRange): Promise<LogSlice> {
    this.reads += 1;
    return super.readLog(range);
  }
}
