import type { Adapter } from 'lowdb';
import { START } from '../../core/event.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { lastOf, type RecordedCommit } from '../record.js';
import { encodeLine } from './line.js';
import type { LogFile } from './log-file.js';
import { readLog } from './read-log.js';

/** Told when a last write, never acknowledged, was found cut short and removed. */
export type OnTornTail = (offset: number) => void;

/** There was no room for a write: it was taken back, and the log is on the disk as it was before. */
export class OutOfSpace extends Error {
  override readonly name = 'OutOfSpace';
}

/**
 * A lowdb adapter that only ever appends: each write adds a line for every commit that is new in the
 * document and returns once they are on disk. What is in the file is never written again; what is read
 * from it is brought to its present form.
 */
export class AppendingAdapter implements Adapter<RecordedCommit[]> {
  #written = 0;
  #head = START;
  /** The length of the file, in bytes. */
  #length = 0;

  constructor(
    private readonly file: LogFile,
    private readonly onTornTail: OnTornTail,
    private readonly vocabulary: Pick<Vocabulary, 'upcast'>,
  ) {}

  async read(): Promise<RecordedCommit[]> {
    const { commits, head, length, tornAt } = await readLog(this.file.chunks(), this.vocabulary);
    if (tornAt !== null) {
      await this.file.truncate(tornAt);
      await this.file.flush();
      this.onTornTail(tornAt);
    }
    this.#written = commits.length;
    this.#head = head;
    this.#length = length;
    return commits;
  }

  async write(commits: readonly RecordedCommit[]): Promise<void> {
    const added = commits.slice(this.#written);
    const last = added.at(-1);
    if (last === undefined) return;
    const text = added.map((commit) => encodeLine(commit, this.#head)).join('');
    await this.#append(text);
    await this.file.flush();
    this.#length += Buffer.byteLength(text);
    this.#written = commits.length;
    this.#head = lastOf(last).position;
  }

  async #append(text: string): Promise<void> {
    try {
      await this.file.append(text);
    } catch (cause) {
      if (!isWantOfSpace(cause)) throw cause;
      await this.file.truncate(this.#length);
      // Lines of it may be on the disk by now, and must not be found there after a loss of power.
      await this.file.flush();
      throw new OutOfSpace('There was no space left for a write.', { cause });
    }
  }
}

/** The disk is full, or the owner of the file has used up what is allowed. */
const isWantOfSpace = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && ['ENOSPC', 'EDQUOT'].includes(String(cause.code));
