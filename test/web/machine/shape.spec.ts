import { buildSchema, graphqlSync } from 'graphql';
import { expect, it } from 'vitest';
import {
  commandsIn,
  inWords,
  SCHEMA_QUERY,
  type SchemaAnswer,
} from '../../../src/web/machine/form/shape.js';

it('makes the forms of a domain that the page has never seen', () => {
  const answer = graphqlSync({
    schema: buildSchema(`
      interface CommandResult { success: Boolean! }
      type OrderCommandResult implements CommandResult { success: Boolean! }
      interface Event { id: ID! }
      type OrderPlaced implements Event { id: ID! }
      enum Size { SMALL LARGE }
      input PlaceOrderInput { "Which order." id: ID! size: Size! pieces: Int gift: Boolean lines: [String!] }
      type Query { none: Boolean }
      type Mutation {
        "Places an order."
        placeOrder(input: PlaceOrderInput!, expectedVersion: Int! = 0, commandId: ID): OrderCommandResult!
        shipOrder(input: PlaceOrderInput!, expectedVersion: Int!): OrderCommandResult!
        somethingElse(input: PlaceOrderInput!): Boolean!
      }`),
    source: SCHEMA_QUERY,
  });
  expect(answer.errors).toBeUndefined();
  const schema: SchemaAnswer = JSON.parse(JSON.stringify(answer.data));
  const [place, ship, ...others] = commandsIn(schema);
  expect(others).toEqual([]);
  expect(ship).toMatchObject({ name: 'shipOrder', usualVersion: null });
  expect(place).toEqual({
    name: 'placeOrder',
    description: 'Places an order.',
    inputType: 'PlaceOrderInput',
    usualVersion: 0,
    fields: [
      { name: 'id', description: 'Which order.', isNeeded: true, control: { kind: 'text' } },
      {
        name: 'size',
        description: '',
        isNeeded: true,
        control: { kind: 'choice', of: ['SMALL', 'LARGE'] },
      },
      { name: 'pieces', description: '', isNeeded: false, control: { kind: 'number' } },
      { name: 'gift', description: '', isNeeded: false, control: { kind: 'yes or no' } },
      { name: 'lines', description: '', isNeeded: false, control: { kind: 'JSON' } },
    ],
  });
  expect(inWords('placeOrder')).toBe('Place order');
});
