import { effect, signal } from '@preact/signals';
import { FirstEventDocument } from '../../generated/graphql';
import { ask } from '../api/ask';
import { head } from './pulse';
import { mayAudit } from './viewer';

/** Whether the log begins with the demo; only auditors see by what its events are marked. */
export const isDemo = signal(false);

export function followDemo(): void {
  effect(() => {
    if (mayAudit.value && head.value !== null && head.value > 0 && !isKnown) void look();
  });
}

let isKnown = false;

async function look(): Promise<void> {
  isKnown = true;
  const { events } = await ask(FirstEventDocument, {}).catch(() => ({ events: { nodes: [] } }));
  isDemo.value = events.nodes[0]?.causationId === 'demo';
}
