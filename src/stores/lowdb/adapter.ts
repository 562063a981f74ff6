import type { Adapter } from 'lowdb';
import { positionOf, START } from '../../core/event.js';
import type { RecordedCommit } from '../record.js';
import { encodeLine } from './line.js';
import type { LogFile } from './log-file.js';
import { readLog } from './read-log.js';

/** Told when a last write, never acknowledged, was found cut short and removed. */
export type OnTornTail = (offset: number) => void;

/**
 * A lowdb adapter that only ever appends: each write adds a line for every commit that is new in the
 * document and returns once they are on disk. What is in the file is never written again.
 */
export class AppendingAdapter implements Adapter<RecordedCommit[]> {
  #written = 0;
  #head = START;

  constructor(
    private readonly file: LogFile,
    private readonly onTornTail: OnTornTail,
  ) {}

  async read(): Promise<RecordedCommit[]> {
    const { commits, head, tornAt } = await readLog(this.file.chunks());
    if (tornAt !== null) {
      await this.file.truncate(tornAt);
      await this.file.flush();
      this.onTornTail(tornAt);
    }
    this.#written = commits.length;
    this.#head = head;
    return commits;
  }

  async write(commits: readonly RecordedCommit[]): Promise<void> {
    const added = commits.slice(this.#written);
    if (added.length === 0) return;
    await this.file.append(added.map((commit) => encodeLine(commit, this.#head)).join(''));
    await this.file.flush();
    this.#written = commits.length;
    this.#head = positionOf(this.#head + added.flat().length);
  }
}
