import type { DomainEvent, Position, RecordedEvent, StreamId, Version } from '../core/event.js';
import type { EventStore, StreamRange } from '../core/event-store.js';
import { revisionOf, type Fold, type Replayed } from '../core/fold.js';
import { BeyondTheEnd, type Moment } from '../core/moment.js';
import type { Revision } from '../core/revision.js';
import { known } from '../core/schemas.js';
import { isOthersTurn, othersTurn } from '../core/turn.js';
import { CHECKPOINT_EVERY, type Checkpoint, type Checkpoints } from './checkpoints.js';

/** How many events are read and folded at once: others have their turn then, and those in the same line. */
const SLICE_EVENTS = 1_000;

/** What a replay works with. */
export interface Past {
  readonly store: Pick<EventStore, 'readStream' | 'versionAt' | 'head' | 'headAt'>;
  readonly checkpoints: Pick<Checkpoints, 'recall' | 'before' | 'offer' | 'inLine'>;
}

/** A stream's events as its domain knows them. Rejects with UnknownEvent for one that it does not. */
export async function readEvents<E extends DomainEvent>(
  { store }: Pick<Past, 'store'>,
  { type, events: schemas }: Pick<Replayed<never, E>, 'type' | 'events'>,
  id: string,
  range?: StreamRange,
): Promise<readonly RecordedEvent<E>[]> {
  const events = await store.readStream({ type, id }, range);
  return events.map((event) => known(schemas, event));
}

/** What a stream's first events come to; nothing for none. */
type Reached<Result> = Checkpoint<Result | undefined>;

/** What a stream's first `version` events come to; undefined for none, fewer where it is shorter. */
export async function foldTo<Result extends object, E extends DomainEvent>(
  past: Past,
  fold: Fold<Result, E>,
  id: string,
  version: Version,
): Promise<Result | undefined> {
  const near = await approach(past, fold, id, version);
  const { result } = near.version < version ? await foldOn(past, fold, id, near, version) : near;
  return result;
}

/** Comes to less than {@link CHECKPOINT_EVERY} events before a version, where the stream is that long. */
export async function approach<Result extends object, E extends DomainEvent>(
  past: Past,
  fold: Fold<Result, E>,
  id: string,
  version: Version,
): Promise<Reached<Result>> {
  const { checkpoints } = past;
  // A request may ask for hundreds of them, and none may have to wait for anything.
  if (isOthersTurn()) await othersTurn();
  await checkpoints.recall(fold, id, version);
  const nearest = (from: Reached<Result>): Reached<Result> =>
    checkpoints.before(fold, id, version, from.version) ?? from;
  const isFar = (from: Reached<Result>) => version - from.version >= CHECKPOINT_EVERY;
  let reached = nearest({ version: 0, result: undefined });
  while (isFar(reached)) {
    const next = await checkpoints.inLine(fold, id, async () => {
      const from = nearest(reached);
      if (!isFar(from)) return from;
      if (isOthersTurn()) await othersTurn();
      return foldOn(past, fold, id, from, version);
    });
    if (next.version === reached.version) break;
    reached = next;
  }
  return reached;
}

/** Folds a slice more. */
async function foldOn<Result extends object, E extends DomainEvent>(
  past: Past,
  fold: Fold<Result, E>,
  id: string,
  { version: after, result: before }: Reached<Result>,
  version: Version,
): Promise<Reached<Result>> {
  const throughVersion = Math.min(version, after + SLICE_EVENTS);
  const events = await readEvents(past, fold, id, { after, throughVersion });
  let result = before;
  for (const event of events) {
    result = fold.step(result, event);
    past.checkpoints.offer(fold, id, { version: event.version, result });
  }
  return { version: events.at(-1)?.version ?? after, result };
}

/** The aggregate as it stands. */
export async function present<State, E extends DomainEvent>(
  past: Past,
  aggregate: Replayed<State, E>,
  id: string,
): Promise<Revision<State> | undefined> {
  const version = await past.store.versionAt({ type: aggregate.type, id });
  return foldTo(past, revisionOf(aggregate), id, version);
}

/**
 * An aggregate as it stood at a moment, folded from its events; undefined before its first. Rejects
 * with {@link BeyondTheEnd} for a version or position that does not exist yet. A time in the future
 * means now.
 */
export async function replay<State, E extends DomainEvent>(
  past: Past,
  aggregate: Replayed<State, E>,
  id: string,
  moment: Moment,
): Promise<Revision<State> | undefined> {
  const version = await resolveVersion(past.store, { type: aggregate.type, id }, moment);
  return foldTo(past, revisionOf(aggregate), id, version);
}

/** The version that a stream had at a moment. Rejects with {@link BeyondTheEnd}. */
export async function resolveVersion(
  store: Past['store'],
  stream: StreamId,
  moment: Moment,
): Promise<Version> {
  if (!('version' in moment)) return store.versionAt(stream, await resolvePosition(store, moment));
  const highest = await store.versionAt(stream);
  if (moment.version > highest) throw new BeyondTheEnd('version', moment.version, highest);
  return moment.version;
}

/** The position that a moment of the whole log means. Rejects with {@link BeyondTheEnd}. */
export async function resolvePosition(
  store: Past['store'],
  moment: Exclude<Moment, { readonly version: Version }>,
): Promise<Position> {
  if ('at' in moment) return (await store.headAt(moment.at)).position;
  const head = await store.head();
  if (moment.position > head.position) {
    throw new BeyondTheEnd('position', moment.position, head.position);
  }
  return moment.position;
}
