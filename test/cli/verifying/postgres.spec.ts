import postgres, { type Sql } from 'postgres';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrate } from '../../../src/stores/index.js';
import { freshDatabase } from '../../support/postgres.js';
import { SOUND, tell, toldOf, verifyOf, verifyWhileWriting } from './history.js';

const empty = async () => ({ STORE: 'postgres', DATABASE_URL: await freshDatabase() });
const place = async () => tell(await empty());

function adminOf({ DATABASE_URL }: { readonly DATABASE_URL: string }): Sql {
  const sql = postgres(DATABASE_URL, { max: 2, onnotice: () => undefined });
  onTestFinished(() => sql.end({ timeout: 1 }));
  return sql;
}

/** What nobody may do but the owner, by taking the trigger away. */
const change = (statement: string) => `
  ALTER TABLE hindsight.events DISABLE TRIGGER append_only; ${statement};
  ALTER TABLE hindsight.events ENABLE TRIGGER append_only`;
const set = (position: number, assignment: string) =>
  change(`UPDATE hindsight.events SET ${assignment} WHERE position = ${position}`);

const TABLES = ['events', 'claims', 'projections', 'projection_users_1'];
const SAVE = TABLES.map((name) => `CREATE TABLE saved_${name} AS TABLE hindsight.${name}`).join(
  ';',
);
/** Puts everything back, between one fault and the next. */
const RESTORE = change(
  TABLES.map(
    (name) => `TRUNCATE hindsight.${name}; INSERT INTO hindsight.${name} TABLE saved_${name}`,
  ).join(';'),
);

/** Every row of every table. */
async function contents(sql: Sql): Promise<unknown> {
  const tables = await sql<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'hindsight' ORDER BY 1`;
  return Promise.all(
    tables.map(async ({ name }) => [
      name,
      await sql.unsafe(`SELECT * FROM hindsight.${name} ORDER BY 1`),
    ]),
  );
}

const FAULTS: readonly (readonly [name: string, statement: string, ...told: string[]])[] = [
  [
    'a gap in the positions',
    change('DELETE FROM hindsight.events WHERE position = 3'),
    'position 4: position: positions from 3 on are missing before it.',
  ],
  [
    'a gap in the versions',
    set(6, 'version = 5'),
    'position 6: version: it is version 5 of User/ada, where 3 is the next.',
  ],
  [
    'time going back',
    set(4, 'recorded_at = 0'),
    'position 4: time: it was recorded at 1970-01-01T00:00:00.000Z, and the event before it at 2026-01-01T00:03:00.000Z.',
    // It says when it was updated.
    'users@1: projection: the row of bob differs from what the log leads to.',
  ],
  [
    'the id of another event',
    set(5, `id = 'event-2'`),
    'position 5: event id: its id event-2 is that of an event before it.',
  ],
  [
    'the commandId of another commit',
    change(`UPDATE hindsight.events SET command_id = 'k1' WHERE position IN (2, 5)`),
    'position 5: command id: its commandId k1 is that of a commit before it.',
  ],
  [
    'a type that is unknown',
    set(3, `type = 'UserKnighted'`),
    'position 3: unknown event: this build knows no UserKnighted of User.',
  ],
  [
    'a schema version that is too new',
    set(5, 'schema_version = 9'),
    'position 5: unknown event: UserCreated has schema version 9, and this build knows 2.',
  ],
  [
    'data that cannot be folded',
    set(5, `data = '{"name":"eve","email":5,"status":"active"}'`),
    'position 5: unreadable event: User/eve cannot be folded beyond it (value.toLowerCase is not a function).',
  ],
  [
    'a key that another holds',
    set(5, `data = '{"name":"eve","email":"ada@example.org","status":"active"}'`),
    'position 5: claim: User/eve claims email:ada@example.org, which User/ada holds since position 1.',
    'claims: index of claims: it lacks email:ada@example.org, which User/eve holds by the log.',
    'users@1: projection: the row of eve differs from what the log leads to.',
  ],
  [
    'a last event that is gone',
    change('DELETE FROM hindsight.events WHERE position = 6'),
    'users@1: projection: it is at position 6, and the log ends at 5.',
    'users@1: projection: the row of ada differs from what the log leads to.',
  ],
  [
    'a row that differs',
    `UPDATE hindsight.projection_users_1 SET row = replace(row::text, 'Ada', 'Eda')::json WHERE id = 'ada'`,
    'users@1: projection: the row of ada differs from what the log leads to.',
  ],
  [
    'a row that is missing',
    `DELETE FROM hindsight.projection_users_1 WHERE id = 'bob'`,
    'users@1: projection: the row of bob is missing.',
  ],
  [
    'a row of nobody',
    `INSERT INTO hindsight.projection_users_1
     SELECT 'ann', row, f_status, f_name, f_email, "o_createdAt", "o_updatedAt", o_name
     FROM hindsight.projection_users_1 WHERE id = 'bob'`,
    'users@1: projection: it has a row of ann, which has no event up to its position.',
  ],
  [
    'a row that is found by another name and sorted by another time',
    `UPDATE hindsight.projection_users_1 SET f_name = 'x', "o_updatedAt" = 1 WHERE id = 'bob'`,
    'users@1: projection: the row of bob is found by other values than its own: f_name, o_updatedAt.',
  ],
  [
    'rows that are miscounted',
    'UPDATE hindsight.projections SET rows = 7',
    'users@1: projection: it counts 7 rows, and the log leads to 3.',
  ],
  [
    'rows that say that they are further back than they are',
    'UPDATE hindsight.projections SET position = 5',
    'users@1: projection: the row of ada differs from what the log leads to.',
  ],
  [
    'a claim that is missing',
    `DELETE FROM hindsight.claims WHERE stream_id = 'bob'`,
    'claims: index of claims: it lacks email:bob@example.org, which User/bob holds by the log.',
  ],
  [
    'a claim that nobody made',
    `INSERT INTO hindsight.claims VALUES ('email:x@example.org', 'User', 'bob')`,
    'claims: index of claims: it says that User/bob holds email:x@example.org, which it does not by the log.',
  ],
  [
    'a claim that another made',
    `UPDATE hindsight.claims SET stream_id = 'eve' WHERE stream_id = 'bob'`,
    'claims: index of claims: it says that User/eve holds email:bob@example.org, which User/bob holds by the log.',
  ],
];

describe('the verification of a database', () => {
  it('finds nothing in a sound one', async () => {
    expect(await verifyOf(await place())).toEqual({ faults: 0, lines: [SOUND], notes: [] });
  });

  it('names each fault that is planted, and what follows from it, and changes nothing', async () => {
    const settings = await place();
    const admin = adminOf(settings);
    await admin.unsafe(SAVE);
    const found: Record<string, unknown> = {};
    for (const [name, statement] of FAULTS) {
      await admin.unsafe(RESTORE);
      await admin.unsafe(statement);
      const before = await contents(admin);
      found[name] = await verifyOf(settings);
      expect(await contents(admin)).toEqual(before);
    }
    expect(found).toEqual(
      Object.fromEntries(FAULTS.map(([name, , ...told]) => [name, toldOf(told)])),
    );
    await admin.unsafe(RESTORE);
    expect(await verifyOf(settings)).toMatchObject({ faults: 0 });
  });

  it('names a table that is gone', async () => {
    const settings = await place();
    await adminOf(settings)`DROP TABLE hindsight.projection_users_1`;
    expect(await verifyOf(settings)).toEqual(
      toldOf(['users@1: projection: it has a position, and no table.']),
    );
  });

  it('says what cannot be compared, because servers of this build have not begun', async () => {
    const settings = await empty();
    await migrate(settings.DATABASE_URL);
    expect(await verifyOf(settings)).toEqual({
      faults: 0,
      lines: ['0 events, 0 streams: every promise holds.'],
      notes: [
        'The index of claims of User is of version 0 of its rules, and this build has 1: it was not compared.',
        'There are no rows of users@1 yet; a server of this build folds them at its start.',
      ],
    });
  });

  it('leaves alone the claims that were folded by newer rules', async () => {
    const settings = await place();
    await adminOf(settings)`UPDATE hindsight.claim_rules SET version = 9`;
    await adminOf(settings)`DELETE FROM hindsight.claims`;
    expect(await verifyOf(settings)).toEqual({
      faults: 0,
      lines: [SOUND],
      notes: [
        'The index of claims of User is of version 9 of its rules, and this build has 1: it was not compared.',
      ],
    });
  });

  it('sees one moment, whatever servers write meanwhile', async () => {
    expect(await verifyWhileWriting(await place())).toEqual([]);
  });

  it('is refused while a projection is being rebuilt', async () => {
    const settings = await place();
    const rebuilding = await adminOf(settings).reserve();
    await rebuilding`SELECT pg_advisory_lock(7310583, hashtext('rebuild users'))`;
    await expect(verifyOf(settings)).rejects.toThrow(
      'Projection users is being rebuilt, or verified by another: try again after that.',
    );
    await rebuilding`SELECT pg_advisory_unlock_all()`;
    rebuilding.release();
    expect(await verifyOf(settings)).toMatchObject({ faults: 0 });
  });
});
