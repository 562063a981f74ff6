import { START, type Position, type RecordedEvent } from '../../core/event.js';
import type { WrittenCommit } from '../../core/inspection.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { logPlace, reasonOf, streamOf, type TellFault } from './fault.js';

/** An aggregate that holds a key, since an event. */
export interface Holder {
  readonly stream: string;
  readonly since: Position;
}

interface Followed {
  readonly state: unknown;
  readonly keys: readonly string[];
}

/**
 * Folds every aggregate commit by commit, and so which keys each holds: no two may hold one at once. Of
 * an aggregate with an event that cannot be folded, nothing is known from there on.
 */
export class ClaimsCheck {
  readonly #followed = new Map<string, Followed>();
  readonly #lost = new Set<string>();
  readonly #holders = new Map<string, readonly Holder[]>();
  /** Events before this one are missing, so keys that were claimed before may have been released. */
  #doubtful = START;

  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly tell: TellFault,
  ) {}

  /** Who holds which keys. */
  get holders(): ReadonlyMap<string, readonly Holder[]> {
    return this.#holders;
  }

  /** Whether it is not known what a stream came to. */
  hasLost(stream: string): boolean {
    return this.#lost.has(stream);
  }

  doubtBefore(position: Position): void {
    this.#doubtful = position;
  }

  lose(stream: string): void {
    this.#lost.add(stream);
    for (const key of this.#followed.get(stream)?.keys ?? []) this.#release(key, stream);
    this.#followed.delete(stream);
  }

  /** Takes the events of a commit, in their present form. */
  take(events: readonly RecordedEvent[], { offset }: WrittenCommit): void {
    const last = events.at(-1);
    if (last === undefined || this.#lost.has(streamOf(last))) return;
    const stream = streamOf(last);
    const before = this.#followed.get(stream);
    try {
      const state = events.reduce(
        (from, event) => this.vocabulary.evolve(from, event),
        before?.state,
      );
      const keys = [...new Set(this.vocabulary.heldIn(last.aggregateType, state))];
      this.#followed.set(stream, { state, keys });
      for (const key of before?.keys ?? []) if (!keys.includes(key)) this.#release(key, stream);
      for (const key of keys) if (!before?.keys.includes(key)) this.#claim(key, last, offset);
    } catch (cause) {
      this.lose(stream);
      const says = `${stream} cannot be folded beyond it (${reasonOf(cause)})`;
      this.tell({ kind: 'unreadable event', place: logPlace(last, offset), says });
    }
  }

  #claim(key: string, event: RecordedEvent, offset: number | null): void {
    const stream = streamOf(event);
    const holders = this.#holders.get(key) ?? [];
    const other = holders.find(({ since }) => since >= this.#doubtful);
    if (other !== undefined) {
      const says = `${stream} claims ${key}, which ${other.stream} holds since position ${other.since}`;
      this.tell({ kind: 'claim', place: logPlace(event, offset), says });
    }
    this.#holders.set(key, [...holders, { stream, since: event.position }]);
  }

  #release(key: string, stream: string): void {
    const others = (this.#holders.get(key) ?? []).filter((holder) => holder.stream !== stream);
    if (others.length === 0) this.#holders.delete(key);
    else this.#holders.set(key, others);
  }
}
