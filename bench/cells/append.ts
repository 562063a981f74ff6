/** Appends to the embedded store, so many at once. */
import { commitAt } from '../logs/commits.js';
import { openStore } from '../logs/open.js';
import type { Appended } from './orders.js';
import { doAsTold } from './told.js';

await doAsTold('cells/append.js', async ({ folder, atOnce, warmUp, measured }) => {
  const store = await openStore(folder);
  let next = 0;
  const appendFor = async (milliseconds: number): Promise<Appended> => {
    let [well, errors] = [0, 0];
    const from = performance.now();
    const work = async () => {
      while (performance.now() - from < milliseconds) {
        const { outcome } = await store.append(commitAt(next++));
        if (outcome === 'appended') well += 1;
        else errors += 1;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return { rate: (well / (performance.now() - from)) * 1_000, errors };
  };
  await appendFor(warmUp);
  const appended = await appendFor(measured);
  await store.close();
  return appended;
});
