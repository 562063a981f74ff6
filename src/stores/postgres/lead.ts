import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from './database.js';
import { verdictOf } from './errors.js';

/** How long after a leader's end another one leads at the latest, once the database knows of the end. */
const TRY_EVERY = 1_000;

/**
 * Who of several servers does something: one at a time, held by a lock of the session, which ends with
 * its connection. That the lock was lost may be noticed late, so what is done under it must not rely on it.
 */
export class Lead {
  readonly #left = new AbortController();
  #sql: Database | undefined;

  constructor(
    /** Opens a connection of its own. */
    private readonly connect: () => Database,
    private readonly name: string,
  ) {}

  /** Resolves with true when this one leads, and with false when it has left. */
  async take(): Promise<boolean> {
    while (!this.#left.signal.aborted) {
      try {
        if (await this.#try()) return !this.#left.signal.aborted;
      } catch (error) {
        if (verdictOf(error) === 'failed') throw error;
      }
      await delay(TRY_EVERY, undefined, { signal: this.#left.signal }).catch(() => undefined);
    }
    return false;
  }

  async leave(): Promise<void> {
    this.#left.abort();
    await this.#sql?.end({ timeout: 1 });
  }

  async #try(): Promise<boolean> {
    this.#sql ??= this.connect();
    const [row] = await this.#sql<{ leads: boolean }[]>`
      SELECT pg_try_advisory_lock(7310583, hashtext(${this.name})) AS leads`;
    return row?.leads === true;
  }
}
