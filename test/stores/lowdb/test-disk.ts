import { setImmediate } from 'node:timers/promises';
import { openLogFile, type LogFile, type OpenLogFile } from '../../../src/stores/lowdb/log-file.js';

export type Step = 'append' | 'flush' | 'truncate';

/** A flush that has the data in the file and waits for the test to say how it ends. */
export interface HeldFlush {
  readonly begun: Promise<void>;
  readonly finish: () => void;
  readonly fail: (cause: Error) => void;
}

const nothing = (): void => undefined;

/** A real log file on a disk that does as the test says: waits, or fails. */
export class TestDisk {
  /** What each write held, oldest first. */
  readonly writes: string[] = [];
  /** How many flushes ended well. */
  flushes = 0;
  /** How many files are open at present. */
  openFiles = 0;
  readonly #failing = new Map<Step, Error>();
  #onNextFlush: () => Promise<void> = () => Promise.resolve();

  readonly open: OpenLogFile = async (path) => {
    const file = await openLogFile(path);
    this.openFiles += 1;
    return {
      chunks: () => file.chunks(),
      append: (text) => this.#append(file, text),
      flush: () => this.#flush(file),
      truncate: async (length) => {
        this.#check('truncate');
        await file.truncate(length);
      },
      close: async () => {
        this.openFiles -= 1;
        await file.close();
      },
    };
  };

  /** From now on a step fails; an append that does has by then written its first half. */
  failAt(step: Step, cause: Error): void {
    this.#failing.set(step, cause);
  }

  /** From now on nothing fails. */
  heal(): void {
    this.#failing.clear();
  }

  holdNextFlush(): HeldFlush {
    let begin: () => void = nothing;
    let finish: () => void = nothing;
    let fail: (cause: Error) => void = nothing;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const ended = new Promise<void>((resolve, reject) => {
      finish = resolve;
      fail = reject;
    });
    this.#onNextFlush = () => {
      this.#onNextFlush = () => Promise.resolve();
      begin();
      return ended;
    };
    return { begun, finish, fail };
  }

  async #append(file: LogFile, text: string): Promise<void> {
    this.writes.push(text);
    const cause = this.#failing.get('append');
    await file.append(cause === undefined ? text : text.slice(0, text.length / 2));
    if (cause !== undefined) throw cause;
  }

  async #flush(file: LogFile): Promise<void> {
    this.#check('flush');
    await this.#onNextFlush();
    await file.flush();
    this.flushes += 1;
  }

  #check(step: Step): void {
    const cause = this.#failing.get(step);
    if (cause !== undefined) throw cause;
  }
}

/** An error as the kernel gives it, by its name. */
export const errorOf = (code: string): Error =>
  Object.assign(new Error(`${code}: as the test says`), { code });

/** Gives all that could happen by itself the time to happen. */
export async function letEverythingRun(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
}
