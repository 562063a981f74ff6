import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventLine, footerOf, HEADER } from '../../../src/cli/moving/format.js';
import type { RecordedEvent } from '../../../src/core/event.js';
import { freshDatabase } from '../../support/postgres.js';
import { makeTempFolder, removeTempFolder } from '../../support/temp-folder.js';
import { openStore } from '../../support/server.js';
import { readAll } from '../../stores/commits.js';
import { logs } from './logs.js';
import { exportOf, importInto } from './moves.js';

/** The file that an export of these events is. */
function fileOf(events: readonly RecordedEvent[]): string {
  const lines = HEADER + events.map(eventLine).join('');
  return lines + footerOf(events.length, createHash('sha256').update(lines).digest('hex'));
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await makeTempFolder();
  try {
    await work(folder);
  } finally {
    await removeTempFolder(folder);
  }
}

describe('any log', () => {
  it('comes out of a folder as it was brought in', async () => {
    const property = fc.asyncProperty(logs, (events) =>
      inFolder(async (DATA_DIR) => {
        const file = fileOf(events);
        await importInto({ STORE: 'lowdb', DATA_DIR }, file);
        expect(await exportOf({ STORE: 'lowdb', DATA_DIR })).toBe(file);
        const store = await openStore(DATA_DIR);
        expect(await readAll(store)).toEqual(events);
        for (const { commandId } of events) {
          if (commandId === null) continue;
          const command = events.filter((event) => event.commandId === commandId);
          expect(await store.readCommand(commandId)).toEqual(command);
        }
        await store.close();
      }),
    );
    await fc.assert(property, { numRuns: 40 });
  });

  it('is the same after a way through both stores', async () => {
    const property = fc.asyncProperty(logs, (events) =>
      inFolder(async (DATA_DIR) => {
        const database = { STORE: 'postgres', DATABASE_URL: await freshDatabase() };
        await importInto(database, fileOf(events));
        const file = await exportOf(database);
        expect(file).toBe(fileOf(events));
        await importInto({ STORE: 'lowdb', DATA_DIR }, file);
        expect(await exportOf({ STORE: 'lowdb', DATA_DIR })).toBe(file);
      }),
    );
    await fc.assert(property, { numRuns: 8 });
  });

  it('may be moved in two parts, cut anywhere', async () => {
    const property = fc.asyncProperty(logs, fc.nat(100), (events, at) =>
      inFolder(async (DATA_DIR) => {
        const target = { STORE: 'lowdb', DATA_DIR };
        const place = Math.min(at, events.length);
        // A command is in the log with all of its events, or not yet.
        const [before, after] = [events[place - 1]?.commandId, events[place]?.commandId];
        fc.pre(typeof after !== 'string' || after !== before);
        await importInto(target, fileOf(events.slice(0, place)));
        await importInto(target, fileOf(events), { append: true });
        expect(await exportOf(target)).toBe(fileOf(events));
      }),
    );
    await fc.assert(property, { numRuns: 40 });
  });
});
