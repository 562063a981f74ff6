import type { Fault, Rule } from './fault.js';
import { groupBy } from './group.js';
import { isAnswered, type AnsweredOperation, type History, type Sighting } from './history.js';

/** Where the answers of a history contradict that there is one log behind all aggregates. */
export function faultsOfLog(history: History): readonly Fault[] {
  const answered = history.filter(isAnswered).toSorted((a, b) => a.returned - b.returned);
  const seen = groupBy(answered.flatMap(seenBy), ({ by }) => by.aggregate);
  const events = new Map(Array.from(seen, ([id, ofOne]) => [id, withoutRepeats(ofOne)]));
  return [
    takenTwice([...seen.values()].flat()),
    againstTime(answered),
    ...Array.from(seen.values(), changing),
    ...Array.from(events.values(), againstPosition),
    tooOld(answered, events),
  ].filter((fault) => fault !== undefined);
}

interface Seen extends Sighting {
  readonly by: AnsweredOperation;
}

/** The events that an answer shows. */
function seenBy(operation: AnsweredOperation): readonly Seen[] {
  if (operation.kind === 'read') return [];
  const { input, output } = operation;
  switch (output.result) {
    case 'applied': {
      const { version, position } = output;
      return [{ version, position, name: input.name, by: operation }];
    }
    case 'conflict':
      return output.missed.map((sighting) => ({ ...sighting, by: operation }));
    case 'unchanged':
    case 'exists':
    case 'missing':
      return [];
    default:
      return output satisfies never;
  }
}

/** Each version as it was seen first. */
const withoutRepeats = (ofAggregate: readonly Seen[]): readonly Seen[] => [
  ...new Map(ofAggregate.toReversed().map((event) => [event.version, event])).values(),
];

const contradiction = (rule: Rule, one: Seen, other: Seen): Fault => {
  const [earlier, later] = one.by.returned > other.by.returned ? [other, one] : [one, other];
  return { rule, culprit: later.by, around: earlier.by === later.by ? [] : [earlier.by] };
};

function takenTwice(seen: readonly Seen[]): Fault | undefined {
  const places = new Map<number, Seen>();
  for (const event of seen) {
    const known = places.get(event.position) ?? event;
    if (known.by.aggregate !== event.by.aggregate || known.version !== event.version) {
      return contradiction('position taken twice', known, event);
    }
    places.set(event.position, event);
  }
  return undefined;
}

/** A version that is shown as two events. */
function changing(ofAggregate: readonly Seen[]): Fault | undefined {
  const versions = new Map<number, Seen>();
  for (const event of ofAggregate) {
    const known = versions.get(event.version) ?? event;
    if (known.position !== event.position || known.name !== event.name) {
      return contradiction('version against position', known, event);
    }
    versions.set(event.version, event);
  }
  return undefined;
}

function againstPosition(ofAggregate: readonly Seen[]): Fault | undefined {
  const inLog = ofAggregate.toSorted((a, b) => a.position - b.position);
  for (const [i, event] of inLog.entries()) {
    const before = inLog[i - 1] ?? event;
    if (before.version > event.version) {
      return contradiction('version against position', before, event);
    }
  }
  return undefined;
}

function againstTime(answered: readonly AnsweredOperation[]): Fault | undefined {
  const inbox = answered.values();
  let done = inbox.next();
  let furthest: AnsweredOperation | undefined;
  for (const culprit of answered.toSorted((a, b) => a.invoked - b.invoked)) {
    for (; !done.done && done.value.returned < culprit.invoked; done = inbox.next()) {
      if (furthest === undefined || shownBy(done.value) > shownBy(furthest)) furthest = done.value;
    }
    if (furthest !== undefined && startedAt(culprit) < shownBy(furthest)) {
      return { rule: 'position against time', culprit, around: [furthest] };
    }
  }
  return undefined;
}

/** How far the log was, at least, when the answer was given. */
function shownBy({ kind, output }: AnsweredOperation): number {
  if (kind === 'read') return output.position;
  if (output.result === 'conflict') return output.missed.at(-1)?.position ?? 0;
  return 'position' in output ? output.position : 0;
}

/** How far the log was, at most, when the operation was sent. */
function startedAt({ kind, input, output }: AnsweredOperation): number {
  if (kind === 'read') return input.consistentWith === 'head' ? output.position : Infinity;
  if (output.result === 'applied') return output.position - 1;
  return output.result === 'unchanged' ? output.position : Infinity;
}

/** What a read must show, whatever it may miss of what came after its position. */
function tooOld(
  answered: readonly AnsweredOperation[],
  events: ReadonlyMap<string, readonly Seen[]>,
): Fault | undefined {
  for (const culprit of answered) {
    if (culprit.kind === 'command') continue;
    const { position, user } = culprit.output;
    const missing = events
      .get(culprit.aggregate)
      ?.find((event) => event.position <= position && event.version > (user?.version ?? 0));
    if (missing) return { rule: 'read too old', culprit, around: [missing.by] };
  }
  return undefined;
}
