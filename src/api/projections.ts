import { Ctx, Field, Int, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql';
import type { Position } from '../core/event.js';
import type { ProjectionStatus } from '../engine/projecting.js';
import type { ProjectionState } from '../engine/projector.js';
import type { Context } from '../schema/context.js';
import { PositionScalar } from '../schema/scalars.js';

const STATUS = {
  LIVE: { description: 'It follows the log.' },
  CATCHING_UP: { description: 'It goes through what was appended while it did not run.' },
  REBUILDING: { description: 'It is folded anew from the first event on.' },
  FAILED: {
    description:
      'It could not go on, and is tried again every second. The log of the server says why.',
  },
} satisfies Record<ProjectionStatus, { description: string }>;

const ProjectionStatusType = Object.fromEntries(Object.keys(STATUS).map((name) => [name, name]));
registerEnumType(ProjectionStatusType, {
  name: 'ProjectionStatus',
  description: 'How a projection stands.',
  valuesConfig: STATUS,
});

@ObjectType('Projection', { description: 'A read model, folded from the log.' })
class ProjectionType implements ProjectionState {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => Int, { description: 'Raised whenever what it makes of the log changes.' })
  version!: number;

  @Field(() => PositionScalar, { description: 'How far in the log it is.' })
  position!: Position;

  @Field(() => Int, { description: 'How many positions the end of the log is ahead of it.' })
  lag!: number;

  @Field(() => ProjectionStatusType, { description: 'How it stands.' })
  status!: ProjectionStatus;
}

@Resolver()
export class ProjectionsResolver {
  @Query(() => [ProjectionType], {
    description: 'The read models, and how far in the log they are.',
  })
  async projections(@Ctx() { app }: Context): Promise<ProjectionType[]> {
    const states = app.projector.states();
    const head = await app.store.head();
    return states.map((state) => ({ ...state, lag: head.position - state.position }));
  }
}
