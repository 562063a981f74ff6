import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { OutcomeUnknown, StoreUnavailable } from '../../core/event-store.js';

/** How long something that surely was not done is tried again before that is the answer. */
const PATIENCE_MILLISECONDS = 5_000;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 500;

/** A connection was never there, so nothing was asked of it. */
const UNREACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CONNECT_TIMEOUT',
  // Asked after the connections were given up.
  'CONNECTION_ENDED',
]);
/** A connection broke, and with it the knowledge of what was asked last. */
const BROKEN = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);
/**
 * What a server says that cannot serve now: it is starting, stopping, full, or a standby
 * (https://www.postgresql.org/docs/18/errcodes-appendix.html).
 */
const NOT_NOW = new Set(['57P03', '53300', '25006']);
/** Its connection ended in the middle. */
const ENDED = new Set(['57P01', '57P02']);

/** What an error says of the work that was asked for. */
type Verdict = 'not done' | 'unknown' | 'failed';

export function verdictOf(error: unknown): Verdict {
  if (error instanceof StoreUnavailable) return 'not done';
  if (error instanceof OutcomeUnknown) return 'unknown';
  const code = codeOf(error);
  if (UNREACHED.has(code) || NOT_NOW.has(code)) return 'not done';
  if (BROKEN.has(code) || ENDED.has(code)) return 'unknown';
  return 'failed';
}

function codeOf(error: unknown): string {
  // postgres.js gives its own errors and those of sockets a code, too.
  if (error instanceof postgres.PostgresError) return error.code;
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/**
 * Asks until there is an answer, for as long as the database may take to come back. Rejects with
 * StoreUnavailable after that.
 */
export function reading<T>(work: () => Promise<T>): Promise<T> {
  return patiently(work, (verdict) => verdict !== 'failed');
}

/** The same for what may be done once only: it is not tried again when it may have been done. */
export async function doing<T>(work: () => Promise<T>): Promise<T> {
  return patiently(work, (verdict) => verdict === 'not done');
}

async function patiently<T>(
  work: () => Promise<T>,
  mayTryAgain: (verdict: Verdict) => boolean,
): Promise<T> {
  const end = performance.now() + PATIENCE_MILLISECONDS;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return await work();
    } catch (cause) {
      const verdict = verdictOf(cause);
      if (verdict === 'failed') throw cause;
      if (!mayTryAgain(verdict)) throw outcomeUnknown(cause);
      if (performance.now() + pause > end) throw unavailable(cause);
      await delay(pause);
    }
  }
}

const unavailable = (cause: unknown): StoreUnavailable =>
  new StoreUnavailable('The database cannot be reached now; nothing was done. Try again later.', {
    cause,
  });

const outcomeUnknown = (cause: unknown): OutcomeUnknown =>
  new OutcomeUnknown(
    'The database was lost in the middle: whether the command was carried out is unknown. Send it again with the same commandId, or look.',
    { cause },
  );
