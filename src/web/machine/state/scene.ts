import { effect, signal } from '@preact/signals';
import { UserThenDocument, WorldThenDocument, type UserThenQuery } from '../../generated/graphql';
import { ask } from '../api/ask';
import { messageOf } from '../api/failure';
import { operation, type Operation } from '../api/graphiql';
import { latest } from '../api/latest';
import { chosen, moment, type Moment } from './place';
import { head } from './pulse';
import { viewer } from './viewer';

export type UserThen = NonNullable<UserThenQuery['asOf']['user']>;

/** What there was at the moment that is looked at. */
export interface Scene {
  readonly id: string | null;
  readonly moment: Moment;
  /** The position of that moment, and when its event was recorded; null before the first. */
  readonly position: number;
  readonly at: string | null;
  /** Null when none is chosen, or there was none. */
  readonly user: UserThen | null;
  /** The highest version of the chosen one that was seen. */
  readonly last: number;
}

/** What was shown last: while the next is under way it stays, as a flicker would say nothing. */
export const scene = signal<Scene | null>(null);
export const sceneTrouble = signal<string | null>(null);

interface Wanted {
  readonly id: string | null;
  readonly moment: Moment;
}

export const operationOf = (id: string, at: Moment): Operation =>
  operation(UserThenDocument, { id, position: at === null ? null : String(at) });

const load = latest(async ({ id, moment: at }: Wanted) => {
  try {
    const position = at === null ? null : String(at);
    const found =
      id === null
        ? { ...(await ask(WorldThenDocument, { position })).asOf, user: null }
        : (await ask(UserThenDocument, { id, position })).asOf;
    const { user } = found;
    const before = scene.peek();
    const last = Math.max(user?.version ?? 0, before?.id === id ? before.last : 0);
    const place = { position: Number(found.position), at: found.at };
    scene.value = { id, moment: at, ...place, user, last };
    sceneTrouble.value = null;
  } catch (error) {
    sceneTrouble.value = messageOf(error);
  }
});

/** Shows whatever is chosen at whichever moment; the present anew whenever the log has grown. */
export function followScene(): void {
  effect(() => {
    if (viewer.value === null) return;
    if (moment.value === null && head.value === null) return;
    load({ id: chosen.value, moment: moment.value });
  });
}
