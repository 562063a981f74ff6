import { VersionThenDocument } from '../../generated/graphql';
import { ask } from '../api/ask';
import type { Fact } from '../api/facts';
import { latest } from '../api/latest';
import { chosen, moment, type Moment } from './place';
import { head } from './pulse';
import { chosenScene } from './scene';
import { stream } from './stream';

/** How many of the first events, which are in order, were recorded by a position. */
export function countUpTo(facts: readonly Fact[], position: number): number {
  return firstBeyond(facts, (fact) => fact.position > position);
}

/** The same by a time, in milliseconds. */
export function countUntil(facts: readonly Fact[], time: number): number {
  return firstBeyond(facts, (fact) => fact.time > time);
}

function firstBeyond(facts: readonly Fact[], isBeyond: (fact: Fact) => boolean): number {
  let [low, high] = [0, facts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const fact = facts[middle];
    if (fact !== undefined && isBeyond(fact)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Which version of the chosen aggregate is on the screen, of how many; null when none is chosen. */
export function versions(): { readonly shown: number; readonly last: number } | null {
  if (chosen.value === null) return null;
  const { value: seen } = chosenScene;
  const facts = stream.value?.facts ?? [];
  // They are still on their way, or not for this viewer.
  const last = Math.max(facts.length, seen?.last ?? 0);
  if (moment.value === null) return { shown: last, last };
  const isKnown = facts.length === last && last > 0;
  return { shown: isKnown ? countUpTo(facts, moment.value) : (seen?.user?.version ?? 0), last };
}

/** Moves by events of the chosen aggregate, or of the whole log when none is chosen. */
export function step(by: number): void {
  const place = versions();
  if (place === null) return stepThroughLog(by);
  const { shown, last } = place;
  if (moment.value !== null && shown === last && by > 0) moment.value = null;
  else goToVersion(Math.min(Math.max(shown + by, 0), last));
}

/** Shows the chosen aggregate as it was after so many of its events. */
export function goToVersion(version: number): void {
  const id = chosen.value;
  const known = stream.value?.facts[Math.max(version, 1) - 1];
  if (known !== undefined) goTo(version, known.position);
  else if (id !== null) lookUp({ id, version, from: moment.value });
}

/** Right before its first event there was no such aggregate. */
function goTo(version: number, position: number): void {
  moment.value = version === 0 ? position - 1 : position;
}

interface Wanted {
  readonly id: string;
  readonly version: number;
  /** The moment that was looked at then. */
  readonly from: Moment;
}

/** For who may not see events, and while they are on their way. */
const lookUp = latest(async ({ id, version, from }: Wanted) => {
  const asked = { id, version: Math.max(version, 1) };
  const answer = await ask(VersionThenDocument, asked).catch(() => null);
  const position = answer?.user?.revision?.position;
  const isWanted = chosen.peek() === id && moment.peek() === from;
  if (position !== undefined && isWanted) goTo(version, Number(position));
});

function stepThroughLog(by: number): void {
  if (head.value === null || (moment.value === null && by > 0)) return;
  moment.value = within((moment.value ?? head.value) + by, head.value);
}

const within = (position: number, end: number): Moment =>
  position > end ? null : Math.max(position, 0);
