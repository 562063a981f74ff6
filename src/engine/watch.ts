import type { DomainEvent } from '../core/event.js';
import type { Replayed } from '../core/fold.js';
import type { Revision } from '../core/revision.js';
import { Cursor, type Feed } from './feed.js';
import { Pull } from './pull.js';
import { present, type Past } from './replay.js';

/**
 * An aggregate as it stands, then again after each change. It is read when the watcher is ready for it,
 * so changes that come meanwhile are one, and the last one seen is the latest. Undefined for an
 * aggregate that does not exist.
 */
export async function watch<State, E extends DomainEvent>(
  past: Past & { readonly tail: Feed },
  aggregate: Replayed<State, E>,
  id: string,
): Promise<Pull<Revision<State>> | undefined> {
  const { position } = await past.tail.head();
  const now = await present(past, aggregate, id);
  if (now === undefined) return undefined;
  const where = { aggregateType: aggregate.type, aggregateId: id };
  const cursor = new Cursor(past.tail, position, where);
  return new Watching(cursor, now, () => present(past, aggregate, id));
}

class Watching<State> extends Pull<Revision<State>> {
  #seen = 0;

  constructor(
    private readonly cursor: Cursor,
    private readonly first: Revision<State>,
    private readonly read: () => Promise<Revision<State> | undefined>,
  ) {
    super();
  }

  protected async pull(): Promise<IteratorResult<Revision<State>, undefined>> {
    if (this.#seen === 0) return this.#show(this.first);
    for (;;) {
      const slice = await this.cursor.next();
      if (slice.done) return { done: true, value: undefined };
      const last = slice.value.events.at(-1);
      if (last === undefined || last.version <= this.#seen) continue;
      const revision = await this.read();
      if (revision !== undefined) return this.#show(revision);
    }
  }

  protected async leave(): Promise<void> {
    await this.cursor.return();
  }

  #show(value: Revision<State>): IteratorResult<Revision<State>, undefined> {
    this.#seen = value.version;
    return { done: false, value };
  }
}
