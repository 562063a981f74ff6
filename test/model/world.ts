import { personAfter, type Fact, type Person } from './facts.js';
import type { Order } from './orders.js';

/** Which events of the log; all of it must hold. */
export interface Where {
  readonly aggregateType?: string;
  readonly aggregateId?: string;
  readonly types?: readonly string[];
  readonly correlationId?: string;
}

/** All that ever happened: a log in memory, and what follows from it. */
export class World {
  readonly #log: Fact[] = [];
  /** The named commands that appended something. */
  readonly #named = new Map<string, { readonly order: Order; readonly fact: Fact }>();
  /** Nothing is recorded at or before it any more: somebody has asked. */
  #settled = '';

  get head(): number {
    return this.#log.length;
  }

  get settled(): string {
    return this.#settled;
  }

  add(fact: Fact, order: Order): void {
    this.#log.push(fact);
    if (fact.commandId !== null) this.#named.set(fact.commandId, { order, fact });
  }

  settle(time: string): void {
    if (time > this.#settled) this.#settled = time;
  }

  /** What was done under a commandId. */
  done(commandId: string | null) {
    return commandId === null ? undefined : this.#named.get(commandId);
  }

  /** The log up to a position. */
  upTo(position: number): readonly Fact[] {
    return this.#log.slice(0, position);
  }

  /** The events after a position that match. */
  slice(where: Where, after = 0, through = this.head): readonly Fact[] {
    return this.#log.slice(after, through).filter((fact) => matches(fact, where));
  }

  /** A user's events, up to a position. */
  of(userId: string, position = this.head): readonly Fact[] {
    return this.upTo(position).filter((fact) => fact.userId === userId);
  }

  person(userId: string): Person | undefined {
    return personAfter(this.of(userId));
  }

  /** In the order of their creation. */
  ids(position = this.head): readonly string[] {
    return [...new Set(this.upTo(position).map(({ userId }) => userId))];
  }

  people(): readonly Person[] {
    return this.ids().flatMap((id) => this.person(id) ?? []);
  }

  /** How long the log was at a time: what was recorded at that very time is in it. */
  positionAt(time: string): number {
    return this.#log.filter(({ recordedAt }) => recordedAt <= time).length;
  }

  /** The active user that has an address, in whatever case. */
  holderOf(email: string): Person | undefined {
    return this.people().find(
      (person) => person.status === 'ACTIVE' && person.email?.toLowerCase() === email.toLowerCase(),
    );
  }
}

function matches(fact: Fact, { aggregateType, aggregateId, types, correlationId }: Where): boolean {
  return (
    (aggregateType === undefined || aggregateType === 'User') &&
    (aggregateId === undefined || aggregateId === fact.userId) &&
    (types === undefined || types.includes(fact.change.type)) &&
    (correlationId === undefined || correlationId === fact.correlationId)
  );
}
