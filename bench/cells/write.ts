/** Writes and flushes the lines that the embedded store would, so many at once, and does nothing else. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { lineAt } from '../logs/commits.js';
import type { Appended } from './orders.js';
import { doAsTold } from './told.js';

await doAsTold('cells/write.js', async ({ folder, atOnce, warmUp, measured }) => {
  const file = await open(join(folder, 'log.jsonl'), 'a');
  let next = 0;
  const bytes = () => Buffer.from(Array.from({ length: atOnce }, () => lineAt(next++)).join(''));
  const writeFor = async (milliseconds: number): Promise<Appended> => {
    let [lines, spent] = [0, 0];
    while (spent < milliseconds) {
      const added = bytes();
      const from = performance.now();
      await file.appendFile(added);
      await file.datasync();
      spent += performance.now() - from;
      lines += atOnce;
    }
    return { rate: (lines / spent) * 1_000, errors: 0 };
  };
  await writeFor(warmUp);
  const appended = await writeFor(measured);
  await file.close();
  return appended;
});
