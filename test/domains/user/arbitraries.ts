import * as fc from 'fast-check';
import { positionOf, type RecordedEvent } from '../../../src/core/event.js';
import { known, schemaVersionOf } from '../../../src/core/schemas.js';
import { timestampOf } from '../../../src/core/time.js';
import type { UserCommand } from '../../../src/domains/user/commands.js';
import { userDecider } from '../../../src/domains/user/decider.js';
import { USER, USER_EVENTS, type UserEvent } from '../../../src/domains/user/events.js';
import { record } from '../../../src/stores/record.js';
import { METADATA } from '../../support/metadata.js';
import { stateAfter } from './given.js';

/** So few that commands meet each other's users. */
export const userIds = fc.constantFrom('ada', 'bob', 'eve');

const normalForm = (value: string): string => value.normalize('NFC').trim();

// Mostly from a few, so that commands which change nothing come up.
const names = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('Ada', 'Bob', 'Ödön', '🦉') },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .map(normalForm)
      .filter((name) => name !== ''),
  },
);
const emails = fc.constantFrom(null, 'one@example.org', 'two@example.org');
const reasons = fc.constantFrom(null, 'left', 'asked to');

/** Commands in their normal form, on the users with these ids. */
export const commandsOn = (
  ids: fc.Arbitrary<string>,
  addresses: fc.Arbitrary<string | null> = emails,
): fc.Arbitrary<UserCommand> =>
  fc.oneof(
    fc.record({ type: fc.constant('CreateUser'), id: ids, name: names, email: addresses }),
    fc.record({ type: fc.constant('RenameUser'), id: ids, name: names }),
    fc.record({ type: fc.constant('ChangeUserEmail'), id: ids, email: addresses }),
    fc.record({ type: fc.constant('DeactivateUser'), id: ids, reason: reasons }),
    fc.record({ type: fc.constant('ReactivateUser'), id: ids }),
  );

/** What follows from commands given one after another. */
const eventsOf = (commands: readonly UserCommand[]): readonly UserEvent[] =>
  commands.reduce<readonly UserEvent[]>((events, command) => {
    const decision = userDecider.decide(command, stateAfter(events));
    return decision.outcome === 'accepted' ? [...events, ...decision.events] : events;
  }, []);

/** The id of the user that generated histories and {@link commands} are about. */
export const USER_ID = 'ada';
export const commands = commandsOn(fc.constant(USER_ID));

/** What can have happened to one user, from nothing to a good deal. */
export const histories: fc.Arbitrary<readonly UserEvent[]> = fc
  .array(commands, { maxLength: 20 })
  .map(eventsOf);

/** The same as a stream among others: positions with gaps, and times that sometimes stand still. */
export const streams: fc.Arbitrary<readonly RecordedEvent<UserEvent>[]> = histories.chain(
  (events) =>
    fc
      .array(fc.record({ gap: fc.nat(3), pause: fc.nat(2) }), {
        minLength: events.length,
        maxLength: events.length,
      })
      .map((steps) => recordEach(events, steps)),
);

interface Step {
  readonly gap: number;
  readonly pause: number;
}

function recordEach(
  events: readonly UserEvent[],
  steps: readonly Step[],
): readonly RecordedEvent<UserEvent>[] {
  let position = 0;
  let time = Date.parse('2026-01-01T00:00:00Z');
  return events.flatMap((event, version) => {
    position += 1 + (steps[version]?.gap ?? 0);
    time += steps[version]?.pause ?? 0;
    const commit = {
      stream: { type: USER, id: USER_ID },
      expectedVersion: version,
      events: [
        {
          ...event,
          id: `event-${position}`,
          schemaVersion: schemaVersionOf(USER_EVENTS, event.type),
        },
      ],
      metadata: METADATA,
      claims: [],
      releases: [],
    };
    const before = { position: positionOf(position - 1), version };
    const recorded = record(commit, before, timestampOf(time));
    return recorded.map((one) => known<UserEvent>(USER_EVENTS, one));
  });
}
