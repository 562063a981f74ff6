import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import type { Position, RecordedEvent, StreamId, Version } from '../../core/event.js';
import {
  StoreStopped,
  StoreUnavailable,
  type Appended,
  type Commit,
  type EventStore,
  type Head,
  type LogRange,
  type LogSlice,
  type StreamRange,
} from '../../core/event-store.js';
import type { Clock, Timestamp } from '../../core/time.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { lastOf } from '../record.js';
import { callAppend, write, type Answer, type Written } from './append.js';
import { takeBatch } from './batch.js';
import type { Database } from './database.js';
import { doing, isRefusal, reading } from './errors.js';
import type { Marks } from './marks.js';
import { OwnAppends } from './own-appends.js';
import { Reader } from './reader.js';
import { SharedReads } from './shared-reads.js';
import { LOG } from './sight.js';
import { Streams } from './streams.js';

/** How many commits one call appends at most. */
const BATCH_AT_MOST = 500;
/** How long the last answers may take when the store is closed. */
const GOODBYE_SECONDS = 5;

export interface PostgresParts {
  readonly database: Database;
  readonly marks: Marks;
  readonly vocabulary: Vocabulary;
  /** Instead of the clock of the database. */
  readonly clock?: Clock | undefined;
}

/** A commit on its way, and who waits for it. */
interface Pending {
  readonly commit: Written;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * The log in PostgreSQL, shared by any number of servers. Commands that arrive while a call is under
 * way share the next one; the database looks at each by itself, one call after the other.
 */
export class PostgresStore implements EventStore {
  readonly #reader: Reader;
  readonly #shared: SharedReads;
  readonly #streams: Streams;
  readonly #own = new OwnAppends();
  readonly #unanswered = new Set<Promise<Answer>>();
  #queue: Pending[] = [];
  #appending: Promise<void> | null = null;
  #unreached: StoreUnavailable | null = null;
  #stopped: StoreStopped | null = null;
  #closed: Promise<void> | null = null;

  constructor(private readonly parts: PostgresParts) {
    const { database, vocabulary } = parts;
    this.#reader = new Reader(database.sql, vocabulary);
    this.#streams = new Streams(database.sql, vocabulary);
    this.#shared = new SharedReads((range) => this.#reader.readLog(range));
  }

  async append(commit: Commit): Promise<Appended> {
    if (this.#stopped !== null) throw this.#stopped;
    const written = write(commit);
    const answer = this.#enqueue(written);
    this.#unanswered.add(answer);
    try {
      return await this.#withEvents(written, await answer);
    } finally {
      this.#unanswered.delete(answer);
    }
  }

  async forecast(commit: Commit): Promise<Appended> {
    if (this.#stopped !== null) throw this.#stopped;
    const written = write(commit);
    await Promise.allSettled(this.#unanswered);
    const options = { dryRun: true, clock: this.#clock() };
    const [answer] = await reading(() => callAppend(this.parts.database.sql, [written], options));
    if (answer === undefined) throw new RangeError('a commit was not answered');
    return this.#withEvents(written, answer);
  }

  readStream(stream: StreamId, range: StreamRange = {}): Promise<readonly RecordedEvent[]> {
    return this.#streams.read(stream, range);
  }

  versionAt(stream: StreamId, position?: Position): Promise<Version> {
    return this.#streams.versionAt(stream, position);
  }

  readCommand(commandId: string): Promise<readonly RecordedEvent[]> {
    return this.#reader.readCommand(commandId);
  }

  async readLog(range: LogRange): Promise<LogSlice> {
    if (range.isFollowing !== true) return this.#reader.readLog(range);
    const end = this.#logEnd();
    return this.#own.read(range, end) ?? this.#shared.readFrom(range, end);
  }

  head(): Promise<Head> {
    return this.#reader.head();
  }

  headAt(time: Timestamp): Promise<Head> {
    return this.#reader.headAt(time, this.#clock());
  }

  onAppend(listener: () => void): () => void {
    return this.parts.marks.on(LOG, listener);
  }

  fault(): StoreStopped | StoreUnavailable | null {
    return this.#stopped ?? this.#unreached;
  }

  /** The database stopped answering, or answers again. */
  reached(error: unknown): void {
    this.forgetOwn();
    this.#unreached =
      error === null
        ? null
        : new StoreUnavailable('The database cannot be reached.', { cause: error });
  }

  /** The next host may not have all that was appended to the last one. */
  forgetOwn(): void {
    this.#own.forget();
    this.#shared.forget();
  }

  close(): Promise<void> {
    this.#stopped ??= new StoreStopped('The store is closed.');
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    const patience = delay(GOODBYE_SECONDS * 1_000, undefined, { ref: false });
    await Promise.race([this.#appending, patience]);
    await Promise.all([this.parts.marks.close(), this.parts.database.close()]);
  }

  #enqueue(commit: Written): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ commit, resolve, reject });
      this.#appending ??= this.#appendAll();
    });
  }

  /** Appends what is queued, until nothing is. Never rejects. */
  async #appendAll(): Promise<void> {
    while (this.#queue.length > 0) {
      // What has come in with the first of them is to share its call, not to wait for it.
      await turn();
      const { batch, rest } = takeBatch(this.#queue, BATCH_AT_MOST);
      this.#queue = rest;
      await this.#appendBatch(batch);
    }
    this.#appending = null;
  }

  async #appendBatch(batch: readonly Pending[]): Promise<void> {
    const commits = batch.map(({ commit }) => commit);
    const options = { dryRun: false, clock: this.#clock() };
    let answers: readonly Answer[];
    try {
      answers = await doing(() => callAppend(this.parts.database.sql, commits, options));
    } catch (error) {
      // The database refuses all for what one of them says: each is to hear of its own.
      if (batch.length > 1 && isRefusal(error)) return this.#appendOneByOne(batch);
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const [index, { resolve, reject }] of batch.entries()) {
      const answer = answers[index];
      if (answer === undefined) reject(new RangeError('a commit was not answered'));
      else resolve(answer);
    }
    const appended = answers.flatMap((each) => (each.outcome === 'appended' ? each.events : []));
    this.#own.add(appended.map((event) => this.parts.vocabulary.upcast(event)));
    for (const { position } of appended.slice(-1)) this.parts.marks.move(LOG, position);
  }

  async #appendOneByOne(batch: readonly Pending[]): Promise<void> {
    for (const pending of batch) await this.#appendBatch([pending]);
  }

  async #withEvents({ metadata }: Written, answer: Answer): Promise<Appended> {
    if (answer.outcome !== 'repeated') return answer;
    const events = await this.readCommand(metadata.commandId ?? '');
    return { outcome: 'repeated', events, position: lastOf(events).position };
  }

  /** Where the log ends, as far as is known here. */
  #logEnd(): Position {
    return this.parts.marks.at(LOG);
  }

  #clock(): number | null {
    return this.parts.clock?.() ?? null;
  }
}
