import type { RecordedEvent } from '../../../src/core/event.js';
import { positionOf } from '../../../src/core/event.js';
import type { WholeLog } from '../../../src/core/whole-log.js';
import { VOCABULARY } from '../../../src/cli/moving/whole-log.js';
import { Filling } from '../../../src/cli/moving/filling.js';
import { readFile } from '../../../src/cli/moving/read-file.js';

/** When imports of these tests take place. */
export const NOW = Date.parse('2026-06-01T00:00:00Z');

export type Line = Readonly<Record<string, unknown>> | string;

export const textOf = (lines: readonly Line[]): string =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');

/** What is in a log of events that are there already. */
export const heldLog = (events: readonly RecordedEvent[]): WholeLog => ({
  head: positionOf(events.length),
  async *read() {
    // In pieces, as a store does it.
    for (let from = 0; from < events.length; from += 2) yield events.slice(from, from + 2);
  },
  add: () => Promise.reject(new Error('nothing is to be added')),
  close: () => Promise.resolve(),
});

/** Goes through a file as an import does, and answers what would be added. */
export async function fill(file: string | Buffer, held: readonly RecordedEvent[] = []) {
  let ids = 0;
  const filling = new Filling({
    whole: heldLog(held),
    vocabulary: VOCABULARY,
    newId: () => `made-${(ids += 1)}`,
    clock: () => NOW,
  });
  const added: RecordedEvent[] = [];
  const chunks = inChunks(Buffer.from(file));
  for await (const batch of filling.fill(readFile(chunks), () => undefined)) added.push(...batch);
  return { added, filling };
}

async function* inChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += 100) yield bytes.subarray(from, from + 100);
}
