import type { Aggregate } from '../core/decider.js';
import type { DomainEvent, RecordedEvent } from '../core/event.js';
import type { JsonObject, JsonValue } from '../core/json.js';
import type { AnyProjection } from '../core/projection.js';
import type { Told } from '../core/story.js';
import type { App } from '../engine/app.js';

/** A question on the node protocol. Rejects with a ZodError for parameters of another shape. */
export type NodeQuery = (app: App, params: unknown) => Promise<JsonValue>;

/** An event as the node protocol tells it. */
export const factOf = (event: RecordedEvent): JsonObject => ({
  eventType: event.type,
  aggregateId: event.aggregateId,
  version: event.version,
  position: event.position,
  recordedAt: event.recordedAt,
  data: event.data,
});

/** All that the rest of the server knows of a domain. */
export interface Domain {
  readonly aggregate: Aggregate<unknown, { readonly id: string }, DomainEvent>;
  readonly projections: readonly AnyProjection[];
  /** The classes that resolve its root fields. */
  readonly resolvers: readonly Function[];
  readonly nodeQueries: Readonly<Record<string, NodeQuery>>;
  /** A history that shows what the domain is about, in the order in which it happened. */
  readonly demo?: readonly Told[];
}
