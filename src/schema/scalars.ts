import { GraphQLScalarType } from 'graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import { positionOf, type Position } from '../core/event.js';
import { parseTimestamp, type Timestamp } from '../core/time.js';
import { badInput } from './errors.js';

/** A scalar that travels as a string; `parse` answers undefined for what it does not accept. */
function textScalar<Internal extends string | number>(
  name: string,
  description: string,
  expects: string,
  parse: (text: string) => Internal | undefined,
): GraphQLScalarType<Internal, string> {
  return new GraphQLScalarType<Internal, string>({
    name,
    description,
    serialize: String,
    parseValue(value) {
      const parsed = typeof value === 'string' ? parse(value) : undefined;
      if (parsed === undefined) throw badInput(`${name} must be ${expects}.`);
      return parsed;
    },
  });
}

/** A position from its digits; undefined for anything else. */
export function parsePosition(text: string): Position | undefined {
  const isOne = /^(?:0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text));
  return isOne ? positionOf(Number(text)) : undefined;
}

export const DateTime = textScalar<Timestamp>(
  'DateTime',
  'RFC 3339 with an offset; answered in UTC with milliseconds.',
  'an RFC 3339 date-time with an offset, such as "2026-01-31T12:00:00.000Z"',
  parseTimestamp,
);

export const PositionScalar = textScalar<Position>(
  'Position',
  "A place in the log: a decimal integer as a string, 1 for the first event, with no gaps. '0' is before the first.",
  'a decimal integer as a string, such as "42"',
  parsePosition,
);

export const EmailAddress = textScalar<string>(
  'EmailAddress',
  'An e-mail address. A command checks it, and answers a wrong one with ValidationFailed.',
  'a string',
  (text) => text,
);

export const JSONObject = GraphQLJSONObject;
