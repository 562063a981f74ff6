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
/**
 * What a server says that cannot serve now: it is starting, stopping, full, or a standby
 * (https://www.postgresql.org/docs/18/errcodes-appendix.html).
 */
const NOT_NOW = new Set(['57P03', '53300', '25006']);
/** Its connection ended in the middle. */
const ENDED = /^(?:08|57P)/;

/** What an error says of the work that was asked for. */
type Verdict = 'not done' | 'unknown' | 'failed';

export function verdictOf(error: unknown): Verdict {
  if (error instanceof StoreUnavailable) return 'not done';
  if (error instanceof OutcomeUnknown) return 'unknown';
  const code = codeOf(error);
  if (NOT_NOW.has(code) || (UNREACHED.has(code) && isOfConnecting(error))) return 'not done';
  if (error instanceof postgres.PostgresError) return ENDED.test(code) ? 'unknown' : 'failed';
  // A connection can break in more ways than there are names for.
  return code === '' ? 'failed' : 'unknown';
}

/** Whether the database looked at what was asked, and refused it: nothing of it is there. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof postgres.PostgresError && verdictOf(error) === 'failed';

/** Says of itself that it stops, starts, or takes no writes. */
const NO_PRIMARY = /^(?:57P|25006)/;

/** Whether a server said it that goes on: what waits on other connections to it will be answered. */
export const isOfPrimary = (error: unknown): boolean =>
  error instanceof postgres.PostgresError && !NO_PRIMARY.test(error.code);

/** What is said of a database that takes no writes, in the words of PostgreSQL. */
export const noWrites = (): Error =>
  Object.assign(new Error('The database takes no writes.'), { code: '25006' });

/** What is said of one that was closed here. */
export const closed = (): Error =>
  Object.assign(new Error('The database was closed.'), { code: 'CONNECTION_ENDED' });

/** A socket that was connected may end by the same codes. */
function isOfConnecting(error: unknown): boolean {
  if (!(error instanceof Error) || !('syscall' in error)) return true;
  return error.syscall === 'connect' || error.syscall === 'getaddrinfo';
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
