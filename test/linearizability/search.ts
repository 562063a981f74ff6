import { Timeline, type Timed } from './timeline.js';

export interface Model<State, Op> {
  readonly initial: State;
  /** The state afterwards; undefined where the operation would have been answered otherwise. */
  readonly step: (state: State, operation: Op) => State | undefined;
  /** Whether it changes nothing, in whatever state it can be answered as it was. */
  readonly isReadOnly: (operation: Op) => boolean;
  readonly keyOf: (state: State) => string;
}

/**
 * Whether there is an order of the operations that the model accepts and real time allows: what ended
 * before another began stands before it. An operation without an end may come late or never.
 *
 * Wing and Gong's search, with Lowe's memory of where it has been. What is only read is taken as
 * soon as it fits, for good: any order that has it later is as good with it here.
 */
export function isLinearizable<State, Op extends Timed>(
  model: Model<State, Op>,
  operations: readonly Op[],
): boolean {
  return new Search(model, operations).succeeds();
}

interface Placed<State> {
  readonly entry: number;
  readonly before: State;
  /** Whether another could have been tried in its place. */
  readonly isChoice: boolean;
}

class Search<State, Op extends Timed> {
  #state: State;
  #toEnd: number;
  readonly #timeline: Timeline<Op>;
  readonly #placed: Placed<State>[] = [];
  readonly #visited = new Set<string>();

  constructor(
    private readonly model: Model<State, Op>,
    operations: readonly Op[],
  ) {
    this.#state = model.initial;
    this.#timeline = new Timeline(operations);
    this.#toEnd = operations.filter(({ returned }) => returned !== null).length;
  }

  succeeds(): boolean {
    let entry = this.#timeline.first;
    while (this.#toEnd > 0) {
      const operation = this.#timeline.beginning(entry);
      if (operation === undefined) {
        // This operation has ended, so it had to be placed by now.
        const choice = this.#backtrack();
        if (choice === undefined) return false;
        entry = this.#timeline.after(choice);
      } else if (this.#place(entry, operation)) {
        entry = this.#timeline.first;
      } else {
        entry = this.#timeline.after(entry);
      }
    }
    return true;
  }

  #place(entry: number, operation: Op): boolean {
    const before = this.#state;
    const after = this.model.step(before, operation);
    if (after === undefined) return false;
    // What has no end need not come at all, least of all where it would change nothing.
    if (operation.returned === null && after === before) return false;
    const isChoice = !this.model.isReadOnly(operation);
    this.#move(entry, after, operation);
    this.#placed.push({ entry, before, isChoice });
    if (!isChoice || this.#isNew()) return true;
    this.#undo();
    return false;
  }

  #move(entry: number, after: State, { returned }: Op): void {
    this.#timeline.lift(entry);
    this.#state = after;
    if (returned !== null) this.#toEnd -= 1;
  }

  #isNew(): boolean {
    const { size } = this.#visited;
    this.#visited.add(`${this.#timeline.key()} ${this.model.keyOf(this.#state)}`);
    return this.#visited.size > size;
  }

  /** Takes back up to the last choice, and says where that was. */
  #backtrack(): number | undefined {
    let undone = this.#undo();
    while (undone !== undefined && !undone.isChoice) undone = this.#undo();
    return undone?.entry;
  }

  #undo(): Placed<State> | undefined {
    const last = this.#placed.pop();
    if (last === undefined) return undefined;
    this.#timeline.unlift(last.entry);
    this.#state = last.before;
    if (this.#timeline.beginning(last.entry)?.returned !== null) this.#toEnd += 1;
    return last;
  }
}
