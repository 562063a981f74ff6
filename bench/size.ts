/**
 * How long the embedded store takes to open a log of a given size, and what memory it then holds,
 * beside JSON.parse of the same lines in the same process. `npm run bench:size -- 1000000`
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { positionOf } from '../src/core/event.js';
import { timestampOf } from '../src/core/time.js';
import { vocabularyOf } from '../src/core/vocabulary.js';
import { userAggregate } from '../src/domains/user/aggregate.js';
import { usersProjection } from '../src/domains/user/projection.js';
import { startApp } from '../src/engine/app.js';
import { encodeLine } from '../src/stores/lowdb/line.js';
import { LowdbStore } from '../src/stores/lowdb/store.js';
import { MemoryReadModels } from '../src/stores/memory-models.js';
import { record } from '../src/stores/record.js';
import { NOBODY } from './nobody.js';

const events = Number(process.argv[2] ?? 1_000_000);
const EVENTS_PER_USER = 10;
const VOCABULARY = vocabularyOf([userAggregate]);

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hindsight-size-'));
  try {
    const bytes = await writeLog(join(folder, 'log.jsonl'));
    const parsing = await seconds(() => parseAll(join(folder, 'log.jsonl')));
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const opened = Date.now();
    const store = await LowdbStore.open(folder, {
      vocabulary: VOCABULARY,
      onTornTail: () => undefined,
    });
    const opening = (Date.now() - opened) / 1_000;
    globalThis.gc?.();
    const held = process.memoryUsage().heapUsed - before;
    const started = Date.now();
    const app = await startApp({
      store,
      readModels: new MemoryReadModels(),
      projections: [usersProjection],
      vocabulary: VOCABULARY,
      patience: 0,
      newId: () => '',
      digest: () => '',
      onProjectionNews: (news) => process.stderr.write(`${JSON.stringify(news)}\n`),
    });
    const projecting = (Date.now() - started) / 1_000;
    await app.close();
    process.stdout.write(
      [
        `events ${events}, users ${Math.ceil(events / EVENTS_PER_USER)}, log ${mib(bytes)} MiB`,
        `open ${opening.toFixed(2)} s (${(opening / parsing).toFixed(2)} x JSON.parse of the lines)`,
        `project ${projecting.toFixed(2)} s`,
        `heap of the log ${mib(held)} MiB (${(held / bytes).toFixed(2)} x its bytes)`,
        '',
      ].join('\n'),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeLog(path: string): Promise<number> {
  const file = createWriteStream(path);
  for (let position = 0; position < events; position += 1) {
    const user = Math.floor(position / EVENTS_PER_USER);
    const version = position % EVENTS_PER_USER;
    const data = {
      name: `Name ${position}`,
      ...(version === 0 ? { email: null, status: 'active' } : {}),
    };
    const [id, correlationId] = [uuidLike(position), uuidLike(-position - 1)];
    const commit = record(
      {
        stream: { type: 'User', id: `user-${user}` },
        expectedVersion: version,
        events: [
          version === 0
            ? { id, type: 'UserCreated', schemaVersion: 2, data }
            : { id, type: 'UserRenamed', schemaVersion: 1, data },
        ],
        metadata: { ...NOBODY, correlationId },
        claims: [],
        releases: [],
      },
      { position: positionOf(position), version },
      timestampOf(1_700_000_000_000 + position),
    );
    if (!file.write(encodeLine(commit, positionOf(position)))) {
      await once(file, 'drain');
    }
  }
  file.end();
  await finished(file);
  return file.bytesWritten;
}

const uuidLike = (seed: number): string =>
  `01a207c7-0000-7000-8000-${(seed >>> 0).toString(16).padStart(12, '0')}`;

async function parseAll(path: string): Promise<void> {
  const file = await open(path);
  for await (const line of file.readLines()) JSON.parse(line);
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const from = Date.now();
  await work();
  return (Date.now() - from) / 1_000;
}

const mib = (bytes: number): string => (bytes / (1 << 20)).toFixed(0);

await main();
