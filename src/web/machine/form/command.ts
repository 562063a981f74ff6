import { effect, signal } from '@preact/signals';
import { CommandOutcomeFragmentDoc, type CommandOutcomeFragment } from '../../generated/graphql';
import { askText, patiently } from '../api/ask';
import { Failure, messageOf } from '../api/failure';
import type { Operation } from '../api/graphiql';
import { AGGREGATE_TYPE } from '../state/stream';
import { choose, moment } from '../state/place';
import { feelPulse } from '../state/pulse';
import { viewer } from '../state/viewer';
import { commandsIn, SCHEMA_QUERY, type CommandShape, type SchemaAnswer } from './shape';
import { inputOf, type Typed } from './values';

/** The commands that the server takes, and the events that may come of them. */
export const commands = signal<readonly CommandShape[]>([]);
export const eventTypes = signal<readonly string[]>([]);

/** What a form says. */
export interface Draft {
  readonly shape: CommandShape;
  readonly typed: Typed;
  /** The version that its writer saw. */
  readonly expectedVersion: number;
  /** The same for every try of the same words, so that they are carried out once at most. */
  readonly commandId: string;
}

/** What became of a draft. */
export type Result =
  | { readonly kind: 'answered'; readonly outcome: CommandOutcomeFragment }
  | { readonly kind: 'unanswered' | 'refused'; readonly why: string };

export function followCommands(): void {
  effect(() => {
    if (viewer.value !== null) void loadCommands();
  });
}

const askForSchema = (): Promise<SchemaAnswer> => askText<SchemaAnswer>(SCHEMA_QUERY, {});

async function loadCommands(): Promise<void> {
  // Where it is refused there is no form, and each other part says why.
  const answer = await patiently(askForSchema).catch(() => null);
  if (answer === null) return;
  commands.value = commandsIn(answer);
  eventTypes.value = answer.events?.possibleTypes.map(({ name }) => name) ?? [];
}

export function commandOperation(draft: Draft, dryRun: boolean): Operation {
  const { shape, typed, expectedVersion, commandId } = draft;
  const { name, inputType } = shape;
  const query = `mutation ${name.charAt(0).toUpperCase()}${name.slice(1)}(
  $input: ${inputType}!
  $expectedVersion: Int!
  $commandId: ID
  $dryRun: Boolean!
) {
  ${name}(
    input: $input
    expectedVersion: $expectedVersion
    commandId: $commandId
    dryRun: $dryRun
  ) {
    ...CommandOutcome
  }
}
${CommandOutcomeFragmentDoc.toString()}`;
  return { query, variables: { input: inputOf(shape, typed), expectedVersion, commandId, dryRun } };
}

/** Sends a draft, or only asks what would happen. Never rejects. */
export async function send(draft: Draft, dryRun: boolean): Promise<Result> {
  const { query, variables } = commandOperation(draft, dryRun);
  try {
    const answer = await askText<Record<string, CommandOutcomeFragment>>(query, variables);
    const outcome = answer[draft.shape.name];
    if (outcome === undefined) return { kind: 'refused', why: 'The answer has no result.' };
    if (outcome.success && !dryRun) showWhatCame(outcome);
    return { kind: 'answered', outcome };
  } catch (error) {
    const isLost = error instanceof Failure && error.kind === 'unanswered';
    return { kind: isLost ? 'unanswered' : 'refused', why: messageOf(error) };
  }
}

/** The present is what has come of it. */
function showWhatCame({ events }: CommandOutcomeFragment): void {
  const [first] = events;
  moment.value = null;
  if (first?.aggregateType === AGGREGATE_TYPE) choose(first.aggregateId);
  feelPulse();
}

/** Not `randomUUID`: browsers have that for https and this machine alone. */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
