/** What of the heap an open log and its read models hold, with what V8 keeps for them outside of it. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { check, openStore, project } from '../logs/open.js';
import { doAsTold } from './told.js';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

await doAsTold('cells/memory.js', async ({ folder, events }) => {
  const before = held();
  const app = await project(await openStore(folder));
  const bytes = held() - before;
  // It is used behind the last look, too, so that nothing of it was collected.
  await check(app, events);
  return { bytes };
});
