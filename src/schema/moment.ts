import { Field, InputType, Int } from 'type-graphql';
import type { Position } from '../core/event.js';
import type { Moment } from '../core/moment.js';
import type { Timestamp } from '../core/time.js';
import { badInput } from './errors.js';
import { DateTime, PositionScalar } from './scalars.js';

@InputType('Moment', { description: 'A point in the past. Exactly one of the three.' })
export class MomentInput {
  @Field(() => DateTime, {
    nullable: true,
    description: 'After all that was recorded up to then; a time to come means now.',
  })
  at?: Timestamp | null;

  @Field(() => Int, { nullable: true, description: 'After this many of its events.' })
  version?: number | null;

  @Field(() => PositionScalar, { nullable: true, description: 'After this event of the log.' })
  position?: Position | null;
}

type Given = { readonly [Name in keyof MomentInput]: MomentInput[Name] | undefined };

/** The moment that is given; undefined for none. Throws for more than one. */
export function givenMoment(given: Given): Moment | undefined {
  const at = given.at ?? null;
  const version = given.version ?? null;
  const position = given.position ?? null;
  const count = [at, version, position].filter((value) => value !== null).length;
  if (count > 1) throw badInput('Give one moment at most: a time, a version or a position.');
  if (version !== null && version < 0) throw badInput('A version must be 0 or more.');
  if (at !== null) return { at };
  if (version !== null) return { version };
  return position === null ? undefined : { position };
}

/** The moment that an input of its type means. */
export function momentOf(input: MomentInput): Moment {
  const moment = givenMoment(input);
  if (moment === undefined) throw badInput('A moment is one of at, version and position.');
  return moment;
}
