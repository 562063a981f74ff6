import { positionOf, START, type RecordedEvent } from '../../src/core/event.js';
import type { JsonObject } from '../../src/core/json.js';
import type { EventStore } from '../../src/core/event-store.js';
import type { UserEvent } from '../../src/domains/user/events.js';
import { USER } from '../../src/domains/user/events.js';
import { METADATA } from '../support/metadata.js';

/** The whole log, however many reads it takes. */
export async function wholeLog(store: EventStore): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  let after = START;
  for (;;) {
    const slice = await store.readLog({ after, limit: 1000 });
    events.push(...slice.events);
    after = slice.reached;
    if (slice.complete) return events;
  }
}

export const positions = (events: readonly RecordedEvent[]): readonly number[] =>
  events.map((event) => event.position);

export const versions = (events: readonly RecordedEvent[]): readonly number[] =>
  events.map((event) => event.version);

/** 1, 2, 3 … */
export const upTo = (count: number, from = 1): readonly number[] =>
  Array.from({ length: count - from + 1 }, (_, index) => positionOf(from + index));

export const named = (name: string): UserEvent => ({ type: 'UserRenamed', data: { name } });

/** Puts events on a stream without asking anybody: for logs as this build would not write them. */
export async function write(
  store: EventStore,
  id: string,
  ...events: readonly {
    readonly type: string;
    readonly schemaVersion?: number;
    readonly data: JsonObject;
  }[]
): Promise<void> {
  const stream = { type: USER, id };
  const expectedVersion = (await store.readStream(stream)).length;
  const appended = await store.append({
    stream,
    expectedVersion,
    events: events.map((event, index) => ({
      schemaVersion: event.type === 'UserCreated' ? 2 : 1,
      ...event,
      id: `${id}-${expectedVersion + index + 1}`,
    })),
    metadata: METADATA,
    claims: [],
    releases: [],
  });
  if (appended.outcome !== 'appended') throw new Error(`${id} was written to meanwhile`);
}
