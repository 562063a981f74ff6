/**
 * Folds the log of a database into the rows of a projection, and is killed at one of its statements:
 * `tsx dying-projector.ts URL NUMBER WHEN`. WHEN is before or after the statement was sent.
 */
import { Database, type Sql } from '../../../src/stores/postgres/database.js';
import { Marks } from '../../../src/stores/postgres/marks.js';
import { PostgresReadModel } from '../../../src/stores/postgres/read-models.js';
import { Reader } from '../../../src/stores/postgres/reader.js';
import { NO_VOCABULARY } from '../../../src/core/vocabulary.js';
import { COUNTS, SLICE } from './counts.js';

const [url = '', number = '0', when = 'before'] = process.argv.slice(2);

/** The same, but for the end of the process at that statement. */
function dying(sql: Sql, at: number): Sql {
  let statements = 0;
  return new Proxy(sql, {
    apply(target, self, args) {
      statements += 1;
      if (statements === at && when === 'before') process.kill(process.pid, 'SIGKILL');
      const query: unknown = Reflect.apply(target, self, args);
      // It is sent in this turn of the loop, or in the next one.
      if (statements === at) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1);
      return query;
    },
  });
}

const database = new Database(url);
const marks = new Marks({ database, onReach: () => undefined, onListen: () => undefined });
await marks.open();
const mortal = {
  sql: dying(database.sql, Number(number)),
  connect: () => database.connect(),
};
const model = new PostgresReadModel({ database: mortal, marks }, COUNTS);
await model.create();
await model.lead();
const reader = new Reader(database.sql, NO_VOCABULARY);
for (let isDone = false; !isDone;) {
  const where = { aggregateType: COUNTS.aggregateType };
  const slice = await reader.readLog({ after: model.position(), where, limit: SLICE });
  if (slice.reached > model.position()) await model.apply(slice.events, slice.reached);
  isDone = slice.complete;
}
await model.leave();
await marks.close();
await database.close();
