import { Field, ObjectType } from 'type-graphql';
import type { FieldChange } from '../core/changes.js';
import { EventInterface } from './event.js';

@ObjectType('FieldChange', { description: 'A field that is not the same at two moments.' })
export class FieldChangeType implements FieldChange {
  @Field(() => String, { description: 'Its name.' })
  field!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What it was, as text; null for nothing, or before there was the aggregate.',
  })
  from!: string | null;

  @Field(() => String, { nullable: true, description: 'What it became, in the same way.' })
  to!: string | null;
}

@ObjectType('FieldBlame', { description: 'Which event a field has its value from.' })
export class FieldBlameType {
  @Field(() => String, { description: 'Its name.' })
  field!: string;

  @Field(() => EventInterface, { description: 'The event, and with it the time and the actor.' })
  event!: EventInterface;
}
