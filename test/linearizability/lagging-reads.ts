import type { History, Operation } from './history.js';

/**
 * A read that brings its position along may lag behind: it shows the aggregate as it stood at some
 * moment since that position was taken. As if it had been under way since that command was sent, it must
 * find a place like any other operation. This is what widens such reads.
 */
export function laggingIn(history: History): (operation: Operation) => Operation {
  const sent = new Map(
    history.flatMap(({ invoked, output }) =>
      output !== null && 'result' in output && output.result === 'applied'
        ? [[output.position, invoked]]
        : [],
    ),
  );
  return (operation) => {
    if (operation.kind === 'command' || operation.input.consistentWith === 'head') return operation;
    // The answer of the command that took it may be lost, and its time with it.
    const since = sent.get(operation.input.consistentWith) ?? BEFORE_ALL;
    return { ...operation, invoked: Math.min(operation.invoked, since) };
  };
}

const BEFORE_ALL = -Number.MAX_VALUE;
