import type { Aggregate, FieldIssue, RawCommand } from '../core/decider.js';
import {
  CALLERS_ID,
  CALLERS_ID_IS,
  type DomainEvent,
  type Metadata,
  type Origin,
  type Version,
} from '../core/event.js';
import type { App } from './app.js';

/** A command as it comes from outside, with what its caller says about it. */
export interface CommandRequest<Type extends string> extends RawCommand<Type> {
  /** The version that the caller last saw; 0 for an aggregate that does not exist yet. */
  readonly expectedVersion: Version;
  /** The caller's own name for the command, under which it is carried out once however often sent. */
  readonly commandId: string | null;
  /** Ask only what would happen. */
  readonly dryRun: boolean;
  readonly origin: Origin;
}

/** A request whose values are all right. */
export interface Order<Command> {
  readonly command: Command;
  readonly expectedVersion: Version;
  readonly metadata: Metadata;
  readonly dryRun: boolean;
}

export type Checked<Command> =
  | { readonly valid: true; readonly order: Order<Command> }
  | { readonly valid: false; readonly issues: readonly FieldIssue[] };

export function check<
  State,
  Command extends { readonly id: string },
  E extends DomainEvent,
  Type extends string,
>(
  { newId, digest }: Pick<App, 'newId' | 'digest'>,
  aggregate: Aggregate<State, Command, E, Type>,
  request: CommandRequest<Type>,
): Checked<Command> {
  let made: string | undefined;
  const parsed = aggregate.parse(request, () => (made = newId()));
  const issues = [...(parsed.valid ? [] : parsed.issues), ...issuesOf(request)];
  if (!parsed.valid || issues.length > 0) return { valid: false, issues };
  const { command } = parsed;
  const { commandId, expectedVersion, dryRun, origin } = request;
  // An id that was made here is not what the caller said; the same goes for the version that it saw.
  const said = command.id === made ? { ...command, id: null } : command;
  const commandDigest =
    commandId === null ? null : digest(JSON.stringify([aggregate.type, request.type, said]));
  const metadata = { ...origin, commandId, commandDigest };
  return { valid: true, order: { command, expectedVersion, metadata, dryRun } };
}

function issuesOf({ expectedVersion, commandId }: CommandRequest<string>): readonly FieldIssue[] {
  const issues: FieldIssue[] = [];
  if (!Number.isSafeInteger(expectedVersion) || expectedVersion < 0) {
    issues.push({ path: ['expectedVersion'], message: 'must be a whole number, 0 or more' });
  }
  if (commandId !== null && !CALLERS_ID.test(commandId)) {
    issues.push({ path: ['commandId'], message: `must be ${CALLERS_ID_IS}` });
  }
  return issues;
}
