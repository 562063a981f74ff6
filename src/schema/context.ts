import type { Metadata } from '../core/event.js';
import type { App } from '../engine/app.js';

/** One request to the app, as every resolver is given it. */
export interface Context {
  readonly app: App;
  /** Ties together the events of one request. */
  readonly correlationId: string;
}

export const newContext = (app: App): Context => ({ app, correlationId: app.newId() });

export const metadataOf = ({ correlationId }: Context): Metadata => ({
  actor: null,
  correlationId,
  causationId: null,
});
