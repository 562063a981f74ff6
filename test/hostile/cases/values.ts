import { expect } from 'vitest';
import { answered, failing, refused, type Case } from '../case.js';

const BAD = 'BAD_USER_INPUT';
const USER = 'query ($id: ID!) { user(id: $id) { id } }';
const CREATE =
  'mutation ($input: CreateUserInput!) { createUser(input: $input, dryRun: true) { success error { code ... on ValidationFailed { issues { path } } } user { id name } } }';

const invalid = (path: string) => ({
  data: {
    createUser: {
      success: false,
      error: { code: 'VALIDATION_FAILED', issues: expect.arrayContaining([{ path: [path] }]) },
    },
  },
});
const created = (user: object) => ({ data: { createUser: { success: true, user } } });
const create = (input: object) => ({ query: CREATE, variables: { input } });
const at = (moment: string) => ({
  query: 'query ($at: DateTime!) { asOf(at: $at) { position } }',
  variables: { at: moment },
});
const version = (value: unknown) => ({
  query: 'query ($v: Int!) { user(id: "ada", atVersion: $v) { version } }',
  variables: { v: value },
});
const position = (value: unknown) => ({
  query: 'query ($p: Position!) { asOf(position: $p) { position } }',
  variables: { p: value },
});
const NOBODY = { data: { user: null } };

/** What values may look like. */
export const VALUES: readonly Case[] = [
  ...answered(
    ['H101', 'H102', 'H103'],
    'the id __proto__',
    { query: USER, variables: { id: '__proto__' } },
    NOBODY,
  ),
  ...answered(
    ['H104', 'H105', 'H106'],
    'the id constructor',
    { query: USER, variables: { id: 'constructor' } },
    NOBODY,
  ),
  ...answered(
    ['H107', 'H108', 'H109'],
    'a user called __proto__',
    create({ id: '__proto__', name: 'A' }),
    invalid('id'),
  ),
  ...answered(
    ['H110', 'H111', 'H112'],
    'a user to be called constructor, as anybody may',
    create({ id: 'constructor', name: 'toString' }),
    created({ id: 'constructor', name: 'toString' }),
  ),
  ...answered(
    ['H113', 'H114', 'H115'],
    'NUL in an id',
    create({ id: 'a\u0000b', name: 'A' }),
    invalid('id'),
  ),
  ...answered(
    ['H116', 'H117', 'H118'],
    'half a character',
    create({ id: 'a', name: 'A\ud800' }),
    invalid('name'),
  ),
  ...answered(
    ['H119', 'H120', 'H121'],
    'a composed character in its parts (NFD), which is kept in one (NFC)',
    create({ id: 'a', name: 'Ame\u0301lie' }),
    created({ name: 'Am\u00e9lie' }),
  ),
  ...answered(
    ['H122', 'H123', 'H124'],
    'a name from right to left with characters of no width',
    create({ id: 'a', name: '\u202eadA\u200b\u200d' }),
    created({ name: '\u202eadA\u200b\u200d' }),
  ),
  ...answered(
    ['H125', 'H126', 'H127'],
    'a name of 201 characters of no width',
    create({ id: 'a', name: `A${'\u200b'.repeat(200)}` }),
    invalid('name'),
  ),
  ...answered(
    ['H128', 'H129', 'H130'],
    'CR, LF and the escapes of terminals in a name',
    create({ id: 'a', name: 'A\r\n\u001b[2J{"level":60}' }),
    created({ name: 'A\r\n\u001b[2J{"level":60}' }),
  ),
  ...answered(
    ['H131', 'H132', 'H133'],
    'a name of 100 kB',
    create({ id: 'a', name: 'A\u0301'.repeat(33_000) }),
    invalid('name'),
  ),
  ...answered(
    ['H134', 'H135', 'H136'],
    'an e-mail address that tries the patience of a pattern',
    create({ id: 'a', name: 'A', email: `${'a.'.repeat(40_000)}@${'a-'.repeat(10_000)}` }),
    invalid('email'),
  ),
  ...answered(
    ['H137', 'H138', 'H139'],
    'a part of a name that looks like a pattern',
    {
      query: 'query ($w: UserFilter) { users(where: $w) { totalCount } }',
      variables: { w: { nameContains: `${'(a+)+'.repeat(10_000)}$` } },
    },
    { data: { users: { totalCount: 0 } } },
  ),
  ...answered(
    ['H140', 'H141', 'H142'],
    'a cursor of 100 kB',
    { query: `{ users(after: "${'W'.repeat(99_900)}") { nodes { id } } }` },
    failing(BAD),
  ),
  ...answered(
    ['H143', 'H144', 'H145'],
    'a version at the edge of Int',
    version(2_147_483_647),
    failing(BAD),
  ),
  ...refused(['H146', 'H147', 'H148'], 'a version beyond Int', version(2_147_483_648), BAD),
  ...answered(
    ['H149', 'H150', 'H151'],
    'a version below nothing',
    version(-2_147_483_648),
    failing(BAD),
  ),
  ...refused(['H152', 'H153', 'H154'], 'a version with a fraction', version(1.5), BAD),
  ...refused(['H155', 'H156', 'H157'], 'a position above 2^53', position('9007199254740993'), BAD),
  ...refused(['H158', 'H159', 'H160'], 'a position as a number', position(1), BAD),
  ...refused(
    ['H161', 'H162', 'H163'],
    'a position of 50,000 digits',
    position('9'.repeat(50_000)),
    BAD,
  ),
  ...refused(['H164', 'H165', 'H166'], 'a time with no zone', at('2026-01-01T00:00:00'), BAD),
  ...refused(['H167', 'H168', 'H169'], 'a leap second', at('2016-12-31T23:59:60Z'), BAD),
  ...refused(
    ['H170', 'H171', 'H172'],
    'the last time of all',
    at('+275760-09-13T00:00:00.000Z'),
    BAD,
  ),
  ...refused(['H173', 'H174', 'H175'], 'a time that is NaN', at('NaN'), BAD),
  ...refused(
    ['H176', 'H177', 'H178'],
    'a time with 90,000 digits behind the seconds',
    { ...at(`2026-01-01T00:00:00.${'1'.repeat(90_000)}`) },
    BAD,
  ),
  ...refused(['H179', 'H180', 'H181'], '30 February', at('2026-02-30T00:00:00Z'), BAD),
  ...refused(
    ['H182', 'H183', 'H184'],
    '20,000 wrong values in a list',
    {
      query: 'query ($w: EventFilter) { events(where: $w) { nodes { id } } }',
      variables: { w: { types: Array.from({ length: 20_000 }, () => null) } },
    },
    BAD,
  ),
  ...answered(
    ['H185', 'H186', 'H187'],
    '15,000 types of events that there are not',
    {
      query: 'query ($w: EventFilter) { events(where: $w) { nodes { id } } }',
      variables: { w: { types: Array.from({ length: 15_000 }, (_, n) => `T${n}`) } },
    },
    failing(BAD),
  ),
  ...refused(
    ['H188', 'H189', 'H190'],
    '5,000 fields of an input that there are not',
    {
      query: CREATE,
      variables: {
        input: {
          ...Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`nam${n}`, n])),
          name: 'A',
        },
      },
    },
    BAD,
  ),
  ...answered(
    ['H191', 'H192', 'H193'],
    'a variable called __proto__ that holds 4,000 lists in each other',
    {
      query: '{ head { position } }',
      variables: JSON.parse(`{"__proto__": ${'['.repeat(4_000)}${']'.repeat(4_000)}}`),
    },
    { data: { head: { position: expect.any(String) } } },
  ),
];
