import { computed, effect, signal, untracked } from '@preact/signals';
import { RecentDocument, type EventFilter } from '../../generated/graphql';
import { ask, patiently } from '../api/ask';
import { factOf, type Fact } from '../api/facts';
import { messageOf } from '../api/failure';
import { listen } from '../api/listen';
import { feelPulse } from './pulse';
import { mayAudit } from './viewer';

/** How the tail hears of what happens. */
export type Hearing =
  | { readonly kind: 'beginning' | 'listening' | 'lost' }
  /** The connection was lost, and it went on behind this position: nothing was missed. */
  | { readonly kind: 'resumed'; readonly after: string }
  | { readonly kind: 'refused'; readonly why: string };

const RECENT = 50;
const KEPT = 500;

/** Only events of this type and of this aggregate; empty for any. */
export const typeFilter = signal('');
export const aggregateFilter = signal('');
/** The last events, the newest first. */
export const tail = signal<readonly Fact[]>([]);
export const hearing = signal<Hearing>({ kind: 'beginning' });
/** What has come since the tail was paused, the newest first; null when it is not. */
export const held = signal<readonly Fact[] | null>(null);
/** How many those were, as only the last are kept. */
export const heldCount = signal(0);

export const where = computed((): EventFilter => ({
  ...(typeFilter.value === '' ? {} : { types: [typeFilter.value] }),
  ...(aggregateFilter.value === '' ? {} : { aggregateId: aggregateFilter.value }),
}));

export const recentVariables = computed(() => ({ where: where.value, last: RECENT }));

export function pause(): void {
  heldCount.value = 0;
  held.value = [];
}

export function resume(): void {
  tail.value = [...(held.value ?? []), ...tail.value].slice(0, KEPT);
  held.value = null;
}

/** Shows what happened last, and then what happens, by the filter that is set. */
export function followTail(): void {
  effect(() => {
    if (!mayAudit.value) return undefined;
    const only = where.value;
    let isOver = false;
    let hangUp: (() => void) | undefined;
    void untracked(() => begin(only, () => isOver)).then((ready) => {
      if (isOver || ready === null) return;
      tail.value = ready.facts;
      if (held.peek() !== null) pause();
      hangUp = listen({ where: only, after: ready.position }, listener);
    });
    return () => {
      isOver = true;
      hangUp?.();
    };
  });
}

async function begin(only: EventFilter, isOver: () => boolean) {
  hearing.value = { kind: 'beginning' };
  try {
    const question = () => ask(RecentDocument, { where: only, last: RECENT });
    const { asOf } = await patiently(question, isOver);
    return { position: asOf.position, facts: asOf.events.nodes.map(factOf).toReversed() };
  } catch (error) {
    if (!isOver()) hearing.value = { kind: 'refused', why: messageOf(error) };
    return null;
  }
}

const listener = {
  onFrame: ({ event }: { readonly event: Parameters<typeof factOf>[0] | null }): void => {
    if (hearing.peek().kind === 'beginning') hearing.value = { kind: 'listening' };
    if (event === null) return;
    take(factOf(event));
    feelPulse();
  },
  onLost: (): void => {
    hearing.value = { kind: 'lost' };
  },
  onResumed: (after: string): void => {
    hearing.value = { kind: 'resumed', after };
  },
  onRefused: (why: string): void => {
    hearing.value = { kind: 'refused', why };
  },
};

function take(fact: Fact): void {
  const waiting = held.peek();
  if (waiting === null) {
    tail.value = [fact, ...tail.peek()].slice(0, KEPT);
    return;
  }
  held.value = [fact, ...waiting].slice(0, KEPT);
  heldCount.value += 1;
}
