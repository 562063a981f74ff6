import { computed, effect, signal } from '@preact/signals';
import { ActivityDocument } from '../../generated/graphql';
import { ask } from '../api/ask';
import { latest } from '../api/latest';
import { head } from './pulse';
import { viewer } from './viewer';

/** Times in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How much happened in equal spans of time. */
export interface Activity {
  /** The middle of each span. */
  readonly times: readonly number[];
  readonly counts: readonly number[];
}

const BUCKETS = 120;
/** How often it is looked at anew while the log grows, in milliseconds. */
const EVERY = 5_000;
/** What is shown of a log in which everything happened at once, in milliseconds. */
const SHORTEST = 2_000;

/** The part of the log's time that is looked at closely; null for all of it. */
export const zoom = signal<Span | null>(null);
export const activity = signal<Activity | null>(null);
/** All of the log's time. */
const whole = signal<Span | null>(null);

/** What the timeline shows, with room behind the last event: that is now. */
export const shownSpan = computed((): Span | null => {
  const span = zoom.value ?? whole.value;
  if (span === null) return null;
  const length = Math.max(span.to - span.from, SHORTEST);
  return { from: span.from, to: span.from + length * (zoom.value === null ? 1.03 : 1) };
});

/** Looks four times as closely at what is around a time. */
export function zoomIn(time: number): void {
  const { value: span } = shownSpan;
  if (span === null) return;
  const half = (span.to - span.from) / 8;
  zoom.value = { from: time - half, to: time + half };
}

export const activityVariables = () => ({
  from: zoom.value === null ? null : new Date(zoom.value.from).toISOString(),
  to: zoom.value === null ? null : new Date(zoom.value.to).toISOString(),
  buckets: BUCKETS,
});

const load = latest(async (variables: ReturnType<typeof activityVariables>) => {
  const { activity: spans } = await ask(ActivityDocument, variables).catch(() => ({
    activity: [],
  }));
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined) return;
  const span = { from: Date.parse(first.from), to: Date.parse(last.to) };
  const half = (span.to - span.from) / spans.length / 2;
  if (variables.from === null) whole.value = span;
  activity.value = {
    times: spans.map(({ from }) => Date.parse(from) + half),
    counts: spans.map(({ events }) => events),
  };
});

const isThere = computed(() => viewer.value !== null && (head.value ?? 0) > 0);

/** Keeps the density of the log in step with it. */
export function followActivity(): void {
  let next: number | undefined;
  effect(() => {
    if (isThere.value) load(activityVariables());
  });
  effect(() => {
    if (head.value === null || next !== undefined) return;
    next = window.setTimeout(() => {
      next = undefined;
      if (isThere.value) load(activityVariables());
    }, EVERY);
  });
}
