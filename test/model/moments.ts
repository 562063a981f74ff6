import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Answer } from './server.js';
import type { World } from './world.js';

/** A moment, told by how far it is from what there is when its turn comes. */
export type Moment =
  | { readonly kind: 'now' }
  | { readonly kind: 'version'; readonly back: number }
  | { readonly kind: 'position'; readonly back: number }
  | { readonly kind: 'time'; readonly back: number; readonly shift: number }
  | { readonly kind: 'this very time' }
  | { readonly kind: 'a time to come' };

/** Steps back from the end; one beyond it now and then. */
const back = fc.oneof(
  { weight: 9, arbitrary: fc.nat({ max: 12 }) },
  { weight: 1, arbitrary: fc.constant(-1) },
);
const shift = fc.constantFrom(-1, 0, 1);

const time = fc.oneof(
  fc.record({ kind: fc.constant('time' as const), back: fc.nat({ max: 12 }), shift }),
  fc.record({ kind: fc.constantFrom('this very time' as const, 'a time to come' as const) }),
);
const position = fc.record({ kind: fc.constant('position' as const), back });
const version = fc.record({ kind: fc.constant('version' as const), back });

/** Of one user. */
export const moments: fc.Arbitrary<Moment> = fc.oneof(version, position, time);
/** Of the whole log. */
export const worldMoments: fc.Arbitrary<Exclude<Moment, { kind: 'version' }>> = fc.oneof(
  fc.record({ kind: fc.constant('now' as const) }),
  position,
  time,
);

/** A moment as a question names it, and what it means: or the highest that could be asked for. */
export type Meant<Means> = { readonly named: Named } & (
  | { readonly means: Means }
  | { readonly highest: number }
);
type Named = { readonly [name in 'at' | 'version' | 'position']?: string | number };

/** How far the log was at a moment. */
export function positionOf(
  world: World,
  moment: Exclude<Moment, { kind: 'version' }>,
): Meant<number> {
  switch (moment.kind) {
    case 'now':
      return { named: {}, means: world.head };
    case 'position': {
      const asked = Math.max(0, world.head - moment.back);
      const named = { position: String(asked) };
      return asked > world.head ? { named, highest: world.head } : { named, means: asked };
    }
    case 'time':
    case 'this very time':
    case 'a time to come': {
      const at = timeOf(world, moment);
      // An answer for a time that has come is final.
      if (at <= new Date().toISOString()) world.settle(at);
      return { named: { at }, means: world.positionAt(at) };
    }
    default:
      return moment satisfies never;
  }
}

/** How many events a user had at a moment; of the user as it is known up to a version. */
export function versionOf(
  world: World,
  userId: string,
  moment: Moment,
  horizon = world.of(userId).length,
): Meant<number> {
  if (moment.kind === 'now') return { named: {}, means: horizon };
  if (moment.kind !== 'version') {
    const meant = positionOf(world, moment);
    if (!('means' in meant)) return meant;
    return { ...meant, means: Math.min(horizon, world.of(userId, meant.means).length) };
  }
  const asked = Math.max(0, horizon - moment.back);
  const named = { version: asked };
  return asked > horizon ? { named, highest: horizon } : { named, means: asked };
}

function timeOf(
  world: World,
  moment: Extract<Moment, { kind: 'time' | 'this very time' | 'a time to come' }>,
): string {
  if (moment.kind === 'a time to come') return '2999-01-01T00:00:00.000Z';
  const fact = moment.kind === 'time' ? world.upTo(world.head).at(-1 - moment.back) : undefined;
  if (moment.kind !== 'time' || fact === undefined) return new Date().toISOString();
  return new Date(Date.parse(fact.recordedAt) + moment.shift).toISOString();
}

/** As the arguments of `user`. */
export const ofUser = ({
  named: { at, version: atVersion, position: atPosition },
}: Meant<number>) => ({
  at,
  atVersion,
  atPosition,
});

/** What is asked for does not exist yet, and the error names the highest that there is. */
export function expectBeyond({ errors }: Answer, highest: number): void {
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(errors?.[0]?.message).toMatch(new RegExp(`\\b${highest}\\b`));
}
