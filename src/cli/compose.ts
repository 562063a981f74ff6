import { v7 as uuidv7 } from 'uuid';
import type { Config } from '../config.js';
import type { Logger } from '../core/logger.js';
import { DOMAINS } from '../domains/index.js';
import { startApp, type App } from '../engine/app.js';
import { STORES, type StoreName } from '../stores/index.js';

/** Joins the rooms: opens the store and starts the projections of every domain on it. */
export async function compose(config: Config<StoreName>, log: Logger): Promise<App> {
  const stores = await STORES[config.store]({
    dataDir: config.dataDir,
    log,
  });
  try {
    return await startApp({
      ...stores,
      projections: DOMAINS.flatMap((domain) => domain.projections),
      newId: uuidv7,
      onProjectionFailure: ({ projection, position, cause }) =>
        log.error({ projection, position, err: cause }, 'a projection stopped'),
    });
  } catch (cause) {
    await stores.store.close();
    throw cause;
  }
}
