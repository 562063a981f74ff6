import { known, type Aggregate, type FieldIssue, type RawCommand } from '../core/decider.js';
import type { DomainEvent, Metadata, Version } from '../core/event.js';
import { fold } from '../core/revision.js';
import type { App } from './app.js';
import type { Conflict, Outcome } from './outcome.js';
import { readEvents } from './replay.js';

/** How many of the events that a caller missed are told in a conflict. */
const MISSED_AT_MOST = 100;

export interface CommandRequest<Type extends string> extends RawCommand<Type> {
  /** The version that the caller last saw; 0 for an aggregate that does not exist yet. */
  readonly expectedVersion: Version;
  readonly metadata: Metadata;
}

/**
 * The one way in which anything changes: read the stream, fold it, decide, append. An accepted command
 * is durable and seen by the projections when this resolves. A stale version is answered, never
 * retried: the caller named it, so the conflict is the answer.
 *
 * Rejects with StoreStopped when the store cannot say whether the commit is durable.
 */
export async function execute<
  State,
  Command extends { readonly id: string },
  E extends DomainEvent,
  Type extends string,
>(
  app: App,
  aggregate: Aggregate<State, Command, E, Type>,
  request: CommandRequest<Type>,
): Promise<Outcome<State, E>> {
  const parsed = aggregate.parse(request, app.newId);
  const issues = [...(parsed.valid ? [] : parsed.issues), ...versionIssues(request)];
  if (!parsed.valid || issues.length > 0) return { kind: 'invalid', issues };
  return attempt(app, aggregate, parsed.command, request);
}

function versionIssues({ expectedVersion }: CommandRequest<string>): readonly FieldIssue[] {
  if (Number.isSafeInteger(expectedVersion) && expectedVersion >= 0) return [];
  return [{ path: ['expectedVersion'], message: 'must be a whole number, 0 or more' }];
}

async function attempt<
  State,
  Command extends { readonly id: string },
  E extends DomainEvent,
  Type extends string,
>(
  app: App,
  aggregate: Aggregate<State, Command, E, Type>,
  command: Command,
  request: CommandRequest<Type>,
): Promise<Outcome<State, E>> {
  const { store } = app;
  const { decider } = aggregate;
  const { expectedVersion, metadata } = request;
  const seen = await readEvents(store, aggregate, command.id);
  const current = fold(decider, seen);
  const actualVersion = seen.length;
  const conflict: Conflict<State, E> = {
    kind: 'conflict',
    expectedVersion,
    actualVersion,
    missed: seen.slice(expectedVersion, expectedVersion + MISSED_AT_MOST),
    current,
  };
  // Whether the aggregate exists at all is the domain's to say, and says more than two numbers.
  const aboutExistence = expectedVersion === 0 || actualVersion === 0;
  if (expectedVersion !== actualVersion && !aboutExistence) return conflict;

  const decision = decider.decide(command, current?.state ?? decider.initialState);
  if (decision.outcome === 'refused') {
    return { kind: 'refused', code: decision.code, message: decision.message, current };
  }
  if (expectedVersion !== actualVersion) return conflict;
  if (decision.events.length === 0) {
    const { position } = await store.head();
    await app.projector.reached(position);
    return { kind: 'accepted', events: [], position, current };
  }

  const appended = await store.append({
    stream: { type: aggregate.type, id: command.id },
    expectedVersion,
    events: decision.events.map((event) => ({ ...event, id: app.newId() })),
    metadata,
  });
  // The stream has moved on meanwhile, so this second look answers without an append.
  if (appended.outcome === 'conflict') return attempt(app, aggregate, command, request);

  const position = appended.position;
  await app.projector.reached(position);
  const events = appended.events.map((event) => known(aggregate.eventTypes, event));
  return { kind: 'accepted', events, position, current: fold(decider, events, current) };
}
