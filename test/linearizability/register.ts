import type { Command, CommandInput, CommandOutput, Operation, Sighting, User } from './history.js';

/** How many missed events a conflict tells at most; docs/commands.md says so. */
const MISSED_AT_MOST = 100;

/** One aggregate as its promises have it: a name that changes by compare-and-set on its version. */
export type Register = User | null;

/** What a correct register makes of a command; `after` is the very same state if nothing changes. */
interface Effect {
  readonly result: CommandOutput['result'];
  readonly after: Register;
}

/** The state after an operation, or undefined where a correct register would have answered otherwise. */
export function step(state: Register, operation: Operation): Register | undefined {
  if (operation.kind === 'command') return stepCommand(state, operation);
  return operation.output === null || sameUser(operation.output.user, state) ? state : undefined;
}

/** Whether it leaves a correct register as it is, wherever it can be answered as it was. */
export const isReadOnly = (operation: Operation): boolean =>
  operation.kind === 'read' || (operation.output !== null && operation.output.result !== 'applied');

function stepCommand(state: Register, { input, output }: Command): Register | undefined {
  const effect = carryOut(state, input);
  return output === null || agrees(output, effect, input) ? effect.after : undefined;
}

export function carryOut(state: Register, { name, ...input }: CommandInput): Effect {
  if (input.type === 'create') {
    if (state !== null) return { result: 'exists', after: state };
    return { result: 'applied', after: { version: 1, name } };
  }
  if (state === null) return { result: 'missing', after: state };
  if (state.version !== input.expectedVersion) return { result: 'conflict', after: state };
  if (state.name === name) return { result: 'unchanged', after: state };
  return { result: 'applied', after: { version: state.version + 1, name } };
}

function agrees(output: CommandOutput, { result, after }: Effect, input: CommandInput): boolean {
  if (output.result !== result || !sameUser(output.user, after)) return false;
  if (output.result === 'applied') return output.version === after?.version;
  if (output.result !== 'conflict' || input.type !== 'rename') return true;
  return (
    output.actualVersion === after?.version &&
    tellsAll(output.missed, input.expectedVersion, output.actualVersion)
  );
}

/** Whether these are the versions after the one, through the other. */
function tellsAll(missed: readonly Sighting[], after: number, through: number): boolean {
  const count = Math.min(MISSED_AT_MOST, Math.max(0, through - after));
  return missed.length === count && missed.every(({ version }, i) => version === after + 1 + i);
}

export const sameUser = (one: User | null, other: User | null): boolean =>
  one === other ||
  (one !== null && other !== null && one.version === other.version && one.name === other.name);

export const keyOf = (state: Register): string =>
  state === null ? '' : `${state.version} ${state.name}`;
