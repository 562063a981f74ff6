import { randomUUID } from 'node:crypto';
import { accept, refuse, type Aggregate } from '../../src/core/decider.js';
import type { DomainEvent, RecordedEvent, Version } from '../../src/core/event.js';
import type { Commit, EventStore, NewEvent } from '../../src/core/event-store.js';
import { schemaVersionOf } from '../../src/core/schemas.js';
import { vocabularyOf } from '../../src/core/vocabulary.js';
import { METADATA } from '../support/metadata.js';

type Seats = readonly string[];

interface SeatEvent extends DomainEvent {
  readonly type: 'SeatsTaken' | 'SeatsLeft';
  readonly data: { readonly seats: Seats };
}

/**
 * A guest holds seats, and a seat has one guest at most. The first builds knew guests of one seat:
 * their `SeatsTaken` said `seat`.
 */
const guests: Aggregate<Seats, { readonly id: string }, SeatEvent> = {
  type: 'guest',
  version: 1,
  events: {
    SeatsTaken: [({ seat }) => ({ seats: seat === undefined ? [] : [seat] })],
    SeatsLeft: [],
  },
  commandTypes: [],
  creating: [],
  parse: () => ({ valid: false, issues: [] }),
  decider: {
    initialState: [],
    decide: () => accept(),
    evolve: (held, { type, data: { seats } }) => {
      const others = held.filter((seat) => !seats.includes(seat));
      return type === 'SeatsTaken' ? [...others, ...seats] : others;
    },
  },
  fields: (held) => ({ seats: held.join(', ') }),
  claims: { version: 1, heldIn: (held) => held, taken: (key) => refuse('ALREADY_EXISTS', key) },
};

export const SEATS = vocabularyOf([guests]);

export const guestOf = (id: string) => ({ type: guests.type, id });

interface Change {
  readonly leaves?: Seats;
  readonly takes?: Seats;
}

const eventOf = (type: SeatEvent['type'], seats: Seats): NewEvent => ({
  id: randomUUID(),
  type,
  schemaVersion: schemaVersionOf(guests.events, type),
  data: { seats },
});

/** A guest leaves seats and takes others, in one commit. */
export function seating(guest: string, expectedVersion: Version, change: Change): Commit {
  const { leaves = [], takes = [] } = change;
  return {
    stream: guestOf(guest),
    expectedVersion,
    events: [
      ...(leaves.length > 0 ? [eventOf('SeatsLeft', leaves)] : []),
      ...(takes.length > 0 ? [eventOf('SeatsTaken', takes)] : []),
    ],
    metadata: METADATA,
    claims: takes,
    releases: leaves,
  };
}

export const taking = (guest: string, version: Version, ...takes: string[]): Commit =>
  seating(guest, version, { takes });

export const leaving = (guest: string, version: Version, ...leaves: string[]): Commit =>
  seating(guest, version, { leaves });

/** What the first builds wrote when a guest took seats: an event for each, and no claims. */
export const takingOnce = (guest: string, version: Version, ...seats: string[]): Commit => ({
  ...taking(guest, version),
  events: seats.map((seat) => ({
    ...eventOf('SeatsTaken', []),
    schemaVersion: 1,
    data: { seat },
  })),
});

/** The seats that are held after these events. */
export function heldBy(events: readonly RecordedEvent[]): string[] {
  const held = new Set<string>();
  for (const { type, data } of events) {
    for (const seat of Array.isArray(data['seats']) ? data['seats'] : []) {
      if (type === 'SeatsTaken') held.add(String(seat));
      else held.delete(String(seat));
    }
  }
  return [...held];
}

/** Whether somebody holds a seat, as a guest who holds nothing finds out; it changes nothing. */
export async function isTaken(store: EventStore, seat: string): Promise<boolean> {
  const answer = await store.forecast(taking('a stranger', 0, seat));
  if (answer.outcome === 'taken') return true;
  if (answer.outcome === 'appended') return false;
  throw new Error(`not an answer about a seat: ${JSON.stringify(answer)}`);
}
