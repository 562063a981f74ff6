import { setImmediate as nextTurn } from 'node:timers/promises';
import { Low } from 'lowdb';
import type { Position } from '../../core/event.js';
import {
  StoreStopped,
  StoreUnavailable,
  type Appended,
  type Commit,
  type EventStore,
} from '../../core/event-store.js';
import type { Clock } from '../../core/time.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { MemoryLog } from '../memory-log.js';
import type { RecordedCommit } from '../record.js';
import { AppendingAdapter, OutOfSpace, type OnTornTail } from './adapter.js';
import { openFolder, type Folder } from './folder.js';
import { openLogFile, type OpenLogFile } from './log-file.js';

export interface LowdbOptions {
  readonly onTornTail: OnTornTail;
  /** Told once why the store takes no more commands. */
  readonly onStopped?: (cause: unknown) => void;
  /** Told once when there is no space for the log, and once, with null, when there is again. */
  readonly onSpace?: (cause: unknown) => void;
  readonly vocabulary: Vocabulary;
  readonly clock?: Clock;
  readonly openFile?: OpenLogFile;
}

/** An answer that holds once everything staged before it is on disk. */
interface Pending {
  /** The commit to be written; none where something stood in its way. */
  readonly commits: readonly RecordedCommit[];
  readonly resolve: () => void;
  readonly reject: (reason: StoreStopped | StoreUnavailable) => void;
}

/**
 * The embedded store: the log in one file, and whole in memory. A lowdb document of commits whose
 * adapter only appends; commands that arrive while a write is under way share the next one. A write for
 * which there is no space is taken back, and the next command is tried again. After any other failure
 * nobody can know what is on disk, so it takes no more commands until it is opened anew.
 */
export class LowdbStore extends MemoryLog implements EventStore {
  #queue: Pending[] = [];
  #flushing: Promise<void> | null = null;
  #fault: StoreStopped | null = null;
  #lacksSpace: StoreUnavailable | null = null;
  #closed: Promise<void> | null = null;

  private constructor(
    private readonly folder: Folder,
    private readonly document: Low<RecordedCommit[]>,
    private readonly options: LowdbOptions,
  ) {
    super(options.vocabulary, options.clock ?? Date.now);
  }

  /** Rejects with StoreRefused when the folder is in use, its log is missing or damaged. */
  static async open(path: string, options: LowdbOptions): Promise<LowdbStore> {
    const folder = await openFolder(path, options.openFile ?? openLogFile);
    try {
      const adapter = new AppendingAdapter(folder.log, options.onTornTail, options.vocabulary);
      const document = new Low<RecordedCommit[]>(adapter, []);
      await document.read();
      const store = new LowdbStore(folder, document, options);
      await store.restore(document.data);
      return store;
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

  async takeIn(head: Position, commits: readonly RecordedCommit[]): Promise<void> {
    if (this.#fault !== null) throw this.#fault;
    this.stageAll(head, commits);
    await this.#onDisk(commits);
  }

  protected override settled(): Promise<void> {
    return this.#onDisk().catch(() => undefined);
  }

  fault(): StoreStopped | StoreUnavailable | null {
    return this.#fault ?? this.#lacksSpace;
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
    for (;;) {
      // Who comes at the same time shares the write, and so does who was just answered and asks again.
      await nextTurn();
      if (this.#queue.length === 0) break;
      const batch = this.#queue;
      this.#queue = [];
      const commits = batch.flatMap((pending) => pending.commits);
      try {
        await this.#write(commits);
      } catch (cause) {
        if (!(cause instanceof OutOfSpace)) {
          this.#stop(cause, batch);
          break;
        }
        this.#takeBack(cause, batch);
        continue;
      }
      this.publish(commits);
      for (const { resolve } of batch) resolve();
    }
    this.#flushing = null;
  }

  async #write(commits: readonly RecordedCommit[]): Promise<void> {
    const { data } = this.document;
    const before = data.length;
    for (const commit of commits) data.push(commit);
    try {
      await this.document.write();
    } catch (cause) {
      data.length = before;
      throw cause;
    }
    if (this.#lacksSpace === null || commits.length === 0) return;
    this.#lacksSpace = null;
    this.options.onSpace?.(null);
  }

  /** Rejects all that is under way: those who wait behind a batch were answered as if it were there. */
  #takeBack({ cause }: OutOfSpace, batch: readonly Pending[]): void {
    this.tip.unstage();
    const isNews = this.#lacksSpace === null;
    this.#lacksSpace = new StoreUnavailable('There is no space left for the log.', { cause });
    const reason = new StoreUnavailable(
      `${this.#lacksSpace.message} Nothing was done; try again when there is some.`,
      { cause },
    );
    for (const { reject } of [...batch, ...this.#queue]) reject(reason);
    this.#queue = [];
    if (isNews) this.options.onSpace?.(cause);
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
