import { expect, it } from 'vitest';
import { parse, getOperationAST } from 'graphql';
import { tooCostly } from '../../src/api/cost.js';
import { createSchema } from '../../src/api/schema.js';
import { DOMAINS } from '../../src/domains/index.js';

const schema = await createSchema(DOMAINS);

/** Asks what one and the same document costs with variables, once for each of them. */
function codesOf(text: string, variables: readonly Record<string, unknown>[], name?: string) {
  const document = parse(text);
  const operation = getOperationAST(document, name);
  if (!operation) throw new Error('the document holds the operation');
  return variables.map(
    (each) => tooCostly(schema, { document, operation, variables: each })?.extensions['code'],
  );
}

const DEEP = 'nodes { history(first: 100) { nodes { version name } } }';

it('an operation is looked at anew when its page has another size', () => {
  const codes = codesOf(`query ($size: Int) { users(first: $size) { ${DEEP} } }`, [
    { size: 1 },
    { size: 500 },
    { size: 1 },
    {},
  ]);
  expect(codes).toEqual([undefined, 'OPERATION_TOO_COSTLY', undefined, undefined]);
});

it('an operation is looked at anew when it asks for another number of spans', () => {
  const spans = Array.from(
    { length: 10 },
    (_, n) => `s${n}: activity(buckets: $n) { from to events }`,
  );
  const codes = codesOf(`query ($n: Int! = 500) { ${spans.join(' ')} }`, [
    { n: 1 },
    {},
    { n: 100 },
  ]);
  expect(codes).toEqual([undefined, 'OPERATION_TOO_COSTLY', undefined]);
});

it('an operation is looked at anew when another part of it is left out', () => {
  const codes = codesOf(
    `query ($deep: Boolean!) { users(first: 500) { nodes { id } ... @include(if: $deep) { ${DEEP} } } }`,
    [{ deep: false }, { deep: true }, { deep: false }],
  );
  expect(codes).toEqual([undefined, 'OPERATION_TOO_COSTLY', undefined]);
});

it('a variable that is null is not one that is left out, and has a default', () => {
  const text = `query ($size: Int = 500) { users(first: $size) { ${DEEP} } }`;
  const [none, all] = [undefined, 'OPERATION_TOO_COSTLY'];
  expect(codesOf(text, [{ size: null }, {}, { size: null }])).toEqual([none, all, none]);
  expect(codesOf(text, [{}, { size: null }, {}])).toEqual([all, none, all]);
});

it('of what the operation does not declare nothing counts', () => {
  const text = `query A { users(first: 500) { ${DEEP} } } query B($size: Int) { users(first: $size) { totalCount } }`;
  expect(codesOf(text, [{ size: 1 }, { size: 'x'.repeat(1_000) }], 'A')).toEqual([
    'OPERATION_TOO_COSTLY',
    'OPERATION_TOO_COSTLY',
  ]);
});

it('an operation costs the same whatever its other variables are', () => {
  const text = `query ($name: String, $at: Position!) {
    users(where: { nameContains: $name }, consistentWith: $at, first: 500) { ${DEEP} } }`;
  const codes = codesOf(text, [
    { name: 'Ada', at: '1' },
    { name: 'Grace', at: '2' },
  ]);
  expect(codes).toEqual(['OPERATION_TOO_COSTLY', 'OPERATION_TOO_COSTLY']);
});
