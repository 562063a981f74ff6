import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredCommit } from './facts.js';

/** A line, as docs and exports show it; read without the product's own hands. */
interface Line {
  readonly position: number;
  readonly version: number;
  readonly aggregateId: string;
  readonly recordedAt: string;
  readonly commandId?: string;
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly data: Readonly<Record<string, unknown>>;
  }[];
}

/** The log in a data folder; rejects when its last line is not whole. */
export async function readLogFile(folder: string): Promise<StoredCommit[]> {
  const text = await readFile(join(folder, 'log.jsonl'), 'utf8');
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no end');
  return text.split('\n').slice(0, -1).map(commitOf);
}

function commitOf(line: string): StoredCommit {
  const { position, version, aggregateId, recordedAt, commandId, events }: Line = JSON.parse(line);
  return events.map(({ id, type, data }, index) => ({
    position: position + index,
    id,
    type,
    aggregateId,
    version: version + index,
    commandId: commandId ?? null,
    recordedAt,
    data,
  }));
}
