/** Something that was under way for a while; without an end, for ever. */
export interface Timed {
  readonly invoked: number;
  readonly returned: number | null;
}

/**
 * The beginnings and ends of operations in the order of time, without those that were lifted out.
 * Entry 0 stands before the first; an entry is followed by another, or by 0 after the last.
 */
export class Timeline<Op extends Timed> {
  readonly #entries: readonly Entry<Op>[];
  readonly #next: Int32Array;
  readonly #before: Int32Array;
  /** For the entry of a beginning, that of the end; 0 if there is none. */
  readonly #end: Int32Array;

  constructor(operations: readonly Op[]) {
    this.#entries = operations.flatMap(entriesOf).toSorted(inTime);
    const size = this.#entries.length + 1;
    this.#next = Int32Array.from({ length: size }, (_, i) => (i + 1) % size);
    this.#before = Int32Array.from({ length: size }, (_, i) => (i + size - 1) % size);
    this.#end = new Int32Array(size);
    const begun = new Map<Op, number>();
    for (const [i, { operation, begins }] of this.#entries.entries()) {
      if (begins) begun.set(operation, i + 1);
      else this.#end[begun.get(operation) ?? 0] = i + 1;
    }
  }

  get first(): number {
    return this.after(0);
  }

  after(entry: number): number {
    return this.#next[entry] ?? 0;
  }

  /** The operation that begins here; undefined where one ends, and after the last entry. */
  beginning(entry: number): Op | undefined {
    const found = this.#entries[entry - 1];
    return found?.begins ? found.operation : undefined;
  }

  /** Takes out the operation that begins here. */
  lift(entry: number): void {
    this.#unlink(entry);
    const end = this.#end[entry] ?? 0;
    if (end !== 0) this.#unlink(end);
  }

  /** Puts back what was lifted last. */
  unlift(entry: number): void {
    const end = this.#end[entry] ?? 0;
    if (end !== 0) this.#relink(end);
    this.#relink(entry);
  }

  /** Names what is left: nothing was lifted that begins after the first end that is still there. */
  key(): string {
    let key = '';
    let entry = this.first;
    for (; this.beginning(entry) !== undefined; entry = this.after(entry)) key += `${entry},`;
    return `${key}${entry}`;
  }

  #unlink(entry: number): void {
    const [before, next] = this.#around(entry);
    this.#next[before] = next;
    this.#before[next] = before;
  }

  #relink(entry: number): void {
    const [before, next] = this.#around(entry);
    this.#next[before] = entry;
    this.#before[next] = entry;
  }

  #around(entry: number): readonly [number, number] {
    return [this.#before[entry] ?? 0, this.#next[entry] ?? 0];
  }
}

interface Entry<Op> {
  readonly time: number;
  readonly operation: Op;
  readonly begins: boolean;
}

function entriesOf<Op extends Timed>(operation: Op): readonly Entry<Op>[] {
  const begin = { time: operation.invoked, operation, begins: true };
  if (operation.returned === null) return [begin];
  return [begin, { time: operation.returned, operation, begins: false }];
}

/** At the same time, beginnings come first: what touches counts as concurrent. */
const inTime = <Op>(one: Entry<Op>, other: Entry<Op>): number =>
  one.time - other.time || Number(other.begins) - Number(one.begins);
