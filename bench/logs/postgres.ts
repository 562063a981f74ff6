import type { StoreSettings } from '../../src/stores/index.js';
import { VOCABULARY } from './open.js';

const ignore = (): void => undefined;

/** One log in a folder, one in a database. */
export const settingsOf = (of: { folder: string; url: string }): StoreSettings => ({
  dataDir: of.folder,
  databaseUrl: of.url,
  migrate: true,
  vocabulary: VOCABULARY,
  log: { info: ignore, warn: ignore, error: ignore },
});
