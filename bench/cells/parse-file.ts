/** Reads a log as the embedded store does, and takes JSON.parse of each line for all of the work. */
import { openLogFile } from '../../src/stores/lowdb/log-file.js';
import { linesOf } from '../../src/stores/lowdb/read-log.js';
import { doAsTold } from './told.js';

await doAsTold('cells/parse-file.js', async ({ path, events }) => {
  const file = await openLogFile(path);
  const from = performance.now();
  let parsed = 0;
  for await (const lines of linesOf(file.chunks())) {
    for (const { bytes } of lines) JSON.parse(bytes.toString());
    parsed += lines.length;
  }
  const seconds = (performance.now() - from) / 1_000;
  if (parsed !== events) throw new Error(`there are ${parsed} lines`);
  return { seconds };
});
