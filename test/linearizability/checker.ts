import { neighbours, type Fault } from './fault.js';
import { groupBy } from './group.js';
import { isAnswered, unanswered, type History, type Operation } from './history.js';
import { laggingIn } from './lagging-reads.js';
import { faultsOfLog } from './log-facts.js';
import { isReadOnly, keyOf, step, type Register } from './register.js';
import { isLinearizable, type Model } from './search.js';

const REGISTER: Model<Register, Operation> = { initial: null, step, isReadOnly, keyOf };

/**
 * The promises that a history shows broken, each by one example; none for a history as it should be:
 * every aggregate is linearizable, and there is one log behind them all.
 */
export function findFaults(history: History): readonly Fault[] {
  const widen = laggingIn(history);
  const aggregates = groupBy(history, ({ aggregate }) => aggregate);
  const unordered = [...aggregates.values()]
    .map((operations) => unplaceable(operations, widen))
    .find((fault) => fault !== undefined);
  return unordered === undefined ? faultsOfLog(history) : [unordered, ...faultsOfLog(history)];
}

/** The first answer that leaves no way in which all up to it can have come about. */
function unplaceable(
  operations: History,
  widen: (operation: Operation) => Operation,
): Fault | undefined {
  const widened = operations.map(widen);
  if (isLinearizable(REGISTER, widened)) return undefined;
  const answers = operations.filter(isAnswered).toSorted((a, b) => a.returned - b.returned);
  let [fits, fails] = [-1, answers.length - 1];
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    const known = knownAt(answers[middle]?.returned ?? 0, widened);
    if (isLinearizable(REGISTER, known)) fits = middle;
    else fails = middle;
  }
  const culprit = answers[fails];
  return culprit && { rule: 'not linearizable', culprit, around: neighbours(culprit, operations) };
}

const knownAt = (time: number, operations: History): History =>
  operations
    .filter(({ invoked }) => invoked <= time)
    .map((each) => (each.returned === null || each.returned <= time ? each : unanswered(each)));
