import { claimChanges } from '../core/claims.js';
import type { Aggregate, Refusal } from '../core/decider.js';
import type { DomainEvent, RecordedEvent } from '../core/event.js';
import type { Appended, Commit } from '../core/event-store.js';
import { revisionOf } from '../core/fold.js';
import { fold, type Revision } from '../core/revision.js';
import { known, schemaVersionOf, UnknownEvent } from '../core/schemas.js';
import type { App } from './app.js';
import type { Accepted, Conflict, Outcome, Refused } from './outcome.js';
import { foldTo, present, readEvents } from './replay.js';
import { check, type CommandRequest, type Order } from './request.js';

/** How many of the events that a caller missed are told in a conflict. */
const MISSED_AT_MOST = 100;

/**
 * The one way in which anything changes: fold the stream, decide, append. An accepted command is durable
 * when this resolves, and seen by the projections, but for those that fail or are far behind. A command
 * whose id the log knows is answered as it was the first time. A stale version is answered, never
 * retried: the caller named it, so the conflict is the answer. With `dryRun`, all the same up to the
 * append.
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
  const checked = check(app, aggregate, request);
  if (!checked.valid) return { kind: 'invalid', issues: checked.issues };
  return new Execution(app, aggregate, checked.order).attempt();
}

class Execution<State, Command extends { readonly id: string }, E extends DomainEvent> {
  constructor(
    private readonly app: App,
    private readonly aggregate: Aggregate<State, Command, E>,
    private readonly order: Order<Command>,
  ) {}

  async attempt(): Promise<Outcome<State, E>> {
    return (await this.#attemptFromMemory()) ?? this.#attemptFromLog();
  }

  /** Appends what follows from a revision that is known without a look; undefined if that will not do. */
  async #attemptFromMemory(): Promise<Outcome<State, E> | undefined> {
    const { command, expectedVersion } = this.order;
    const { type, decider } = this.aggregate;
    const current = this.app.recent.get<State>(type, command.id);
    // Of an aggregate before its first event nothing is known, and nothing has to be.
    if (expectedVersion !== (current?.version ?? 0)) return undefined;
    const decision = decider.decide(command, current?.state ?? decider.initialState);
    // What was refused or done already may have been answered under the same commandId before.
    if (decision.outcome === 'refused' || decision.events.length === 0) return undefined;
    return this.#append(this.#commitOf(decision.events, current), current);
  }

  async #attemptFromLog(): Promise<Outcome<State, E>> {
    const { command, expectedVersion, metadata } = this.order;
    const { store } = this.app;
    const { type, decider } = this.aggregate;
    const actualVersion = await store.versionAt({ type, id: command.id });
    // Looked up after the version: a command that is not found has no event up to it.
    const first = metadata.commandId === null ? [] : await store.readCommand(metadata.commandId);
    if (first.length > 0) return this.#repeat(first);

    const current = await foldTo(this.app, revisionOf(this.aggregate), command.id, actualVersion);
    const isStale = expectedVersion !== actualVersion;
    // Whether the aggregate exists at all is the domain's to say, and says more than two numbers.
    const isAboutExistence = expectedVersion === 0 || actualVersion === 0;
    if (isStale && !isAboutExistence) return this.#conflict(current);

    const decision = decider.decide(command, current?.state ?? decider.initialState);
    if (decision.outcome === 'refused') return this.#refuse(decision, current);
    if (isStale) return this.#conflict(current);
    if (decision.events.length === 0) return this.#nothingToChange(current);
    const outcome = await this.#append(this.#commitOf(decision.events, current), current);
    // The stream has moved on meanwhile, so this second look answers without an append.
    return outcome ?? this.#attemptFromLog();
  }

  /** Undefined when the stream has another version than was thought. */
  async #append(
    commit: Commit,
    current: Revision<State> | undefined,
  ): Promise<Outcome<State, E> | undefined> {
    const { store } = this.app;
    const answer = await (this.order.dryRun ? store.forecast(commit) : store.append(commit));
    switch (answer.outcome) {
      case 'appended':
        return this.#accept(answer, current);
      case 'repeated':
        return this.#repeat(answer.events);
      case 'taken':
        return this.#refuse(takenBy(this.aggregate, answer.key), current);
      case 'conflict':
        return undefined;
      default:
        return answer satisfies never;
    }
  }

  #commitOf(events: readonly E[], current: Revision<State> | undefined): Commit {
    const { type, events: schemas, decider, claims } = this.aggregate;
    const { command, expectedVersion, metadata } = this.order;
    const before = current?.state ?? decider.initialState;
    const after = events.reduce((state, event) => decider.evolve(state, event), before);
    return {
      stream: { type, id: command.id },
      expectedVersion,
      events: events.map((event) => ({
        ...event,
        id: this.app.newId(),
        schemaVersion: schemaVersionOf(schemas, event.type),
      })),
      metadata,
      ...claimChanges(claims, before, after),
    };
  }

  async #accept(
    { events: appended, position }: Extract<Appended, { outcome: 'appended' | 'repeated' }>,
    current: Revision<State> | undefined,
  ): Promise<Accepted<State, E>> {
    if (!this.order.dryRun) await this.app.projector.reached(position);
    const events = appended.map((event) => known(this.aggregate.events, event));
    const after = fold(this.aggregate.decider, events, current);
    if (!this.order.dryRun && after !== undefined) this.app.recent.keep(this.aggregate.type, after);
    return { kind: 'accepted', events, position, replayed: false, current: after };
  }

  async #nothingToChange(current: Revision<State> | undefined): Promise<Accepted<State, E>> {
    const { position } = await this.app.store.head();
    await this.app.projector.reached(position);
    return { kind: 'accepted', events: [], position, replayed: false, current };
  }

  /** The answer that a command got the first time, if it is that command. */
  async #repeat(first: readonly RecordedEvent[]): Promise<Outcome<State, E>> {
    const { command, metadata } = this.order;
    const last = first.at(-1);
    // Who has not sent it is not told of it.
    const isTheSame =
      last?.commandDigest === metadata.commandDigest && last.actor === metadata.actor;
    if (last === undefined || !isTheSame) {
      const message = `The commandId ${metadata.commandId} was used for another command.`;
      const current = await this.#present(command.id);
      return { kind: 'refused', code: 'COMMAND_ID_REUSED', message, current };
    }
    await this.app.projector.reached(last.position);
    return {
      kind: 'accepted',
      events: first.map((event) => known(this.aggregate.events, event)),
      position: last.position,
      replayed: true,
      current: await this.#present(last.aggregateId),
    };
  }

  /** The aggregate as it stands; undefined also where a newer build has given it a history. */
  async #present(id: string): Promise<Revision<State> | undefined> {
    try {
      return await present(this.app, this.aggregate, id);
    } catch (error) {
      if (error instanceof UnknownEvent) return undefined;
      throw error;
    }
  }

  #refuse({ code, message }: Refusal, current: Revision<State> | undefined): Refused<State> {
    return { kind: 'refused', code, message, current };
  }

  async #conflict(current: Revision<State> | undefined): Promise<Conflict<State, E>> {
    const { command, expectedVersion } = this.order;
    const actualVersion = current?.version ?? 0;
    const throughVersion = Math.min(actualVersion, expectedVersion + MISSED_AT_MOST);
    const range = { after: expectedVersion, throughVersion };
    const missed = await readEvents(this.app, this.aggregate, command.id, range);
    return { kind: 'conflict', expectedVersion, actualVersion, missed, current };
  }
}

function takenBy<State, E extends DomainEvent>(
  { type, claims }: Pick<Aggregate<State, never, E>, 'type' | 'claims'>,
  key: string,
): Refusal {
  if (claims === undefined) throw new Error(`${type} claims ${key}, but has no claims`);
  return claims.taken(key);
}
