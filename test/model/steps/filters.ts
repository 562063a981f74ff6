import * as fc from 'fast-check';
import { people, type Story, type Who } from '../story.js';
import type { Where } from '../world.js';

/** Which events, as a story has yet to say it. */
export interface Filter {
  readonly kind: 'User' | 'Order' | undefined;
  readonly who: Who | undefined;
  readonly types: readonly string[] | undefined;
  /** By the request of an event so far from the end. */
  readonly requestOf: number | undefined;
}

const sometimes = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined, freq: 1 });

export const filters: fc.Arbitrary<Filter> = fc.record({
  kind: fc.constantFrom(undefined, undefined, undefined, 'User' as const, 'Order' as const),
  who: sometimes(people),
  types: sometimes(
    fc.subarray([
      'UserCreated',
      'UserRenamed',
      'UserEmailChanged',
      'UserDeactivated',
      'UserReactivated',
    ]),
  ),
  requestOf: fc.option(fc.nat({ max: 5 }), { nil: undefined, freq: 1 }),
});

export function whereOf(story: Story, { kind, who, types, requestOf }: Filter): Where {
  const { world } = story;
  const fact = requestOf === undefined ? undefined : world.upTo(world.head).at(-1 - requestOf);
  return {
    ...(kind === undefined ? {} : { aggregateType: kind }),
    ...(who === undefined ? {} : { aggregateId: story.userId(who) }),
    ...(types === undefined ? {} : { types }),
    ...(fact === undefined ? {} : { correlationId: fact.correlationId }),
  };
}
