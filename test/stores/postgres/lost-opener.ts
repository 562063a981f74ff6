/** Opens the database that is named on the command line, looks how far its log is, and says so. */
import { NO_VOCABULARY } from '../../../src/core/vocabulary.js';
import { openPostgres } from '../../../src/stores/postgres/open.js';

const [url = ''] = process.argv.slice(2);
const { store } = await openPostgres({ url, migrate: true, vocabulary: NO_VOCABULARY });
const heads = await Promise.all(Array.from({ length: 20 }, () => store.head()));
process.stdout.write(`at ${heads.map(({ position }) => position).join(' ')}\n`);
await store.close();
