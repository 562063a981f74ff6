import { FAULT_KINDS, type Fault, type FaultKind, type Place } from '../../engine/verify/fault.js';
import { count } from '../moving/progress.js';

/** How many faults of one kind are told one by one. */
const LINES_OF_A_KIND = 20;

/** Tells faults line by line, as they are found; of many of one kind, only how many more there are. */
export class Report {
  readonly #found = new Map<FaultKind, number>();

  constructor(private readonly print: (line: string) => void) {}

  /** How many faults there are. */
  get faults(): number {
    return [...this.#found.values()].reduce((sum, found) => sum + found, 0);
  }

  add({ kind, place, says }: Fault): void {
    const found = (this.#found.get(kind) ?? 0) + 1;
    this.#found.set(kind, found);
    if (found <= LINES_OF_A_KIND) this.print(`${textOf(place)}: ${kind}: ${says}.`);
  }

  end({ events, streams }: { readonly events: number; readonly streams: number }): void {
    for (const kind of FAULT_KINDS) {
      const more = (this.#found.get(kind) ?? 0) - LINES_OF_A_KIND;
      if (more > 0) this.print(`And ${count(more)} more: ${kind}.`);
    }
    const verdict = this.faults === 0 ? 'every promise holds' : count(this.faults, 'fault');
    this.print(`${count(events, 'event')}, ${count(streams, 'stream')}: ${verdict}.`);
  }
}

function textOf(place: Place): string {
  switch (place.of) {
    case 'log':
      return place.offset === null
        ? `position ${place.position}`
        : `byte ${place.offset}, position ${place.position}`;
    case 'file':
      return `byte ${place.offset}`;
    case 'table':
      return place.name;
    default:
      return place satisfies never;
  }
}
