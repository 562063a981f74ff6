import type { Readable, Writable } from 'node:stream';
import { readLines } from '../api/node/lines.js';
import { NodeSession } from '../api/node/session.js';
import type { Config } from '../config.js';
import type { Logger } from '../core/logger.js';
import { DOMAINS } from '../domains/index.js';
import type { StoreName } from '../stores/index.js';
import { compose } from './compose.js';

export interface NodeOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** Whether lines are wrapped as `{src, dest, body}`. */
  readonly envelope: boolean;
}

/** Speaks the node protocol until the input ends and each subscription was told all there is. */
export async function runNode(
  config: Config<StoreName>,
  log: Logger,
  { input, output, envelope }: NodeOptions,
): Promise<void> {
  const app = await compose(config, log);
  // A subscription may be the one to find out that nobody reads any more, while input is waited for.
  output.on('error', (cause) => input.destroy(cause));
  const write = (line: string) => writeLine(output, line);
  const session = new NodeSession(app, DOMAINS, { envelope, log, write });
  try {
    for await (const line of readLines(input)) {
      if ('text' in line && line.text.trim() === '') continue;
      await session.take(line);
    }
    await session.finish();
  } finally {
    session.close();
    // Input that goes on would keep the process alive after the reader of the replies is gone.
    input.destroy();
    await app.close();
  }
}

/** Rejects when nobody reads the lines any more. */
function writeLine(output: Writable, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(`${line}\n`, (error) => {
      // What broke the output says more than that it is broken.
      if (error) reject(output.errored ?? error);
      else resolve();
    });
  });
}
