import { expect } from 'vitest';
import { answered, failing, refused, type Case } from '../case.js';

const TOO_LARGE = 'DOCUMENT_TOO_LARGE';
const TOO_COSTLY = 'OPERATION_TOO_COSTLY';
const INVALID = 'GRAPHQL_VALIDATION_FAILED';
const UNREADABLE = 'GRAPHQL_PARSE_FAILED';

const times = (count: number, each: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => each(n)).join(' ');
const nested = (depth: number, open: string, inside: string, close: string): string =>
  open.repeat(depth) + inside + close.repeat(depth);

/** Each spreads the next twice; the last is `end`. */
const doubling = (type: string, count: number, end: string): string =>
  `${times(count, (n) => `fragment F${n} on ${type} { ...F${n + 1} ...F${n + 1} }`)} fragment F${count} on ${type} { ${end} }`;

const HISTORY = 'user(id: "ada") { history(first: 500) { nodes { version event { id } } } }';

/** What a document may look like, up to 100 kB of it. */
export const DOCUMENTS: readonly Case[] = [
  ...refused(
    ['H001', 'H002', 'H003'],
    '5,000 equal fields',
    { query: `{ head { ${'position '.repeat(5_000)} } }` },
    TOO_LARGE,
  ),
  ...refused(
    ['H004', 'H005', 'H006'],
    'fragments that double, 20 times over',
    { query: `{ head { ...F0 } } ${doubling('Head', 20, 'position')}` },
    TOO_COSTLY,
  ),
  ...refused(
    ['H007', 'H008', 'H009'],
    'fragments that hold each other',
    {
      query:
        '{ head { ...A } } fragment A on Head { ...B position } fragment B on Head { ...A position }',
    },
    INVALID,
  ),
  ...refused(
    ['H010', 'H011', 'H012'],
    'fields 4,900 deep',
    { query: nested(4_900, '{a', '', '}').replace('{a}', '{a{b}}') },
    TOO_LARGE,
  ),
  ...refused(
    ['H013', 'H014', 'H015'],
    'fields 30 deep',
    { query: `{ user(id: "ada") ${nested(30, '{ revision ', '{ version }', '}')} }` },
    TOO_LARGE,
  ),
  ...refused(
    ['H016', 'H017', 'H018'],
    'fragments without a name 3,000 deep',
    { query: nested(3_000, '{ ...', '{ head { position } }', '}') },
    TOO_LARGE,
  ),
  ...refused(
    ['H019', 'H020', 'H021'],
    'a list 4,900 deep in an argument',
    { query: `{ events(where: { types: ${nested(4_900, '[', '', ']')} }) { nodes { id } } }` },
    TOO_LARGE,
  ),
  ...refused(
    ['H022', 'H023', 'H024'],
    'a list 4,900 deep as the type of a variable',
    { query: `query ($v: ${nested(4_900, '[', 'Int', ']')}) { head { position } }` },
    TOO_LARGE,
  ),
  ...refused(
    ['H025', 'H026', 'H027'],
    '100 aliases of the whole history',
    { query: `{ ${times(100, (n) => `a${n}: ${HISTORY}`)} }` },
    TOO_LARGE,
  ),
  ...refused(
    ['H028', 'H029', 'H030'],
    '50 aliases of the whole history',
    { query: `{ ${times(50, (n) => `a${n}: ${HISTORY}`)} }` },
    TOO_COSTLY,
  ),
  ...refused(
    ['H031', 'H032', 'H033'],
    'pages on pages',
    {
      query:
        '{ users(first: 500) { nodes { history(first: 500) { nodes { version event { id } } } } } }',
    },
    TOO_COSTLY,
  ),
  ...answered(
    ['H034', 'H035', 'H036'],
    'a page of 501',
    { query: '{ users(first: 501) { nodes { id } } }' },
    failing('BAD_USER_INPUT'),
  ),
  ...answered(
    ['H037', 'H038', 'H039'],
    'a page of less than nothing',
    { query: '{ users(first: -1) { nodes { id } } }' },
    failing('BAD_USER_INPUT'),
  ),
  ...refused(
    ['H040', 'H041', 'H042'],
    '51 directives',
    { query: `{ head { position ${'@include(if: true) '.repeat(51)} } }` },
    TOO_LARGE,
  ),
  ...refused(
    ['H043', 'H044', 'H045'],
    '490 fields that there are not',
    { query: `{ ${times(490, (n) => `userz${n}`)} }` },
    INVALID,
  ),
  ...refused(
    ['H046', 'H047', 'H048'],
    '160 fields under one name, each with another argument',
    { query: `{ ${times(160, (n) => `user(id: "${n}") { id version }`)} }` },
    INVALID,
  ),
  ...refused(
    ['H049', 'H050', 'H051'],
    'fragments of which each holds all others',
    {
      query: `{ ...F0 } ${times(65, (n) => `fragment F${n} on Query { ${times(65, (m) => `...F${m}`)} }`)}`,
    },
    INVALID,
  ),
  ...refused(
    ['H052', 'H053', 'H054'],
    'fragments of which each holds all that come after it',
    {
      query: `{ ...F0 } ${times(90, (n) => `fragment F${n} on Query { head { position } ${times(89 - n, (m) => `...F${n + m + 1}`)} }`)}`,
    },
    INVALID,
  ),
  ...refused(
    ['H055', 'H056', 'H057'],
    '2,000 variables that nothing uses',
    { query: `query (${times(2_000, (n) => `$v${n}: Int`)}) { head { position } }` },
    TOO_LARGE,
  ),
  ...refused(
    ['H058', 'H059', 'H060'],
    '240 operations of which none is meant',
    { query: times(240, (n) => `query Q${n} { head { position } }`) },
    'OPERATION_RESOLUTION_FAILURE',
  ),
  ...answered(
    ['H061', 'H062', 'H063'],
    'a comment of 100 kB',
    { query: `{ head { position } } #${'x'.repeat(100_000)}` },
    { data: { head: { position: expect.any(String) } } },
  ),
  ...refused(
    ['H064', 'H065', 'H066'],
    '10,001 tokens',
    { query: `{ head { position } } ${'{'.repeat(10_001)}` },
    UNREADABLE,
  ),
  ...refused(
    ['H067', 'H068', 'H069'],
    '100 kB that never close a text',
    { query: `{ user(id: """${'\\"""'.repeat(25_000)}` },
    UNREADABLE,
  ),
  ...answered(
    ['H070', 'H071', 'H072'],
    'the whole schema',
    {
      query: `{ __schema { types { name description fields(includeDeprecated: true) { name description args { name type { name ofType { name } } } type { name kind ofType { name kind ofType { name kind } } } } inputFields { name } enumValues { name } } directives { name args { name } } } }`,
    },
    { data: { __schema: { types: expect.any(Array) } } },
  ),
  ...refused(
    ['H073', 'H074', 'H075'],
    'the schema in circles',
    {
      query: `{ __schema { types ${nested(7, '{ fields { type ', '{ name }', '} }')} } }`,
    },
    INVALID,
  ),
  ...answered(
    ['H076', 'H077', 'H078'],
    'the largest page that there is',
    {
      query: '{ users(first: 500) { nodes { id name email status version createdAt updatedAt } } }',
    },
    { data: { users: { nodes: expect.any(Array) } } },
  ),
  ...answered(
    ['H079', 'H080', 'H081'],
    'the longest stretch of history that may be asked for',
    { query: `{ ${HISTORY} }` },
    { data: { user: { history: { nodes: expect.any(Array) } } } },
  ),
  ...answered(
    ['H082', 'H083', 'H084'],
    '50 times who is to blame for 2,000 events',
    { query: `{ ${times(50, (n) => `a${n}: user(id: "ada") { blame { field event { id } } }`)} }` },
    { data: { a49: { blame: expect.any(Array) } } },
  ),
  ...answered(
    ['H085', 'H086', 'H087'],
    '50 differences over 2,000 events',
    {
      query: `{ ${times(50, (n) => `a${n}: user(id: "ada") { diff(from: { version: ${n} }, to: { version: ${1_999 - n} }) { field } }`)} }`,
    },
    { data: { a49: { diff: expect.any(Array) } } },
  ),
  ...answered(
    ['H088', 'H089', 'H090'],
    'who is to blame for each of 500 users',
    { query: '{ users(first: 500) { nodes { blame { field } revision { version } } } }' },
    { data: { users: { nodes: expect.any(Array) } } },
  ),
  ...answered(
    ['H091', 'H092', 'H093'],
    '500 users as they were',
    {
      query:
        '{ asOf { users(first: 500) { nodes { userId name version changes { field from to } } } } }',
    },
    { data: { asOf: { users: { nodes: expect.any(Array) } } } },
  ),
  ...answered(
    ['H094', 'H095', 'H096'],
    '50 searches through all users',
    {
      query: `{ ${times(50, (n) => `a${n}: users(where: { nameContains: "${n}zzz" }) { totalCount }`)} }`,
    },
    { data: { a49: { totalCount: 0 } } },
  ),
  ...answered(
    ['H097', 'H098', 'H099'],
    '50 searches through all events',
    {
      query: `{ ${times(50, (n) => `a${n}: events(last: 1, where: { types: ["T${n}"] }) { nodes { id } }`)} }`,
    },
    { data: { a49: { nodes: [] } } },
  ),
];
