import { readFileSync } from 'node:fs';
import {
  astFromValue,
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isSpecifiedScalarType,
  print,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { CONTRACT } from './contract.js';

const contract = buildSchema(CONTRACT);

describe('the contract', () => {
  it('is kept by the committed schema, in every name, type, argument and default', () => {
    const types = Object.keys(contract.getTypeMap());
    expect(types).toEqual(expect.arrayContaining(['Query', 'AsOf', 'UserRevision', 'EventFrame']));
    const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
    expect(breaches(contract, schema)).toEqual([]);
  });
});

describe('the check of a contract', () => {
  const promised = `
    interface Named { name: String! }
    type Query { "Who." user(id: ID!, at: String = "now", in: Where): User }
    type User implements Named { id: ID! name: String! status: Status }
    enum Status { ACTIVE GONE }
    input Where { name: String, order: Int! = 1 }
    scalar Date
  `;
  const check = (kept: string) => breaches(buildSchema(promised), buildSchema(kept));

  it('is content with the same and with more', () => {
    expect(check(promised)).toEqual([]);
    const more = promised
      .replace('in: Where', 'in: Where, more: Int, must: Int! = 1')
      .replace('status: Status', 'status: Status more: [Int!]!')
      .replace('ACTIVE GONE', 'ACTIVE GONE MORE')
      .replace('order: Int! = 1', 'order: Int! = 1, more: Int');
    expect(more.match(/more/gi)).toHaveLength(4);
    expect(check(more)).toEqual([]);
  });

  it.each([
    ['a missing type', 'scalar Date', '', 'Date is missing'],
    ['another kind of type', 'scalar Date', 'enum Date { A }', 'Date is an enum, not a scalar'],
    ['a missing field', 'status: Status', '', 'User.status is missing'],
    ['a field that may be null', 'id: ID! name', 'id: ID name', 'User.id is ID, not ID!'],
    ['a field of another type', 'status: Status', 'status: Int', 'User.status is Int, not Status'],
    ['a missing argument', 'at: String = "now",', '', 'Query.user(at:) is missing'],
    ['an argument of another type', '(id: ID!', '(id: ID', 'Query.user(id:) is ID, not ID!'],
    [
      'another default value',
      '"now"',
      '"then"',
      'Query.user(at:) is String = "then", not String = "now"',
    ],
    ['a missing default value', ' = 1', '', 'Where.order is Int!, not Int! = 1'],
    ['a missing field of an input', 'name: String, ', '', 'Where.name is missing'],
    [
      'an argument that must be given, and was not promised',
      'in: Where',
      'in: Where, more: Int!',
      'Query.user(more:) must be given, which was not promised',
    ],
    [
      'a field of an input that must be given, and was not promised',
      'order: Int!',
      'more: Int!, order: Int!',
      'Where.more must be given, which was not promised',
    ],
    ['a missing value', 'ACTIVE GONE', 'ACTIVE', 'Status.GONE is missing'],
    ['a missing interface', ' implements Named', '', 'User does not implement Named'],
  ])('catches %s', (_, said, instead, breach) => {
    expect(promised).toContain(said);
    expect(check(promised.replace(said, instead))).toEqual([breach]);
  });
});

/** Everything of a contract that a schema breaks, in a line each. */
function breaches(promised: GraphQLSchema, kept: GraphQLSchema): string[] {
  return Object.values(promised.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
    .flatMap((type) => {
      const found = kept.getType(type.name);
      return found === undefined ? [`${type.name} is missing`] : breachesOfType(type, found);
    });
}

function breachesOfType(promised: GraphQLNamedType, kept: GraphQLNamedType): string[] {
  const { name } = promised;
  if (isEnumType(promised) && isEnumType(kept)) {
    return promised
      .getValues()
      .filter((value) => kept.getValue(value.name) === undefined)
      .map((value) => `${name}.${value.name} is missing`);
  }
  if (isInputObjectType(promised) && isInputObjectType(kept)) {
    const [fields, found] = [promised.getFields(), kept.getFields()];
    return breachesOfInputs(Object.values(fields), Object.values(found), (key) => `${name}.${key}`);
  }
  if (hasFields(promised) && hasFields(kept) && kindOf(promised) === kindOf(kept)) {
    const interfaces = kept.getInterfaces().map((each) => each.name);
    return [
      ...promised
        .getInterfaces()
        .filter((each) => !interfaces.includes(each.name))
        .map((each) => `${name} does not implement ${each.name}`),
      ...Object.values(promised.getFields()).flatMap((field) =>
        breachesOfField(`${name}.${field.name}`, field, kept.getFields()[field.name]),
      ),
    ];
  }
  if (kindOf(promised) === kindOf(kept)) return [];
  return [`${name} is ${kindOf(kept)}, not ${kindOf(promised)}`];
}

type Field = GraphQLField<unknown, unknown>;

function breachesOfField(name: string, promised: Field, kept: Field | undefined): string[] {
  if (kept === undefined) return [`${name} is missing`];
  const [type, wanted] = [String(kept.type), String(promised.type)];
  return [
    ...(type === wanted ? [] : [`${name} is ${type}, not ${wanted}`]),
    ...breachesOfInputs(promised.args, kept.args, (key) => `${name}(${key}:)`),
  ];
}

type Input = GraphQLArgument | GraphQLInputField;

function breachesOfInputs(
  promised: readonly Input[],
  kept: readonly Input[],
  nameOf: (key: string) => string,
): string[] {
  const wrong = promised.flatMap((input) => {
    const found = kept.find(({ name }) => name === input.name);
    if (found === undefined) return [`${nameOf(input.name)} is missing`];
    const [is, wanted] = [described(found), described(input)];
    return is === wanted ? [] : [`${nameOf(input.name)} is ${is}, not ${wanted}`];
  });
  // A client that was built on the contract does not give it.
  const demanded = kept
    .filter((input) => isRequiredInput(input) && promised.every(({ name }) => name !== input.name))
    .map((input) => `${nameOf(input.name)} must be given, which was not promised`);
  return [...wrong, ...demanded];
}

const isRequiredInput = (input: Input): boolean =>
  isRequiredArgument(input) || isRequiredInputField(input);

/** An argument's type with its default value. */
function described({ type, defaultValue }: Input): string {
  const value = defaultValue === undefined ? undefined : astFromValue(defaultValue, type);
  return value ? `${String(type)} = ${print(value)}` : String(type);
}

const hasFields = (type: GraphQLNamedType) => isObjectType(type) || isInterfaceType(type);

function kindOf(type: GraphQLNamedType): string {
  if (isEnumType(type)) return 'an enum';
  if (isInputObjectType(type)) return 'an input';
  if (isInterfaceType(type)) return 'an interface';
  return isObjectType(type) ? 'an object' : 'a scalar';
}
