import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Logger } from '../../core/logger.js';
import { ANYBODY, type Caller } from '../../schema/caller.js';
import {
  authenticateBy,
  CannotAuthenticate,
  type Authenticate,
  type AuthSettings,
} from './tokens.js';

export interface GateSettings {
  /** Null lets anybody do anything. */
  readonly auth: AuthSettings | null;
  /** How many operations a client may send in a minute; null for any number. */
  readonly operationsPerMinute: number | null;
  readonly log: Logger;
}

/** A client has sent more than it may. */
export class TooMany extends Error {
  override readonly name = 'TooMany';
  constructor(
    /** When it may send again, in seconds. */
    readonly retryAfter: number,
  ) {
    super(`That is too much in a minute. Try again in ${retryAfter} s.`);
  }
}

/** What every door asks of those who come: who they are, and not to come too often. */
export class Gate {
  readonly #authenticate: Authenticate;
  readonly #limiter: RateLimiterMemory | null;

  constructor(private readonly settings: GateSettings) {
    const { auth, operationsPerMinute: points } = settings;
    this.#authenticate = auth === null ? () => Promise.resolve(ANYBODY) : authenticateBy(auth);
    this.#limiter = points === null ? null : new RateLimiterMemory({ points, duration: 60 });
  }

  /**
   * Who sent this. Rejects with {@link NotAuthenticated}, {@link CannotAuthenticate} or, for an address
   * that tries too often, {@link TooMany}.
   */
  async identify(authorization: string | undefined, address: string): Promise<Caller> {
    try {
      return await this.#authenticate(authorization);
    } catch (error) {
      await this.#consume(address);
      if (error instanceof CannotAuthenticate) {
        this.settings.log.error({ err: error.cause }, 'tokens cannot be checked');
      }
      throw error;
    }
  }

  /** Counts one operation. Rejects with {@link TooMany}. */
  async count({ actor }: Caller, address: string): Promise<void> {
    await this.#consume(actor === null ? address : `actor ${actor}`);
  }

  async #consume(client: string): Promise<void> {
    try {
      await this.#limiter?.consume(client);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw new TooMany(Math.ceil(error.msBeforeNext / 1_000));
    }
  }
}
