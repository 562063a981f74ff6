import { z } from 'zod';
import { OutcomeUnknown, StoreStopped, StoreUnavailable } from '../../core/event-store.js';
import { BeyondTheEnd } from '../../core/moment.js';
import { UnknownEvent } from '../../core/schemas.js';
import { CRASH, MALFORMED_REQUEST, type ErrorBody } from './messages.js';

/** A message is not one that this protocol has. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** What is told of an error: of one that nobody foresaw, only that there was one. */
export function errorBody(error: unknown, in_reply_to: number | null): ErrorBody {
  if (error instanceof z.ZodError) {
    return { type: 'error', in_reply_to, code: MALFORMED_REQUEST, text: describeIssues(error) };
  }
  if (error instanceof Malformed || error instanceof BeyondTheEnd) {
    return { type: 'error', in_reply_to, code: MALFORMED_REQUEST, text: error.message };
  }
  const text = isTold(error) ? error.message : 'Something went wrong; see the log.';
  return { type: 'error', in_reply_to, code: CRASH, text };
}

const TOLD = [StoreStopped, StoreUnavailable, OutcomeUnknown, UnknownEvent];

const isTold = (error: unknown): error is Error => TOLD.some((each) => error instanceof each);

function describeIssues({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) => `${path.join('.') || 'the message'}: ${message}`)
    .join('; ');
}
