import { computed, signal } from '@preact/signals';
import { ViewerDocument, type ViewerQuery } from '../../generated/graphql';
import { ask } from '../api/ask';

/** Who looks, and what they may do; null before the server has said so. */
export const viewer = signal<ViewerQuery['viewer'] | null>(null);

const has = (role: ViewerQuery['viewer']['roles'][number]) =>
  computed(() => viewer.value?.roles.includes(role) ?? false);

/** What happened is for auditors; what is, is for readers. */
export const mayAudit = has('AUDITOR');
export const mayCommand = has('WRITER');
export const mayAdminister = has('ADMIN');

/** Rejects with Failure. */
export async function askWhoLooks(): Promise<void> {
  ({ viewer: viewer.value } = await ask(ViewerDocument, {}));
}
