/** Imports a log into an empty database. */
import { WHOLE_LOGS } from '../../src/stores/index.js';
import { settingsOf } from '../logs/postgres.js';
import { doAsTold } from './told.js';

await doAsTold('cells/fill-postgres.js', async (order) => {
  const settings = settingsOf(order);
  const from = await WHOLE_LOGS.lowdb({ ...settings, forImport: false });
  const to = await WHOLE_LOGS.postgres({ ...settings, forImport: true });
  await to.add(from.read());
  return {};
});
