import type { History, Operation } from './history.js';

export type Rule =
  /** No order of an aggregate's operations makes all of their answers right. */
  | 'not linearizable'
  /** A position belongs to one event for ever. */
  | 'position taken twice'
  /** What was answered before a command was sent lies before it in the log. */
  | 'position against time'
  /** An aggregate's versions rise along the log, and each is one event for ever. */
  | 'version against position'
  /** What is read is as new as consistentWith asked for. */
  | 'read too old';

/** A promise that a history shows broken. */
export interface Fault {
  readonly rule: Rule;
  /** The operation whose answer cannot be. */
  readonly culprit: Operation;
  /** Those that it contradicts, or what happened around it. */
  readonly around: History;
}

/** A fault in words for people, with its culprit marked. */
export function describeFault({ rule, culprit, around }: Fault): string {
  const lines = [...around, culprit]
    .toSorted((one, other) => one.invoked - other.invoked)
    .map((operation) => `${operation === culprit ? '>' : ' '} ${describe(operation)}`);
  return [`${rule}: #${culprit.id}`, ...lines].join('\n');
}

function describe(operation: Operation): string {
  const { id, process, kind, aggregate, invoked, returned, input, output } = operation;
  const interval = `${invoked.toFixed(3)}..${returned?.toFixed(3) ?? ''}`;
  const asked = `${kind} ${aggregate} ${JSON.stringify(input)}`;
  return `#${id} process ${process} ${interval} ${asked} -> ${JSON.stringify(output)}`;
}

const SHORTLY_BEFORE = 5;

/** What was under way with an operation of an aggregate, and what ended shortly before. */
export function neighbours(culprit: Operation, ofAggregate: History): History {
  const others = ofAggregate.filter(({ id }) => id !== culprit.id);
  const earlier = others
    .filter((other) => isBefore(other, culprit))
    .toSorted((one, other) => endOf(one) - endOf(other));
  const concurrent = others.filter(
    (other) => !isBefore(other, culprit) && !isBefore(culprit, other),
  );
  return [...earlier.slice(-SHORTLY_BEFORE), ...concurrent];
}

const isBefore = (one: Operation, other: Operation): boolean => endOf(one) < other.invoked;

const endOf = ({ returned }: Operation): number => returned ?? Number.POSITIVE_INFINITY;
