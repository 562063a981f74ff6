import { positionOf, type Position } from '../core/event.js';
import { LogHasGrown } from '../core/event-store.js';
import type { Logger } from '../core/logger.js';
import { DOMAINS } from '../domains/index.js';
import type { Composed } from './compose.js';
import { linesOf } from './demo/lines.js';
import { Filling } from './moving/filling.js';
import { VOCABULARY } from './moving/whole-log.js';

type Parts = Pick<Composed, 'openWhole' | 'projector' | 'newId'>;

/**
 * Puts the demo history of all domains into an empty log, by the import's path, and waits for the
 * projections. Answers where it ends; null for a log that is not empty, which stays as it is.
 */
export async function loadDemo({ openWhole, projector, newId }: Parts): Promise<Position | null> {
  const whole = await openWhole();
  try {
    if (whole.head > 0) return null;
    const filling = new Filling({ whole, vocabulary: VOCABULARY, newId, clock: Date.now });
    const lines = linesOf(DOMAINS, { newId, now: Date.now() });
    await whole.add(filling.fill(lines, () => undefined));
    const position = positionOf(filling.added);
    await projector.reached(position);
    return position;
  } catch (cause) {
    if (cause instanceof LogHasGrown) return null;
    throw cause;
  } finally {
    await whole.close();
  }
}

/** The same at the start of a server, which serves any other log, too. */
export async function beginWithDemo(parts: Parts, log: Logger): Promise<void> {
  const position = await loadDemo(parts);
  if (position === null) {
    log.info({}, 'the log is not empty: it is served as it is, without the demo history');
  } else log.info({ position }, 'the log begins with the demo history');
}
