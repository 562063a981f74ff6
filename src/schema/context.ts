import type { Origin } from '../core/event.js';
import type { App } from '../engine/app.js';

/** One request to the app, as every resolver is given it. */
export interface Context {
  readonly app: App;
  /** What the events of this request will say of where they come from. */
  readonly origin: Origin;
  /** The id of the request's one command, when the transport named it. */
  readonly commandId: string | null;
}

/** What a transport knows of a request; what it does not know is made, or null. */
export interface RequestFacts extends Partial<Origin> {
  readonly commandId?: string | null;
}

export function newContext(app: App, { commandId = null, ...known }: RequestFacts = {}): Context {
  const unknown = { actor: null, causationId: null, traceparent: null };
  return { app, origin: { ...unknown, correlationId: app.newId(), ...known }, commandId };
}
