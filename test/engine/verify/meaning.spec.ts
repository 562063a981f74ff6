import { describe, expect, it } from 'vitest';
import { accept, refuse, type Aggregate } from '../../../src/core/decider.js';
import { positionOf, type DomainEvent, type RecordedEvent } from '../../../src/core/event.js';
import { timestampOf } from '../../../src/core/time.js';
import { vocabularyOf } from '../../../src/core/vocabulary.js';
import { METADATA } from '../../support/metadata.js';
import { brief, DAMAGE, look } from './look.js';

type Seats = readonly string[];

interface SeatEvent extends DomainEvent {
  readonly type: 'Taken' | 'Left';
  readonly data: { readonly seat: string };
}

/** Guests hold seats. The first events said a row, which had to be a text. */
const guests: Aggregate<Seats, { readonly id: string }, SeatEvent> = {
  type: 'guest',
  version: 1,
  events: {
    Taken: [
      ({ row }) => {
        if (typeof row !== 'string') throw new TypeError('a row is\n a text');
        return { seat: row };
      },
    ],
    Left: [],
  },
  commandTypes: [],
  creating: [],
  parse: () => ({ valid: false, issues: [] }),
  decider: {
    initialState: [],
    decide: () => accept(),
    evolve(held, { type, data: { seat } }) {
      if (type === 'Taken') return [...held, seat];
      if (!held.includes(seat)) throw new Error('it is not theirs');
      return held.filter((each) => each !== seat);
    },
  },
  fields: () => ({}),
  claims: { version: 1, heldIn: (held) => held, taken: (key) => refuse('ALREADY_EXISTS', key) },
};
const VOCABULARY = vocabularyOf([guests]);

const taken = (seat: string, schemaVersion = 2) => ({
  type: 'Taken',
  schemaVersion,
  data: { seat },
});
const left = (seat: string) => ({ type: 'Left', schemaVersion: 1, data: { seat } });

type Said = Pick<RecordedEvent, 'type' | 'schemaVersion' | 'data'>;

/** A log of commits of guests, each with its name and events. */
function logOf(...commits: readonly (readonly [guest: string, ...said: Said[]])[]) {
  const versions = new Map<string, number>();
  let position = 0;
  return commits.map(([guest, ...said]) =>
    said.map((event): RecordedEvent => {
      position += 1;
      versions.set(guest, (versions.get(guest) ?? 0) + 1);
      return {
        ...METADATA,
        ...event,
        id: `event-${position}`,
        position: positionOf(position),
        aggregateType: 'guest',
        aggregateId: guest,
        version: versions.get(guest) ?? 0,
        recordedAt: timestampOf(position),
      };
    }),
  );
}

describe('what events mean', () => {
  it('is told where an upcaster cannot read them, in one line', async () => {
    const log = logOf(['ann', taken('A', 1)], ['bob', taken('B')]);
    const { faults } = await look(log, VOCABULARY);
    expect(brief(faults)).toEqual(['unreadable event 1']);
    expect(faults[0]?.says).toBe('Taken cannot be brought to its present form (a row is a text)');
  });

  it('is told where they make no history, and once for an aggregate', async () => {
    const log = logOf(['ann', left('A')], ['ann', left('B')], ['bob', left('B')]);
    expect(brief((await look(log, VOCABULARY)).faults)).toEqual([
      'unreadable event 1',
      'unreadable event 3',
    ]);
  });
});

describe('claims', () => {
  it('may go from one to another, and back within a commit', async () => {
    const log = logOf(
      ['ann', taken('A'), taken('B')],
      ['ann', left('A')],
      ['bob', taken('A')],
      // It is what a commit comes to that counts.
      ['ann', taken('A'), left('A')],
      ['bob', left('A'), taken('A')],
    );
    expect((await look(log, VOCABULARY)).faults).toEqual([]);
  });

  it('are told of each who claims what another holds', async () => {
    const log = logOf(
      ['ann', taken('A')],
      ['bob', taken('A')],
      ['cid', taken('A')],
      ['ann', left('A')],
      ['dan', taken('A')],
    );
    const { faults } = await look(log, VOCABULARY);
    expect(brief(faults)).toEqual(['claim 2', 'claim 3', 'claim 5']);
    expect(faults[0]?.says).toBe('guest/bob claims A, which guest/ann holds since position 1');
    expect(faults[2]?.says).toBe('guest/dan claims A, which guest/bob holds since position 2');
  });

  it('are not doubted where the one who holds a key may have let go of it unseen', async () => {
    const unknown = { ...left('A'), type: 'Vanished' };
    const [first, lost, ...rest] = logOf(
      ['ann', taken('A'), taken('B')],
      ['ann', left('A')],
      ['bob', taken('A')],
      ['cid', unknown, taken('C')],
      ['dan', taken('C')],
      ['eve', taken('A')],
    );
    expect(lost).toHaveLength(1);
    const { faults } = await look([first ?? [], DAMAGE, ...rest], VOCABULARY);
    expect(brief(faults)).toEqual(['damage', 'unknown event 5', 'claim 8']);
  });
});
