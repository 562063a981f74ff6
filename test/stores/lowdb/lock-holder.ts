/** Opens the data folder that is named on the command line, and holds it until its input ends. */
import { once } from 'node:events';
import { NO_VOCABULARY } from '../../../src/core/vocabulary.js';
import { LowdbStore } from '../../../src/stores/lowdb/store.js';
import { append, commitOf } from '../commits.js';

const [folder = ''] = process.argv.slice(2);
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

try {
  const store = await LowdbStore.open(folder, {
    vocabulary: NO_VOCABULARY,
    onTornTail: () => undefined,
  });
  const { position } = await store.head();
  await append(store, commitOf('held', position, {}));
  say('open');
  process.stdin.resume();
  await once(process.stdin, 'end');
  await store.close();
} catch (cause) {
  say(String(cause));
}
