import { LRUCache } from 'lru-cache';
import type { DomainEvent, StreamId, Version } from '../core/event.js';
import { StoreUnavailable } from '../core/event-store.js';
import type { Fold } from '../core/fold.js';
import type { JsonObject } from '../core/json.js';
import type { FoldOf, KeptResults } from '../core/kept-results.js';

/** From one checkpoint to the next in events; fewer are folded again for a moment. */
export const CHECKPOINT_EVERY = 64;

/** From one to the next of those that outlive the process, in events. */
export const KEPT_EVERY = 64 * CHECKPOINT_EVERY;

const BYTES_AT_MOST = 64 << 20;
const CHARACTER_BYTES = 2;
const ENTRY_BYTES = 200;

/** What a fold had come to after a stream's first `version` events. */
export interface Checkpoint<Result> {
  readonly version: Version;
  readonly result: Result;
}

type AnyFold = Pick<Fold<unknown, DomainEvent>, 'name' | 'version' | 'type'>;

/**
 * Results of folds along long streams, so that a moment in them costs a few steps. They are made where
 * a fold comes by, and the least used are dropped where memory has its bound; a stream only ever grows
 * at its end, so one that is there is right for ever.
 */
export class Checkpoints {
  readonly #kept: LRUCache<string, object>;
  /** The end of the last one in each line. */
  readonly #lines = new Map<string, Promise<unknown>>();

  /** `bytes` is a bound on what the results take in memory, estimated from their JSON. */
  constructor(
    bytes = BYTES_AT_MOST,
    private readonly behind?: KeptResults,
  ) {
    this.#kept = new LRUCache({ maxSize: bytes });
  }

  /** Fetches what another process kept, where that is nearer to a version than what is here. */
  async recall<Result extends object, E extends DomainEvent>(
    fold: Fold<Result, E>,
    id: string,
    version: Version,
  ): Promise<void> {
    const nearest = version - (version % KEPT_EVERY);
    const here = this.before(fold, id, version)?.version ?? 0;
    if (this.behind === undefined || here >= nearest) return;
    // Without it, all is folded.
    const kept = await this.behind.read(nameOf(fold, id), version).catch(() => undefined);
    if (kept !== undefined && kept.version > here) this.offer(fold, id, kept, true);
  }

  /** The last checkpoint at or before a version, and after another, if there is one. */
  before<Result extends object, E extends DomainEvent>(
    fold: Fold<Result, E>,
    id: string,
    version: Version,
    after: Version = 0,
  ): Checkpoint<Result> | undefined {
    for (let at = version - (version % CHECKPOINT_EVERY); at > after; at -= CHECKPOINT_EVERY) {
      const result = this.#kept.get(keyOf(fold, id, at));
      // Only this fold keeps anything under its name.
      if (result !== undefined) return { version: at, result: result as Result };
    }
    return undefined;
  }

  /** Keeps a result, if it is one of those that are kept. */
  offer(fold: AnyFold, id: string, checkpoint: Checkpoint<object>, isKept = false): void {
    const { version, result } = checkpoint;
    if (version % CHECKPOINT_EVERY !== 0) return;
    const key = keyOf(fold, id, version);
    if (this.#kept.has(key)) return;
    const characters = key.length + JSON.stringify(result).length;
    this.#kept.set(key, result, { size: ENTRY_BYTES + characters * CHARACTER_BYTES });
    if (version % KEPT_EVERY === 0 && !isKept) this.#keep(fold, id, checkpoint);
  }

  /**
   * Goes a part of a long way along a stream, one at a time: of all who ask for a moment in it at once,
   * each leaves checkpoints for the others. Rejects with StoreUnavailable when one before it did: each
   * would find out for as long.
   */
  async inLine<T>(fold: AnyFold, id: string, work: () => Promise<T>): Promise<T> {
    const line = wayOf(fold, id);
    const answer = (this.#lines.get(line) ?? Promise.resolve()).then(work);
    const end = answer.then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof StoreUnavailable) throw error;
      },
    );
    end.catch(() => undefined);
    this.#lines.set(line, end);
    try {
      return await answer;
    } finally {
      if (this.#lines.get(line) === end) this.#lines.delete(line);
    }
  }

  #keep(fold: AnyFold, id: string, { version, result }: Checkpoint<object>): void {
    // Results of folds are JSON. Nobody waits for it, and a loss is no harm.
    const kept = { version, result: result as JsonObject };
    this.behind?.keep(nameOf(fold, id), kept).catch(() => undefined);
  }
}

const nameOf = ({ name, version, type }: AnyFold, id: StreamId['id']): FoldOf => ({
  fold: `${name}@${version}`,
  stream: { type, id },
});

const wayOf = ({ name, type }: AnyFold, id: StreamId['id']): string => `${name}/${type}/${id}`;

const keyOf = (fold: AnyFold, id: StreamId['id'], version: Version): string =>
  `${wayOf(fold, id)}@${version}`;
