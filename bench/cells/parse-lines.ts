/** JSON.parse of the lines of a log, which are in memory already. */
import { createReadStream } from 'node:fs';
import { linesOf } from '../../src/stores/lowdb/read-log.js';
import { secondsOf } from './repeated.js';
import { doAsTold } from './told.js';

await doAsTold('cells/parse-lines.js', async (order) => {
  const texts: string[] = [];
  for await (const lines of linesOf(createReadStream(order.path))) {
    for (const { bytes } of lines) texts.push(bytes.toString());
  }
  if (texts.length !== order.events) throw new Error(`there are ${texts.length} lines`);
  const parse = () => {
    for (const text of texts) JSON.parse(text);
  };
  return { seconds: await secondsOf(parse, order) };
});
