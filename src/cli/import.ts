import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Config } from '../config.js';
import { StoreRefused } from '../core/event-store.js';
import type { Logger } from '../core/logger.js';
import type { WholeLog } from '../core/whole-log.js';
import { DOMAINS } from '../domains/index.js';
import type { StoreName } from '../stores/index.js';
import { BadFile } from './moving/format.js';
import { Filling, type FillingParts } from './moving/filling.js';
import { count, type Progress } from './moving/progress.js';
import { readFile } from './moving/read-file.js';
import { openLog, VOCABULARY } from './moving/whole-log.js';

export interface ImportOptions extends Pick<FillingParts, 'newId' | 'clock'> {
  /** Its path; `-` for the input. */
  readonly file: string;
  readonly input: Readable;
  /** Whether the log may hold events already. */
  readonly append: boolean;
  readonly progress: Progress;
  /** Told what is worth knowing, a line each. */
  readonly tell: (line: string) => void;
}

/** Puts the events of a file into a log: all of them, or none if one of them does not fit. */
export async function runImport(
  config: Config<StoreName>,
  log: Logger,
  options: ImportOptions,
): Promise<void> {
  const source = await openSource(options.file, options.input);
  try {
    const whole = await openLog(config, log, true);
    try {
      await importFrom(source, whole, options);
    } finally {
      await whole.close();
    }
  } finally {
    options.progress.clear();
    source.close();
  }
}

async function importFrom(
  source: Source,
  whole: WholeLog,
  { append, progress, tell, newId, clock }: ImportOptions,
): Promise<void> {
  if (whole.head > 0 && !append) {
    throw new StoreRefused(
      `The log holds ${count(whole.head, 'event')} already; --append puts those of the file behind them.`,
    );
  }
  const filling = new Filling({ whole, vocabulary: VOCABULARY, newId, clock });
  const show = () => progress.show(filling.added, source.part());
  await whole.add(filling.fill(readFile(source.chunks), show)).catch((cause: unknown) => {
    throw cause instanceof BadFile
      ? new BadFile(`${source.name}: ${cause.message} Nothing was imported.`, { cause })
      : cause;
  });
  progress.end('Imported', filling.added);
  for (const line of remarksOn(filling)) tell(line);
}

interface Source {
  readonly name: string;
  readonly chunks: AsyncIterable<Buffer>;
  /** How much of it was read, from 0 to 1. */
  readonly part: () => number | undefined;
  readonly close: () => void;
}

async function openSource(path: string, input: Readable): Promise<Source> {
  if (path === '-') {
    const close = () => input.destroy();
    return { name: 'the input', chunks: readable(input), part: () => undefined, close };
  }
  const { size } = await stat(path).catch((cause: Error) => {
    throw new BadFile(`${path} cannot be read: ${cause.message}.`, { cause });
  });
  const stream = createReadStream(path, { highWaterMark: 1 << 18 });
  // Whoever reads it is told; nobody does yet.
  stream.on('error', () => undefined);
  return {
    name: path,
    chunks: readable(stream),
    part: () => stream.bytesRead / Math.max(size, 1),
    close: () => stream.destroy(),
  };
}

async function* readable(stream: Readable): AsyncGenerator<Buffer> {
  try {
    yield* stream;
  } catch (cause) {
    throw cause instanceof Error ? new BadFile(`it cannot be read: ${cause.message}.`) : cause;
  }
}

function remarksOn({ same, unknown }: Filling): readonly string[] {
  const remarks: string[] = [];
  if (same > 0) remarks.push(`${count(same, 'event')} of the file were in the log already.`);
  const known = DOMAINS.map(({ aggregate }) => aggregate.type);
  for (const [type, events] of unknown) {
    const [aggregateType = ''] = type.split('/');
    const then = known.includes(aggregateType)
      ? `the projections of ${aggregateType} will stop there, and commands on such an aggregate fail`
      : 'they are shown as UnrecognisedEvent';
    remarks.push(
      `Warning: this build has no meaning for ${count(events, 'event')} ${type}: ${then}.`,
    );
  }
  return remarks;
}
