import type { Origin, Position } from '../core/event.js';
import type { App } from '../engine/app.js';
import { ANYBODY, type Caller } from './caller.js';

/** One request to the app, as every resolver is given it. */
export interface Context {
  readonly app: App;
  readonly caller: Caller;
  /** What the events of this request say of where they come from; made once, when there are any. */
  readonly origin: () => Origin;
  /** The id of the request's one command, when the transport named it. */
  readonly commandId: string | null;
  /** Where a listener resumes, when the transport knows; it goes before what the document says. */
  readonly resumeAfter: Position | null;
}

/** What a transport knows of a request; what it does not know is made, or null. */
export interface RequestFacts extends Partial<Omit<Origin, 'actor'>> {
  /** Who sent it; anybody when left out. */
  readonly caller?: Caller;
  readonly commandId?: string | null;
  readonly resumeAfter?: Position | null;
}

export function newContext(app: App, facts: RequestFacts = {}): Context {
  const { caller = ANYBODY, commandId = null, resumeAfter = null, ...known } = facts;
  let origin: Origin | undefined;
  const makeOrigin = (): Origin => ({
    causationId: null,
    traceparent: null,
    correlationId: app.newId(),
    ...known,
    actor: caller.actor,
  });
  return { app, caller, commandId, resumeAfter, origin: () => (origin ??= makeOrigin()) };
}
