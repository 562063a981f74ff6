import { LRUCache } from 'lru-cache';
import type { Revision } from '../core/revision.js';

const REVISIONS_AT_MOST = 10_000;

/**
 * What aggregates came to by the last commands here, so that the next command on one needs no look at
 * its stream. It may be behind what another server appended: the append is the authority.
 */
export class Recent {
  readonly #kept = new LRUCache<string, Revision<unknown>>({ max: REVISIONS_AT_MOST });

  get<State>(type: string, id: string): Revision<State> | undefined {
    // Only the aggregate of this type keeps anything under it.
    return this.#kept.get(`${type}/${id}`) as Revision<State> | undefined;
  }

  keep(type: string, revision: Revision<unknown>): void {
    this.#kept.set(`${type}/${revision.id}`, revision);
  }
}
