import { changesBetween, type FieldChange } from '../core/changes.js';
import type { DomainEvent, RecordedEvent, Version } from '../core/event.js';
import { blameOf, revisionOf, type Replayed } from '../core/fold.js';
import { advance, type Revision } from '../core/revision.js';
import type { Timestamp } from '../core/time.js';
import { approach, foldTo, readEvents, type Past } from './replay.js';

/** One step in an aggregate's history: the revision that an event made. */
export interface Step<State, E extends DomainEvent = DomainEvent> {
  readonly revision: Revision<State>;
  readonly event: RecordedEvent<E>;
  readonly changes: readonly FieldChange[];
  /** When the next revision took its place; null for the last that the question knows of. */
  readonly validTo: Timestamp | null;
}

/** The versions that are asked for, both inclusive, of an aggregate that is known up to `horizon`. */
export interface Steps {
  readonly from: Version;
  readonly through: Version;
  readonly horizon: Version;
}

/** The steps of a history, oldest first. */
export async function readSteps<State, E extends DomainEvent>(
  past: Past,
  aggregate: Replayed<State, E>,
  id: string,
  { from, through, horizon }: Steps,
): Promise<readonly Step<State, E>[]> {
  const first = Math.max(1, from);
  if (through < first) return [];
  const near = await approach(past, revisionOf(aggregate), id, first - 1);
  // What leads to the first of them, and who ended the last, come by the same read.
  const range = { after: near.version, throughVersion: Math.min(through + 1, horizon) };
  const events = await readEvents(past, aggregate, id, range);
  const steps: Step<State, E>[] = [];
  let before = near.result;
  for (const [index, event] of events.entries()) {
    if (event.version > through) break;
    const revision = advance(aggregate.decider, before, event);
    if (event.version >= first) {
      const changes = changesBetween(fieldsOf(aggregate, before), fieldsOf(aggregate, revision));
      const validTo = events[index + 1]?.recordedAt ?? null;
      steps.push({ revision, event, changes, validTo });
    }
    before = revision;
  }
  return steps;
}

/** What an aggregate shows at a revision; nothing before its first. */
const fieldsOf = <State, E extends DomainEvent>(
  { fields, decider }: Pick<Replayed<State, E>, 'fields' | 'decider'>,
  revision: Revision<State> | undefined,
) => fields(revision?.state ?? decider.initialState);

/** What differs between two versions of an aggregate. */
export async function diffBetween<State, E extends DomainEvent>(
  past: Past,
  aggregate: Replayed<State, E>,
  id: string,
  from: Version,
  to: Version,
): Promise<readonly FieldChange[]> {
  const [before, after] = await Promise.all([
    foldTo(past, revisionOf(aggregate), id, from),
    foldTo(past, revisionOf(aggregate), id, to),
  ]);
  return changesBetween(fieldsOf(aggregate, before), fieldsOf(aggregate, after));
}

export interface FieldBlame<E extends DomainEvent = DomainEvent> {
  readonly field: string;
  readonly event: RecordedEvent<E>;
}

/** For each field, the event that gave it the value that it has at a version. */
export async function blame<State, E extends DomainEvent>(
  past: Past,
  aggregate: Replayed<State, E>,
  id: string,
  version: Version,
): Promise<readonly FieldBlame<E>[]> {
  const { setBy = {} } = (await foldTo(past, blameOf(aggregate), id, version)) ?? {};
  const found = await Promise.all(
    Object.entries(setBy).map(async ([field, set]) => {
      const events = await readEvents(past, aggregate, id, { after: set - 1, throughVersion: set });
      return events.map((event) => ({ field, event }));
    }),
  );
  return found.flat();
}
