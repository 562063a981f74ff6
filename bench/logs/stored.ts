/** Servers on logs that are there already: each log is made once in a run, and each start has a copy. */
import { copyFile, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedCommit } from '../../src/stores/record.js';
import { inDatabase, inFolder, temporaryFolder } from '../servers/fresh.js';
import { copyDatabase, freshDatabase, vacuum, type Database } from '../servers/postgres.js';
import { runHindsight, startHindsight, startServer } from '../servers/processes.js';
import { lowdb, postgres, tutorial, type Subject } from '../subjects.js';
import { recordedAt, type Shape } from './commits.js';
import { TOLD_EVERY, writeLog, type Tell } from './log.js';

export type Store = (shape: Shape, tell: Tell) => Subject;

export const onLowdb: Store = (shape, tell) => ({
  ...lowdb,
  start: () =>
    inFolder(async (folder) => {
      await copyFlushed(await logOf(shape, tell), join(folder, 'log.jsonl'));
      return startHindsight({ DATA_DIR: folder });
    }),
});

/** A database of one's own with that log; whoever asks for it drops it. */
export const freshCopy = async (shape: Shape, tell: Tell): Promise<Database> =>
  copyDatabase(await databaseOf(shape, tell));

export const onPostgres: Store = (shape, tell) => ({
  ...postgres,
  start: () =>
    inDatabase(freshCopy(shape, tell), (url) =>
      startHindsight({ STORE: 'postgres', DATABASE_URL: url }),
    ),
});

/** It holds and writes all of its events for each one: none that wait for it should be many. */
export const onTutorial: Store = (shape) => ({
  ...tutorial,
  start: () =>
    inFolder(async (folder) => {
      const events = Array.from({ length: shape.events }, (_, index) =>
        recordedAt(index, shape.perUser).map(asInTutorial),
      ).flat();
      await writeFile(join(folder, 'db.json'), JSON.stringify({ events }));
      return startServer('peers/tutorial.js', [folder]);
    }),
});

const logOf = once(async (shape: Shape, tell: Tell): Promise<string> => {
  const path = join((await temporaryFolder()).path, 'log.jsonl');
  await writeLog(path, shape, tell);
  return path;
});

/** A database with that log, its projections folded: not to be changed, but to be copied. */
const databaseOf = once(async (shape: Shape, tell: Tell): Promise<Database> => {
  const database = await freshDatabase();
  const settings = { STORE: 'postgres', DATABASE_URL: database.url };
  await runHindsight(['import', '-'], settings, linesOf(shape, tell));
  tell(`folding the users of ${shape.events} events in PostgreSQL`);
  const server = await startHindsight(settings);
  await server.stop();
  await vacuum(database);
  return database;
});

function* linesOf({ events, perUser }: Shape, tell: Tell): Generator<string> {
  for (let index = 0; index < events; index += 1) {
    if (index % TOLD_EVERY === 0) {
      tell(`importing event ${index + 1} of ${events} into PostgreSQL`);
    }
    for (const event of recordedAt(index, perUser)) yield `${JSON.stringify(event)}\n`;
  }
}

const asInTutorial = ({ type, aggregateId, data, ...event }: RecordedCommit[number]) => ({
  type,
  aggregateId,
  data: { name: data['name'], at: event.recordedAt },
});

/** What is copied is not to be written to the disk while something else is measured. */
async function copyFlushed(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const file = await open(to, 'r+');
  await file.sync();
  await file.close();
}

/** The same for the same shape, for all of a run. */
function once<T>(make: (shape: Shape, tell: Tell) => Promise<T>): typeof make {
  const all = new Map<string, Promise<T>>();
  return (shape, tell) => {
    const key = JSON.stringify(shape);
    const made = all.get(key) ?? make(shape, tell);
    all.set(key, made);
    return made;
  };
}
