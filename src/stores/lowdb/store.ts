import { Low } from 'lowdb';
import {
  StoreStopped,
  type Appended,
  type Commit,
  type EventStore,
} from '../../core/event-store.js';
import type { Clock } from '../../core/time.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { MemoryLog } from '../memory-log.js';
import type { RecordedCommit } from '../record.js';
import { AppendingAdapter, type OnTornTail } from './adapter.js';
import { openFolder, type Folder } from './folder.js';
import { openLogFile, type OpenLogFile } from './log-file.js';

export interface LowdbOptions {
  readonly onTornTail: OnTornTail;
  /** Told once why the store takes no more commands. */
  readonly onStopped?: (cause: unknown) => void;
  readonly vocabulary: Vocabulary;
  readonly clock?: Clock;
  readonly openFile?: OpenLogFile;
}

/** An answer that holds once everything staged before it is on disk. */
interface Pending {
  /** The commit to be written; none where something stood in its way. */
  readonly commits: readonly RecordedCommit[];
  readonly resolve: () => void;
  readonly reject: (reason: StoreStopped) => void;
}

/**
 * The embedded store: the log in one file, and whole in memory. A lowdb document of commits whose
 * adapter only appends; commands that arrive while a write is under way share the next one. After a
 * failed write nobody can know what is on disk, so it takes no more commands until it is opened anew.
 */
export class LowdbStore extends MemoryLog implements EventStore {
  #queue: Pending[] = [];
  #flushing: Promise<void> | null = null;
  #fault: StoreStopped | null = null;
  #closed: Promise<void> | null = null;

  private constructor(
    private readonly folder: Folder,
    private readonly document: Low<RecordedCommit[]>,
    private readonly options: LowdbOptions,
  ) {
    super(options.vocabulary, options.clock ?? Date.now);
    this.restore(document.data);
  }

  /** Rejects with StoreRefused when the folder is in use, its log is missing or damaged. */
  static async open(path: string, options: LowdbOptions): Promise<LowdbStore> {
    const folder = await openFolder(path, options.openFile ?? openLogFile);
    try {
      const adapter = new AppendingAdapter(folder.log, options.onTornTail);
      const document = new Low<RecordedCommit[]>(adapter, []);
      await document.read();
      return new LowdbStore(folder, document, options);
    } catch (cause) {
      await folder.close();
      throw cause;
    }
  }

  async append(commit: Commit): Promise<Appended> {
    if (this.#fault !== null) throw this.#fault;
    const answer = this.tip.answer(commit);
    if (answer.outcome === 'appended') {
      this.tip.stage(commit, answer.events);
      await this.#onDisk([answer.events]);
    } else if (this.tip.isTentative(commit, answer)) {
      await this.#onDisk();
    }
    return answer;
  }

  async forecast(commit: Commit): Promise<Appended> {
    if (this.#fault !== null) throw this.#fault;
    const answer = this.tip.answer(commit);
    if (this.tip.isTentative(commit, answer)) await this.#onDisk();
    return answer;
  }

  protected override settled(): Promise<void> {
    return this.#onDisk().catch(() => undefined);
  }

  fault(): StoreStopped | null {
    return this.#fault;
  }

  async close(): Promise<void> {
    if (this.#closed !== null) return this.#closed;
    this.#fault ??= new StoreStopped('The store is closed.');
    this.#closed = (this.#flushing ?? Promise.resolve()).then(() => this.folder.close());
    return this.#closed;
  }

  /** Resolves when these commits, and all that were staged before, are on disk. */
  #onDisk(commits: readonly RecordedCommit[] = []): Promise<void> {
    if (commits.length === 0 && this.#flushing === null) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#queue.push({ commits, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /** Writes what is queued, all of it at once, until nothing is. Never rejects. */
  async #flush(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      const commits = batch.flatMap((pending) => pending.commits);
      try {
        for (const commit of commits) this.document.data.push(commit);
        await this.document.write();
      } catch (cause) {
        this.#stop(cause, batch);
        break;
      }
      this.publish(commits);
      for (const { resolve } of batch) resolve();
    }
    this.#flushing = null;
  }

  #stop(cause: unknown, batch: readonly Pending[]): void {
    this.#fault = new StoreStopped(
      'The log could not be written, so no command is accepted until a restart.',
      { cause },
    );
    const unknown = new StoreStopped(
      `${this.#fault.message} Whether this one was kept is unknown; ask after the restart.`,
      { cause },
    );
    for (const { reject } of [...batch, ...this.#queue]) reject(unknown);
    this.#queue = [];
    this.#flushing = null;
    this.options.onStopped?.(cause);
  }
}
