import type { Config } from '../../config.js';
import type { Logger } from '../../core/logger.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { vocabularyOf } from '../../core/vocabulary.js';
import type { WholeLog } from '../../core/whole-log.js';
import { DOMAINS } from '../../domains/index.js';
import { WHOLE_LOGS, type StoreName } from '../../stores/index.js';

export const VOCABULARY: Vocabulary = vocabularyOf(DOMAINS.map((domain) => domain.aggregate));

/** Opens the log that the settings name, for one who only reads it or to put events into it. */
export async function openLog(
  { store, dataDir, databaseUrl, migrate }: Config<StoreName>,
  log: Logger,
  forImport: boolean,
): Promise<WholeLog> {
  const settings = { dataDir, databaseUrl, migrate, vocabulary: VOCABULARY, log, forImport };
  return WHOLE_LOGS[store](settings);
}
