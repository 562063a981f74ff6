import { randomUUID } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { runExport } from '../../../src/cli/export.js';
import { runImport, type ImportOptions } from '../../../src/cli/import.js';
import { Progress } from '../../../src/cli/moving/progress.js';
import type { Settings } from '../../../src/config.js';
import { configOf } from '../../support/server.js';

const SILENT = pino({ level: 'silent' });
const UNSEEN = { write: () => undefined };

/** What `hindsight export` writes. */
export async function exportOf(settings: Settings): Promise<string> {
  const output = new PassThrough();
  const read = text(output);
  const options = { output, progress: new Progress(UNSEEN) };
  await runExport(await configOf(settings), SILENT, options).finally(() => output.end());
  return read;
}

/** `hindsight import -`; answers what it tells. */
export async function importInto(
  settings: Settings,
  file: string,
  options: Partial<ImportOptions> = {},
): Promise<readonly string[]> {
  const told: string[] = [];
  await runImport(await configOf(settings), SILENT, {
    file: '-',
    input: Readable.from([Buffer.from(file)]),
    append: false,
    progress: new Progress(UNSEEN),
    tell: (line) => told.push(line),
    newId: randomUUID,
    clock: Date.now,
    ...options,
  });
  return told;
}
