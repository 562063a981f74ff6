/** Opens the database that is named on the command line, and closes it as soon as it is lost. */
import { NO_VOCABULARY } from '../../../src/core/vocabulary.js';
import { openPostgres } from '../../../src/stores/postgres/open.js';

const [url = ''] = process.argv.slice(2);
const { store } = await openPostgres({
  url,
  migrate: true,
  vocabulary: NO_VOCABULARY,
  onReach: () => void store.close().then(() => process.stdout.write('closed\n')),
});
process.stdout.write('open\n');
