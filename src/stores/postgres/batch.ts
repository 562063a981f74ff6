import type { Commit } from '../../core/event-store.js';
import { streamKey } from '../record.js';

/**
 * Takes from a queue the commits that may be appended by one call, up to so many: those that have
 * nothing to do with one that stands before them, taken or left. The rest stays, in its order.
 */
export function takeBatch<Item extends { readonly commit: Named }>(
  queue: readonly Item[],
  most: number,
): { readonly batch: readonly Item[]; readonly rest: Item[] } {
  const seen = new Set<string>();
  const batch: Item[] = [];
  const rest: Item[] = [];
  for (const item of queue) {
    const names = namesOf(item.commit);
    const isFree = batch.length < most && !names.some((name) => seen.has(name));
    (isFree ? batch : rest).push(item);
    for (const name of names) seen.add(name);
  }
  return { batch, rest };
}

/** What of a commit is looked at here. */
type Named = Omit<Commit, 'events'>;

/** What two commits must not share. */
function namesOf({ stream, metadata, claims, releases }: Named): readonly string[] {
  const { commandId } = metadata;
  return [
    `stream ${streamKey(stream)}`,
    ...(commandId === null ? [] : [`command ${commandId}`]),
    ...[...claims, ...releases].map((key) => `key ${key}`),
  ];
}
