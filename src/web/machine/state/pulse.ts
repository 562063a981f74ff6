import { computed, effect, signal } from '@preact/signals';
import { PulseDocument, type PulseQuery } from '../../generated/graphql';
import { ask } from '../api/ask';
import { messageOf } from '../api/failure';
import { delay, latest } from '../api/latest';
import { signedOut } from '../api/session';

type Projection = PulseQuery['projections'][number];

/** A projection, and how far it was behind each time it was asked, the last at the end. */
export interface Followed extends Projection {
  readonly lags: readonly number[];
}

const EVERY = 2_000;
/** However fast events come. */
const AT_LEAST = 500;
/** After an answer that was none. */
const EVERY_IN_TROUBLE = 5_000;
const LAGS_KEPT = 60;

/** Where the log ends; null before the server has said so. */
export const head = signal<number | null>(null);
export const projections = signal<readonly Followed[]>([]);
/** Why the page does not know how things stand; null when it does. */
export const trouble = signal<string | null>(null);
export const isEmpty = computed(() => head.value === 0);

let timer = 0;

const feel = latest(async () => {
  clearTimeout(timer);
  try {
    const answer = await ask(PulseDocument, {});
    const position = Number(answer.head.position);
    // It is another log than the one that all of this page is about.
    if (position < (head.peek() ?? 0)) location.reload();
    projections.value = answer.projections.map(follow);
    head.value = position;
    trouble.value = null;
  } catch (error) {
    trouble.value = messageOf(error);
  }
  const wait = trouble.value === null ? EVERY : EVERY_IN_TROUBLE;
  if (!document.hidden && signedOut.peek() === null) timer = window.setTimeout(feelPulse, wait);
  await delay(AT_LEAST);
});

/** Asks now how things stand, or soon when that was just asked. */
export const feelPulse = (): void => feel(undefined);

/** One that is rebuilt stands beside the one in use, by the same name and version. */
export const keyOf = ({ name, version, status }: Projection): string =>
  `${name}@${version}${status === 'REBUILDING' ? ' anew' : ''}`;

function follow(projection: Projection): Followed {
  const before = projections.value.find((each) => keyOf(each) === keyOf(projection));
  return { ...projection, lags: [...(before?.lags ?? []), projection.lag].slice(-LAGS_KEPT) };
}

/** Asks every two seconds, as long as somebody looks. */
export function keepPulse(): void {
  effect(() => {
    if (signedOut.value !== null) clearTimeout(timer);
    else feelPulse();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) clearTimeout(timer);
    else if (signedOut.value === null) feelPulse();
  });
}
