import { claimChanges } from '../../core/claims.js';
import { schemaVersionOf } from '../../core/schemas.js';
import type { Told } from '../../core/story.js';
import { timestampOf } from '../../core/time.js';
import type { Domain } from '../../schema/domain.js';
import type { Given } from '../moving/given.js';
import type { GivenLine } from '../moving/read-file.js';

/** Marks the events that a demo brought. */
export const DEMO = 'demo';

/** How long ago its last event is. */
const AGO_MILLISECONDS = 3 * 3_600_000;

export interface LinesParts {
  readonly newId: () => string;
  /** In milliseconds since the epoch. */
  readonly now: number;
}

type Aggregate = Domain['aggregate'];

/** The demo history of domains, as the lines of an import. Throws where a domain refuses a command. */
export async function* linesOf(
  domains: readonly Pick<Domain, 'aggregate' | 'demo'>[],
  { newId, now }: LinesParts,
): AsyncGenerator<GivenLine> {
  const all = domains
    .flatMap(({ aggregate, demo = [] }) => demo.map((told) => ({ aggregate, told })))
    .toSorted((one, other) => one.told.at - other.told.at);
  const begin = now - AGO_MILLISECONDS - (all.at(-1)?.told.at ?? 0);
  const deciding = new Deciding(newId);
  let number = 0;
  for (const { aggregate, told } of all) {
    const recordedAt = timestampOf(begin + told.at);
    for (const given of deciding.take(aggregate, told)) {
      number += 1;
      yield { number, given: { ...given, recordedAt } };
    }
  }
}

/** Carries out one command after the other, in a world of its own. */
class Deciding {
  readonly #states = new Map<string, unknown>();
  /** Who holds which key. */
  readonly #holders = new Map<string, string>();

  constructor(private readonly newId: () => string) {}

  take(aggregate: Aggregate, { command, actor }: Told): readonly Given[] {
    const parsed = aggregate.parse(command, this.newId);
    if (!parsed.valid) throw refused(command, JSON.stringify(parsed.issues));
    const { id } = parsed.command;
    const name = `${aggregate.type}/${id}`;
    const before = this.#states.get(name) ?? aggregate.decider.initialState;
    const decision = aggregate.decider.decide(parsed.command, before);
    if (decision.outcome === 'refused') throw refused(command, decision.message);
    const after = decision.events.reduce(
      (state, event) => aggregate.decider.evolve(state, event),
      before,
    );
    this.#hold(aggregate, name, { before, after });
    this.#states.set(name, after);
    const correlationId = this.newId();
    return decision.events.map(({ type, data }) => ({
      aggregateType: aggregate.type,
      aggregateId: id,
      type,
      schemaVersion: schemaVersionOf(aggregate.events, type),
      data,
      actor,
      correlationId,
      causationId: DEMO,
    }));
  }

  #hold(
    { claims }: Aggregate,
    name: string,
    { before, after }: { readonly before: unknown; readonly after: unknown },
  ): void {
    const changes = claimChanges(claims, before, after);
    for (const key of changes.releases) this.#holders.delete(key);
    for (const key of changes.claims) {
      if (this.#holders.has(key)) throw new Error(`${name} claims ${key}, which is taken`);
      this.#holders.set(key, name);
    }
  }
}

const refused = (command: Told['command'], why: string): Error =>
  new Error(`the demo has ${JSON.stringify(command)}, which is refused: ${why}`);
