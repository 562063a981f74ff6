import type { Position } from '../core/event.js';
import { StoreRefused, StoreStopped, StoreUnavailable } from '../core/event-store.js';
import { answerError, answerJson } from './answer.js';
import { readJsonBody, Unreadable } from './body.js';
import { mayConnect } from './cross-origin.js';
import { enter } from './gate/door.js';
import type { Gate } from './gate/gate.js';
import type { Answer } from './http.js';

/** Loads the demo history; answers where it ends, or null for a log that is not empty. */
export type LoadDemo = () => Promise<Position | null>;

/** Lets an admin load the demo history, from a page of this server or from none. */
export function answerDemo(gate: Gate, load: LoadDemo): Answer {
  return async (request, response) => {
    if (request.method !== 'POST') {
      throw new Unreadable(405, '/demo can only be posted to.', { allow: 'POST' });
    }
    // Pages of other origins have no business here, also those that may use the API.
    if (!mayConnect(request.headers, [])) throw new Unreadable(403, 'Not from this origin.');
    const { roles } = await enter(gate, request);
    if (!roles.has('admin')) throw new Unreadable(403, 'This needs the role admin.');
    await readJsonBody(request);
    const position = await load().catch(unavailable);
    if (position === null) answerError(response, 409, 'The log is not empty: it stays as it is.');
    else answerJson(response, 200, { position: String(position) });
  };
}

function unavailable(cause: unknown): never {
  const isForeseen = [StoreRefused, StoreStopped, StoreUnavailable].some(
    (kind) => cause instanceof kind,
  );
  throw isForeseen && cause instanceof Error ? new Unreadable(503, cause.message) : cause;
}
