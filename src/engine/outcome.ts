import type { FieldIssue, RefusalCode } from '../core/decider.js';
import type { DomainEvent, Position, RecordedEvent, Version } from '../core/event.js';
import type { Revision } from '../core/revision.js';

/** What became of a command. `current` is the aggregate as it stands after it. */
export type Outcome<State, E extends DomainEvent = DomainEvent> =
  | Accepted<State, E>
  | Conflict<State, E>
  | Refused<State>
  | Invalid;

export interface Accepted<State, E extends DomainEvent> {
  readonly kind: 'accepted';
  /** None when there was nothing to change. */
  readonly events: readonly RecordedEvent<E>[];
  /** How far the log was once the command was applied. */
  readonly position: Position;
  /** The command was carried out before, and this is its first answer again. */
  readonly replayed: boolean;
  readonly current: Revision<State> | undefined;
}

export interface Conflict<State, E extends DomainEvent> {
  readonly kind: 'conflict';
  readonly expectedVersion: Version;
  readonly actualVersion: Version;
  /** What the caller had not seen, oldest first, the first hundred. */
  readonly missed: readonly RecordedEvent<E>[];
  readonly current: Revision<State> | undefined;
}

export interface Refused<State> {
  readonly kind: 'refused';
  readonly code: RefusalCode | 'COMMAND_ID_REUSED';
  readonly message: string;
  readonly current: Revision<State> | undefined;
}

export interface Invalid {
  readonly kind: 'invalid';
  readonly issues: readonly FieldIssue[];
}

export type Failure = Exclude<Outcome<unknown>, { kind: 'accepted' }>;
export type FailureCode =
  | 'VERSION_CONFLICT'
  | 'VALIDATION_FAILED'
  | 'COMMAND_ID_REUSED'
  | RefusalCode;

/** A failure in a word for programs and a sentence for people. */
export function explain(failure: Failure): { code: FailureCode; message: string } {
  switch (failure.kind) {
    case 'conflict': {
      const { expectedVersion, actualVersion } = failure;
      return {
        code: 'VERSION_CONFLICT',
        message: `Expected version ${expectedVersion}, but the actual version is ${actualVersion}.`,
      };
    }
    case 'refused':
      return { code: failure.code, message: failure.message };
    case 'invalid':
      return {
        code: 'VALIDATION_FAILED',
        message: failure.issues
          .map(({ path, message }) => `${path.join('.') || 'the command'} ${message}`)
          .join('; '),
      };
    default:
      return failure satisfies never;
  }
}
