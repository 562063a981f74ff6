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
  /** Whether replies are wrapped as `{src, dest, body}`. */
  readonly envelope: boolean;
}

/** Speaks the node protocol, a JSON line for a JSON line, until the input ends. */
export async function runNode(
  config: Config<StoreName>,
  log: Logger,
  { input, output, envelope }: NodeOptions,
): Promise<void> {
  const app = await compose(config, log);
  try {
    const session = new NodeSession(app, DOMAINS, envelope, log);
    for await (const line of readLines(input)) {
      if ('text' in line && line.text.trim() === '') continue;
      await write(output, `${await session.answer(line)}\n`);
    }
  } finally {
    // Input that goes on would keep the process alive after the reader of the replies is gone.
    input.destroy();
    await app.close();
  }
}

/** Rejects when nobody reads the replies any more. */
function write(output: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.once('error', reject);
    output.write(text, (error) => {
      // The error itself comes as an event after this, and must find its listener.
      if (error) return;
      output.off('error', reject);
      resolve();
    });
  });
}
