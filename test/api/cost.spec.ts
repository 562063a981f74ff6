import { expect, it } from 'vitest';
import { parse, getOperationAST } from 'graphql';
import { tooCostly } from '../../src/api/cost.js';
import { createSchema } from '../../src/api/schema.js';
import { DOMAINS } from '../../src/domains/index.js';

const schema = await createSchema(DOMAINS);

/** Asks what one and the same document costs with variables, once for each of them. */
function codesOf(text: string, variables: readonly Record<string, unknown>[]) {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('the document holds one operation');
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

it('an operation is looked at anew when another part of it is left out', () => {
  const codes = codesOf(
    `query ($deep: Boolean!) { users(first: 500) { nodes { id } ... @include(if: $deep) { ${DEEP} } } }`,
    [{ deep: false }, { deep: true }, { deep: false }],
  );
  expect(codes).toEqual([undefined, 'OPERATION_TOO_COSTLY', undefined]);
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
