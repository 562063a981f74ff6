import { effect, signal } from '@preact/signals';
import {
  BlameDocument,
  DiffDocument,
  type BlameQuery,
  type DiffQuery,
} from '../../generated/graphql';
import { ask } from '../api/ask';
import { messageOf } from '../api/failure';
import { latest } from '../api/latest';
import { chosen, pins } from './place';
import { mayAudit, viewer } from './viewer';

type Change = NonNullable<DiffQuery['user']>['diff'][number];
type Blame = NonNullable<BlameQuery['user']>['blame'][number];

/** Two moments of the chosen user, the earlier one first. */
export interface Comparison {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly changes: readonly Change[];
  /** Who set each field last by the later moment; empty for who may not see events. */
  readonly blame: readonly Blame[];
  readonly trouble: string | null;
}

export const comparison = signal<Comparison | null>(null);

interface Wanted {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly withBlame: boolean;
}

export const diffVariables = ({ id, from, to }: Pick<Wanted, 'id' | 'from' | 'to'>) => ({
  id,
  from: String(from),
  to: String(to),
});

const load = latest(async (wanted: Wanted | null) => {
  if (wanted === null) {
    comparison.value = null;
    return;
  }
  const { id, from, to } = wanted;
  try {
    const [{ user }, blamed] = await Promise.all([
      ask(DiffDocument, diffVariables(wanted)),
      wanted.withBlame ? ask(BlameDocument, { id, position: String(to) }) : null,
    ]);
    const blame = blamed?.user?.blame ?? [];
    comparison.value = { id, from, to, changes: user?.diff ?? [], blame, trouble: null };
  } catch (error) {
    comparison.value = { id, from, to, changes: [], blame: [], trouble: messageOf(error) };
  }
});

/** Compares as soon as two moments are pinned. */
export function followPins(): void {
  effect(() => {
    const [id, a, b] = [chosen.value, pins.a.value, pins.b.value];
    if (viewer.value === null || id === null || a === null || b === null) load(null);
    else load({ id, from: Math.min(a, b), to: Math.max(a, b), withBlame: mayAudit.value });
  });
}
