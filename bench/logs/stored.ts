/** Servers on logs that are there already: each log is made once in a run, and each start has a copy. */
import { copyFile, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedCommit } from '../../src/stores/record.js';
import { inDatabase, inFolder, temporaryFolder } from '../servers/fresh.js';
import { copyDatabase, freshDatabase, vacuum, type Database } from '../servers/postgres.js';
import { runHindsight, startHindsight, startServer } from '../servers/processes.js';
import { lowdb, postgres, tutorial, type Subject } from '../subjects.js';
import { commitsOf, writeLog, type Shape } from './write-log.js';

const TOLD_EVERY = 250_000;

export type Tell = (line: string) => void;
export type Store = (shape: Shape, tell: Tell) => Subject;

export const onLowdb: Store = (shape, tell) => ({
  ...lowdb,
  start: () =>
    inFolder(async (folder) => {
      await copyFlushed(await logOf(shape, tell), join(folder, 'log.jsonl'));
      return startHindsight({ DATA_DIR: folder });
    }),
});

export const onPostgres: Store = (shape, tell) => ({
  ...postgres,
  start: () =>
    inDatabase(databaseOf(shape, tell).then(copyDatabase), (url) =>
      startHindsight({ STORE: 'postgres', DATABASE_URL: url }),
    ),
});

/** It holds and writes all of its events for each one: none that wait for it should be many. */
export const onTutorial: Store = (shape) => ({
  ...tutorial,
  start: () =>
    inFolder(async (folder) => {
      const events = Array.from(commitsOf(shape)).flat().map(asInTutorial);
      await writeFile(join(folder, 'db.json'), JSON.stringify({ events }));
      return startServer('peers/tutorial.js', [folder]);
    }),
});

const logOf = once(async (shape: Shape, tell: Tell): Promise<string> => {
  tell(`writing a log of ${shape.events} events`);
  const path = join((await temporaryFolder()).path, 'log.jsonl');
  await writeLog(path, shape);
  return path;
});

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

function* linesOf(shape: Shape, tell: Tell): Generator<string> {
  for (const events of commitsOf(shape)) {
    for (const event of events) {
      if (event.position % TOLD_EVERY === 1) {
        tell(`importing event ${event.position} of ${shape.events} into PostgreSQL`);
      }
      yield `${JSON.stringify(event)}\n`;
    }
  }
}

const asInTutorial = ({ type, aggregateId, recordedAt, data }: RecordedCommit[number]) => ({
  type,
  aggregateId,
  data: { name: data['name'], at: recordedAt },
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
