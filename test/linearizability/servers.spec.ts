import { expect, it } from 'vitest';
import { relayTo } from '../support/relay.js';
import { startServer } from '../support/server.js';
import { findFaults } from './checker.js';
import { describeFault } from './fault.js';
import type { History, Operation } from './history.js';
import { recordHistory } from './recorder.js';

const HISTORY = { clients: 30, operations: 10_000, aggregates: 100, seed: 1 };

it('is linearizable over 10,000 operations', { timeout: 120_000 }, async () => {
  const { url } = await startServer();
  const history = await recordHistory([url, url, url], HISTORY);
  expect(history).toHaveLength(HISTORY.operations);
  expect(findFaults(history).map(describeFault)).toEqual([]);
  expect(new Set(history.map(answerOf))).toEqual(
    new Set(['applied', 'unchanged', 'conflict', 'exists', 'missing', 'nobody', 'somebody']),
  );
});

it('is linearizable where answers are lost', { timeout: 120_000 }, async () => {
  const { url } = await startServer();
  let connections = 0;
  const relay = await relayTo(url, (cut) => {
    connections += 1;
    if (connections % 10 === 0) cut();
  });
  const workload = { ...HISTORY, operations: 2_000, aggregates: 20 };
  const history = await recordHistory([url, relay.url], workload);
  expect(findFaults(history).map(describeFault)).toEqual([]);
  expect(unansweredInEffect(history)).not.toEqual([]);
});

it('is not linearizable where two servers have a log each', { timeout: 120_000 }, async () => {
  const [one, other] = await Promise.all([startServer(), startServer()]);
  const history = await recordHistory([one.url, other.url], { ...HISTORY, operations: 500 });
  const rules = findFaults(history).map(({ rule }) => rule);
  expect(rules).toContain('not linearizable');
  expect(rules).toContain('position taken twice');
});

/** The commands that were not answered, and whose names were seen nevertheless. */
function unansweredInEffect(history: History): History {
  const names = new Set(history.map(({ output }) => output?.user?.name));
  return history.filter(
    ({ kind, input, output }) => kind === 'command' && output === null && names.has(input.name),
  );
}

/** What an operation was answered, in a word. */
function answerOf({ output }: Operation): string {
  if (output === null) return 'unknown';
  if ('result' in output) return output.result;
  return output.user === null ? 'nobody' : 'somebody';
}
