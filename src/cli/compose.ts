import { createHash } from 'node:crypto';
import type { Config } from '../config.js';
import type { Logger } from '../core/logger.js';
import { vocabularyOf } from '../core/vocabulary.js';
import { DOMAINS } from '../domains/index.js';
import { startApp, type App } from '../engine/app.js';
import type { ProjectionNews } from '../engine/projecting.js';
import { STORES, type StoreName, type Stores } from '../stores/index.js';
import { newId } from './new-id.js';

/** An app that runs, and its log as a whole. */
export interface Composed extends App, Pick<Stores, 'openWhole'> {}

/** Joins the rooms: opens the store and starts the projections of every domain on it. */
export async function compose(config: Config<StoreName>, log: Logger): Promise<Composed> {
  const { dataDir, databaseUrl, migrate, patience } = config;
  const vocabulary = vocabularyOf(DOMAINS.map((domain) => domain.aggregate));
  const stores = await STORES[config.store]({ dataDir, databaseUrl, migrate, vocabulary, log });
  try {
    const app = await startApp({
      ...stores,
      projections: DOMAINS.flatMap((domain) => domain.projections),
      vocabulary,
      patience,
      newId,
      digest: (text) => createHash('sha256').update(text).digest('base64url'),
      onProjectionNews: (news) => tellOf(news, log),
    });
    return { ...app, openWhole: stores.openWhole };
  } catch (cause) {
    await stores.store.close();
    throw cause;
  }
}

function tellOf(news: ProjectionNews, log: Logger): void {
  switch (news.kind) {
    case 'failed': {
      const { projection, position, cause } = news;
      return log.error(
        { projection, position, err: cause },
        'a projection failed; it is tried again',
      );
    }
    case 'goes on': {
      const { projection, position } = news;
      return log.info({ projection, position }, 'a projection goes on');
    }
    case 'catches up': {
      const { projection, position, goal } = news;
      return log.info({ projection, position, goal }, 'a projection catches up with the log');
    }
    default:
      return news satisfies never;
  }
}
