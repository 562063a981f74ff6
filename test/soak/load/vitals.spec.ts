import { expect, it, vi } from 'vitest';
import { runNode } from '../../support/process.js';
import { heapOf, INSPECTABLE } from './vitals.js';

const MANY = 'Array.from({ length: 500_000 }, (_, number) => ({ number }))';

async function heapAfter(script: string): Promise<number> {
  const program = runNode([...INSPECTABLE, '-e', `${script}; setInterval(() => 0, 1_000)`]);
  await vi.waitFor(() => expect(program.stdout()).toContain('ready'), 20_000);
  return heapOf(program);
}

it('tells what a process keeps, not what it has thrown away', async () => {
  const nothing = await heapAfter(`console.log('ready')`);
  const thrownAway = await heapAfter(`console.log('ready', ${MANY}.length)`);
  const kept = await heapAfter(`globalThis.kept = ${MANY}; console.log('ready')`);
  expect(thrownAway - nothing).toBeLessThan(1 << 20);
  expect(kept - nothing).toBeGreaterThan(10 << 20);
});
