import type { Fields } from './changes.js';
import type { Claims } from './claims.js';
import type { DomainEvent } from './event.js';
import type { EventSchemas } from './schemas.js';

/** Why a domain refuses a command, in words that a program can act on. */
export const REFUSAL_CODES = ['NOT_FOUND', 'ALREADY_EXISTS', 'DEACTIVATED', 'EMAIL_TAKEN'] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** What a domain says to a command: the facts that follow (none: nothing to change), or why not. */
export type Decision<E> = { readonly outcome: 'accepted'; readonly events: readonly E[] } | Refusal;

export interface Refusal {
  readonly outcome: 'refused';
  readonly code: RefusalCode;
  readonly message: string;
}

export const accept = <E>(...events: readonly E[]): Decision<E> => ({
  outcome: 'accepted',
  events,
});

export const refuse = (code: RefusalCode, message: string): Refusal => ({
  outcome: 'refused',
  code,
  message,
});

/** Behaviour as two pure functions over an initial state (Chassaing's functional decider). */
export interface Decider<State, Command, E extends DomainEvent> {
  readonly initialState: State;
  decide(command: Command, state: State): Decision<E>;
  evolve(state: State, event: E): State;
}

/** What is wrong with one field of a command; the path leads to it. */
export interface FieldIssue {
  readonly path: readonly string[];
  readonly message: string;
}

export type Parsed<Command> =
  | { readonly valid: true; readonly command: Command }
  | { readonly valid: false; readonly issues: readonly FieldIssue[] };

/** A command as it comes from outside, not yet looked at. */
export interface RawCommand<Type extends string = string> {
  readonly type: Type;
  readonly payload: unknown;
}

/** A kind of aggregate: how its commands are read, and how it decides. */
export interface Aggregate<
  State,
  Command extends { readonly id: string },
  E extends DomainEvent,
  CommandType extends string = string,
> {
  /** The first half of its streams' names. */
  readonly type: string;
  /** Raised whenever `evolve` or `fields` changes its meaning: what was folded before is then left. */
  readonly version: number;
  readonly events: EventSchemas<E['type']>;
  readonly commandTypes: readonly CommandType[];
  /** The commands that begin a stream: they expect version 0 when the caller names none. */
  readonly creating: readonly CommandType[];
  /** Checks a payload and brings it into its normal form. `newId` names an aggregate left unnamed. */
  parse(command: RawCommand<CommandType>, newId: () => string): Parsed<Command>;
  readonly decider: Decider<State, Command, E>;
  /** What an aggregate shows in a state, for the differences between two; none before its first event. */
  fields(state: State): Fields;
  /** What must be unique among aggregates. */
  readonly claims?: Claims<State>;
}
