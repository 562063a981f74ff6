import { batch, computed, effect, signal } from '@preact/signals';
import { UserThenDocument, WorldThenDocument, type UserThenQuery } from '../../generated/graphql';
import { ask } from '../api/ask';
import { messageOf } from '../api/failure';
import { operation, type Operation } from '../api/graphiql';
import { latest } from '../api/latest';
import { chosen, moment, type Moment } from './place';
import { head } from './pulse';
import { viewer } from './viewer';

export type UserThen = NonNullable<UserThenQuery['asOf']['user']>;

/** The fields of a user that a card shows. */
export const FIELDS = ['name', 'email', 'status'] as const;

export type Field = (typeof FIELDS)[number];

/** What there was at the moment that is looked at. */
export interface Scene {
  readonly id: string | null;
  readonly moment: Moment;
  /** The position of that moment, and when its event was recorded; null before the first. */
  readonly position: number;
  readonly at: string | null;
  /** Null when none is chosen, or there was none. */
  readonly user: UserThen | null;
  /** The version that it has now; 0 when there is none. */
  readonly last: number;
  /** What is not as it was in the scene before, of the same user. */
  readonly changed: readonly Field[];
}

/** What was shown last: while the next is under way it stays, as a flicker would say nothing. */
export const scene = signal<Scene | null>(null);
/** The same, once it is of whoever is chosen. */
export const chosenScene = computed(() => (scene.value?.id === chosen.value ? scene.value : null));
export const sceneTrouble = signal<string | null>(null);

interface Wanted {
  readonly id: string | null;
  readonly moment: Moment;
}

const positionAt = (at: Moment): string | null => (at === null ? null : String(at));

export const sceneOperation = (id: string, at: Moment): Operation =>
  operation(UserThenDocument, { id, position: positionAt(at) });

const load = latest(async (wanted: Wanted) => {
  try {
    const found = await lookUp(wanted);
    const changed = changedIn(found, scene.peek());
    batch(() => {
      scene.value = { ...found, changed };
      sceneTrouble.value = null;
    });
  } catch (error) {
    sceneTrouble.value = messageOf(error);
  }
});

async function lookUp({ id, moment: at }: Wanted): Promise<Omit<Scene, 'changed'>> {
  const position = positionAt(at);
  if (id === null) {
    const { asOf } = await ask(WorldThenDocument, { position });
    return { id, moment: at, ...placeOf(asOf), user: null, last: 0 };
  }
  const { asOf, user: present } = await ask(UserThenDocument, { id, position });
  return { id, moment: at, ...placeOf(asOf), user: asOf.user, last: present?.version ?? 0 };
}

const placeOf = (asOf: { readonly position: string; readonly at: string | null }) => ({
  position: Number(asOf.position),
  at: asOf.at,
});

function changedIn({ id, user }: Omit<Scene, 'changed'>, before: Scene | null): readonly Field[] {
  if (user === null || before?.id !== id) return [];
  return FIELDS.filter((field) => before.user?.[field] !== user[field]);
}

/** Shows whatever is chosen at whichever moment; the present anew whenever the log has grown. */
export function followScene(): void {
  effect(() => {
    if (viewer.value === null) return;
    if (moment.value === null && head.value === null) return;
    load({ id: chosen.value, moment: moment.value });
  });
}
