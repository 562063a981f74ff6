import { once } from 'node:events';
import type { Jobs } from './orders.js';

/** Does what this process is sent, sends what comes of it, and ends. */
export async function doAsTold<Script extends keyof Jobs>(
  _script: Script,
  work: (told: Jobs[Script]['told']) => Promise<Jobs[Script]['answer']>,
): Promise<void> {
  const [told]: Jobs[Script]['told'][] = await once(process, 'message');
  if (told === undefined) throw new Error('there is no order');
  const answer = await work(told);
  process.send?.(answer, () => process.exit());
}
