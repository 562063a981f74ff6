import { Low } from 'lowdb';
import { positionOf, type Position, type Version } from '../../core/event.js';
import {
  StoreStopped,
  type Appended,
  type Commit,
  type EventStore,
} from '../../core/event-store.js';
import type { Clock, Timestamp } from '../../core/time.js';
import { MemoryLog, streamKey } from '../memory-log.js';
import { appended, nextTime, record, type RecordedCommit } from '../record.js';
import { AppendingAdapter, type OnTornTail } from './adapter.js';
import { openFolder, type Folder } from './folder.js';
import { openLogFile, type OpenLogFile } from './log-file.js';

export interface LowdbOptions {
  readonly onTornTail: OnTornTail;
  /** Told once why the store takes no more commands. */
  readonly onStopped?: (cause: unknown) => void;
  readonly clock?: Clock;
  readonly openFile?: OpenLogFile;
}

/** An answer that holds once everything staged before it is on disk. */
interface Pending {
  /** The commit that the answer is about; none for a conflict. */
  readonly commits: readonly RecordedCommit[];
  readonly answer: Appended;
  readonly resolve: (answer: Appended) => void;
  readonly reject: (reason: StoreStopped) => void;
}

/**
 * The embedded store: the log in one file, and whole in memory. A lowdb document of commits whose
 * adapter only appends; commands that arrive while a write is under way share the next one. After a
 * failed write nobody can know what is on disk, so it takes no more commands until it is opened anew.
 */
export class LowdbStore extends MemoryLog implements EventStore {
  /** The versions of streams whose last commits have a place but are not yet on disk. */
  readonly #staged = new Map<string, Version>();
  #queue: Pending[] = [];
  #flushing: Promise<void> | null = null;
  #fault: StoreStopped | null = null;
  #closed: Promise<void> | null = null;
  #position: Position;
  #lastTime: Timestamp | null;

  private constructor(
    private readonly folder: Folder,
    private readonly document: Low<RecordedCommit[]>,
    private readonly clock: Clock,
    private readonly onStopped: LowdbOptions['onStopped'],
  ) {
    super();
    this.publish(document.data);
    this.#position = this.end().position;
    this.#lastTime = this.end().recordedAt;
  }

  /** Rejects with StoreRefused when the folder is in use, its log is missing or damaged. */
  static async open(path: string, options: LowdbOptions): Promise<LowdbStore> {
    const folder = await openFolder(path, options.openFile ?? openLogFile);
    try {
      const adapter = new AppendingAdapter(folder.log, options.onTornTail);
      const document = new Low<RecordedCommit[]>(adapter, []);
      await document.read();
      return new LowdbStore(folder, document, options.clock ?? Date.now, options.onStopped);
    } catch (cause) {
      await folder.close();
      throw cause;
    }
  }

  async append(commit: Commit): Promise<Appended> {
    if (this.#fault !== null) throw this.#fault;
    const key = streamKey(commit.stream);
    const staged = this.#staged.get(key);
    const version = staged ?? this.version(commit.stream);
    if (version !== commit.expectedVersion) {
      const conflict: Appended = { outcome: 'conflict', actualVersion: version };
      return staged === undefined ? conflict : this.#whenOnDisk([], conflict);
    }
    this.#lastTime = nextTime(this.clock, this.#lastTime);
    const events = record(commit, { position: this.#position, version }, this.#lastTime);
    const answer = appended(events);
    this.#position = positionOf(this.#position + events.length);
    this.#staged.set(key, version + events.length);
    return this.#whenOnDisk([events], answer);
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

  #whenOnDisk(commits: readonly RecordedCommit[], answer: Appended): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ commits, answer, resolve, reject });
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
      this.#unstage(commits);
      for (const { answer, resolve } of batch) resolve(answer);
    }
    this.#flushing = null;
  }

  /** Forgets the versions of streams that have nothing on its way to the disk any more. */
  #unstage(commits: readonly RecordedCommit[]): void {
    for (const [event] of commits) {
      if (event === undefined) continue;
      const stream = { type: event.aggregateType, id: event.aggregateId };
      if (this.#staged.get(streamKey(stream)) === this.version(stream)) {
        this.#staged.delete(streamKey(stream));
      }
    }
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
    this.onStopped?.(cause);
  }
}
