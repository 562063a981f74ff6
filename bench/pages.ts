/**
 * How long pages of users take on PostgreSQL with 1,000 and with 1,000,000 of them, medians in
 * milliseconds. `npm run bench:pages`
 */
import postgres from 'postgres';
import { NO_VOCABULARY } from '../src/core/vocabulary.js';
import { usersProjection } from '../src/domains/user/projection.js';
import { openPostgres, type OpenPostgres } from '../src/stores/postgres/open.js';
import { installPostgres } from '../test/support/postgres/installation.js';
import { PostgresServer } from '../test/support/postgres/server.js';
import { median } from './report/statistics.js';

const USERS = [1_000, 1_000_000];
const ROUNDS = 7;
const PAGE = { where: [], descending: false, backwards: false, limit: 20 } as const;
const ACTIVE = { field: 'status', is: 'equal', value: 'active' } as const;
/** Somewhere in the middle of names that begin with a digest. */
const MIDDLE = ['name 8', ''] as const;

const { installation, remove } = await installPostgres();
const server = await PostgresServer.create(installation);
try {
  const columns: Map<string, number>[] = [];
  for (const users of USERS) columns.push(await measure(await server.createDatabase(), users));
  for (const [what, first] of columns[0] ?? []) {
    const last = columns.at(-1)?.get(what) ?? Number.NaN;
    process.stdout.write(`${what.padEnd(32)} ${first.toFixed(2)} ms, ${last.toFixed(2)} ms\n`);
  }
} finally {
  await server.stop();
  await remove();
}

async function measure(url: string, users: number): Promise<Map<string, number>> {
  const opened = await openPostgres({ url, migrate: true, vocabulary: NO_VOCABULARY });
  const questions = await questionsTo(opened);
  await fill(url, users);
  const times = new Map<string, number>();
  for (const [what, ask] of Object.entries(questions)) {
    const taken: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const from = performance.now();
      await ask();
      taken.push(performance.now() - from);
    }
    times.set(what, median(taken));
  }
  await opened.store.close();
  return times;
}

async function questionsTo({ readModels }: OpenPostgres): Promise<Record<string, () => unknown>> {
  const model = await readModels.open(usersProjection);
  return {
    'one user': () => model.get('user-500'),
    'the first page': () => model.list({ ...PAGE, orderBy: 'createdAt' }),
    'the last page, by name': () => model.list({ ...PAGE, orderBy: 'name', backwards: true }),
    'a page in the middle, by name': () => model.list({ ...PAGE, orderBy: 'name', after: MIDDLE }),
    'of active users, by name': () =>
      model.list({ ...PAGE, where: [ACTIVE], orderBy: 'name', after: MIDDLE }),
    'how many there are': () => model.count([]),
    'how many are active': () => model.count([ACTIVE]),
    'names with a rare part': () =>
      model.list({
        ...PAGE,
        where: [{ field: 'name', is: 'containing', value: 'abcde' }],
        orderBy: 'name',
      }),
  };
}

/** Rows as the projection writes them: to fold them from events would take minutes. */
async function fill(url: string, users: number): Promise<void> {
  const sql = postgres(url, { max: 1 });
  await sql`
    INSERT INTO hindsight.projection_users_1
      (id, row, f_status, f_name, f_email, "o_createdAt", "o_updatedAt", o_name)
    SELECT 'user-' || n,
      json_build_object('id', 'user-' || n, 'state', json_build_object('name', 'Name ' || md5(n::text))),
      CASE WHEN n % 3 = 0 THEN 'deactivated' ELSE 'active' END,
      'name ' || md5(n::text), '', n, n, 'name ' || md5(n::text)
    FROM generate_series(1, ${users}::integer) n`;
  await sql`UPDATE hindsight.projections SET rows = ${users}`;
  await sql`ANALYZE`;
  await sql.end();
}
