import { once } from 'node:events';
import { expect, it } from 'vitest';
import { runNode } from '../support/process.js';
import { heldSince, WATCHING, watchOf } from './target.js';

/** On each line of input it does something, and says so. */
const onLine = (what: string) =>
  `process.stdin.on('data', () => { ${what}; process.stdout.write('done'); });`;

/** Measured by its own work, as others may have the processor meanwhile. */
const WORKS = 'for (const from = process.cpuUsage(); process.cpuUsage(from).user < 300_000; );';
/** The machine may let a process stand still like this. */
const STANDS_STILL = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)';

it.each([
  ['is seen', WORKS, true],
  ['by a machine that is busy with others is not', STANDS_STILL, false],
])('a loop that is held %s', async (_, what, isSeen) => {
  const program = runNode([...WATCHING, '-e', onLine(what)]);
  const watch = await watchOf(program);
  await heldSince(watch);
  program.child.stdin.write('\n');
  await once(program.child.stdout, 'data');
  expect((await heldSince(watch)) > 100).toBe(isSeen);
  // Each look begins anew.
  expect(await heldSince(watch)).toBeLessThan(100);
});
