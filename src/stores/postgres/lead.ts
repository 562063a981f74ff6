import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from './database.js';
import { verdictOf } from './errors.js';

/** How long after a leader's end another one leads at the latest, once the database knows of the end. */
const TRY_EVERY = 1_000;

/**
 * Who of several servers does something: one at a time, held by a lock of the session, which ends with
 * its connection. That the lock was lost may be noticed late, so what is done under it must not rely on it.
 */
export class Lead {
  readonly #left = new AbortController();
  /** Rejects when this one leaves: a connection that is ended may leave a question unanswered. */
  readonly #leaving = new Promise<never>((_, reject) => {
    this.#left.signal.addEventListener('abort', () => reject(new Error('left')));
  });
  #sql: Sql | undefined;

  constructor(
    /** Opens a connection of its own. */
    private readonly connect: () => Sql,
    private readonly name: string,
  ) {
    this.#leaving.catch(() => undefined);
  }

  /** Resolves with true when this one leads, and with false when it has left. */
  async take(): Promise<boolean> {
    const { signal } = this.#left;
    while (!signal.aborted) {
      try {
        if (await Promise.race([this.tryTake(), this.#leaving])) return !signal.aborted;
      } catch (error) {
        if (!signal.aborted && verdictOf(error) === 'failed') throw error;
        // The next connection may have to go to another host.
        void this.#sql?.end({ timeout: 0 });
        this.#sql = undefined;
      }
      await delay(TRY_EVERY, undefined, { signal }).catch(() => undefined);
    }
    return false;
  }

  /** Whether this one leads now, without waiting for it. */
  async tryTake(): Promise<boolean> {
    this.#sql ??= this.connect();
    const [row] = await this.#sql<{ leads: boolean }[]>`
      SELECT pg_try_advisory_lock(7310583, hashtext(${this.name})) AS leads`;
    return row?.leads === true;
  }

  async leave(): Promise<void> {
    this.#left.abort();
    await this.#sql?.end({ timeout: 1 });
  }
}
