import type { RecordedEvent } from '../../core/event.js';
import type { WrittenCommit } from '../../core/inspection.js';
import { logPlace, type TellFault } from './fault.js';

/** A set of texts that only grows; answers whether one is new. */
export interface Seen {
  add(text: string): boolean;
}

/** Names that may be there once only: of events, and of the commands that led to them. */
export class NamesCheck {
  readonly #ids: Seen;
  readonly #commands: Seen;

  constructor(
    newSeen: () => Seen,
    private readonly tell: TellFault,
  ) {
    this.#ids = newSeen();
    this.#commands = newSeen();
  }

  take(events: readonly RecordedEvent[], { offset }: WrittenCommit): void {
    for (const event of events) {
      if (this.#ids.add(event.id)) continue;
      const says = `its id ${event.id} is that of an event before it`;
      this.tell({ kind: 'event id', place: logPlace(event, offset), says });
    }
    const [first] = events;
    if (first === undefined || first.commandId === null || this.#commands.add(first.commandId))
      return;
    const says = `its commandId ${first.commandId} is that of a commit before it`;
    this.tell({ kind: 'command id', place: logPlace(first, offset), says });
  }
}
