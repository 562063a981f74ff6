import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.js';
import type { Logger } from '../core/logger.js';
import type { WholeLog } from '../core/whole-log.js';
import type { StoreName } from '../stores/index.js';
import { BadFile, eventLine, footerOf, HEADER } from './moving/format.js';
import type { Progress } from './moving/progress.js';
import { openLog } from './moving/whole-log.js';

export interface ExportOptions {
  readonly output: Writable;
  readonly progress: Progress;
}

/** Writes the log as it is now: what is appended meanwhile is left for another export. */
export async function runExport(
  config: Config<StoreName>,
  log: Logger,
  { output, progress }: ExportOptions,
): Promise<void> {
  const whole = await openLog(config, log, false);
  try {
    await pipeline(linesOf(whole, progress), output, { end: false }).catch((cause: unknown) => {
      throw isOfOutput(cause) ? new BadFile(`The export stopped: ${cause.message}.`) : cause;
    });
    progress.end('Exported', whole.head);
  } finally {
    progress.clear();
    await whole.close();
  }
}

async function* linesOf(whole: WholeLog, progress: Progress): AsyncGenerator<string> {
  const digest = createHash('sha256').update(HEADER);
  let events = 0;
  yield HEADER;
  for await (const batch of whole.read()) {
    const text = batch.map(eventLine).join('');
    digest.update(text);
    events += batch.length;
    yield text;
    progress.show(events, events / whole.head);
  }
  yield footerOf(events, digest.digest('hex'));
}

/** A full disk, or a reader that went away. */
const isOfOutput = (cause: unknown): cause is NodeJS.ErrnoException =>
  cause instanceof Error && 'syscall' in cause;
