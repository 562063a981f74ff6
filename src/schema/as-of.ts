import pLimit from 'p-limit';
import { Field, ObjectType } from 'type-graphql';
import type { Position } from '../core/event.js';
import { PositionScalar } from './scalars.js';

@ObjectType({
  description:
    'The world as it stood at one moment: everything below answers from the same position, whatever is appended meanwhile.',
})
export class AsOf {
  @Field(() => PositionScalar, { description: 'The last event that had been recorded.' })
  position!: Position;
}

/**
 * Folds what stands on pages of the past, of all pages together a few at once: hundreds that begin
 * together would each go through a step before anybody else has a turn.
 */
export const folding = pLimit(16);
