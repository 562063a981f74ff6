import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from './database.js';
import { verdictOf } from './errors.js';
import { within } from './within.js';

/** How long after a leader's end another one leads at the latest, once the database knows of the end. */
const TRY_EVERY = 1_000;
/** How long a try may take before its connection counts as lost. */
const TRY_PATIENCE = 5_000;

/**
 * Who of several servers does something: one at a time, held by a lock of the session, which ends with
 * its connection. That the lock was lost may be noticed late, so what is done under it must not rely on it.
 */
export class Lead {
  #leaving = new AbortController();
  #sql: Sql | undefined;

  constructor(
    /** Opens a connection of its own. */
    private readonly connect: () => Sql,
    private readonly name: string,
  ) {}

  /** Resolves with true when this one leads, and with false when it leaves before that. */
  async take(): Promise<boolean> {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    while (!signal.aborted) {
      try {
        if (await within(TRY_PATIENCE, this.tryTake(), signal)) return true;
      } catch (error) {
        // The next connection may have to go to another host.
        void this.#letGo();
        if (!signal.aborted && verdictOf(error) === 'failed') throw error;
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

  /** Whether the lock is held still: its connection may have been lost, and be another one by now. */
  async isHeld(): Promise<boolean> {
    if (this.#sql === undefined) return false;
    const { count } = await this.#sql`
      SELECT FROM pg_locks
      WHERE locktype = 'advisory' AND classid = 7310583 AND pid = pg_backend_pid()`;
    return count > 0;
  }

  /** Lets another one lead. */
  async leave(): Promise<void> {
    this.#leaving.abort();
    await this.#letGo();
  }

  async #letGo(): Promise<void> {
    const sql = this.#sql;
    this.#sql = undefined;
    await sql?.end({ timeout: 1 });
  }
}
