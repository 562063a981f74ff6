import {
  GetBlame,
  GetDiff,
  GetHistory,
  GetUser,
  GetWorld,
  ListEvents,
  ListUsers,
} from '../../support/documents.js';
import type { Ask } from '../http.js';
import type { Ledger } from '../ledger.js';
import type { Population } from '../population.js';
import type { Random } from '../random.js';

export interface Question {
  readonly name: string;
  /** About a past that is known: the answer is the same for ever. */
  readonly isSettled: boolean;
  readonly put: (ask: Ask) => Promise<unknown>;
}

/** Somewhere in the log as far as anybody knows it. */
function someMoment(ledger: Ledger, random: Random): { position: string; at: string } {
  const position = 1 + random.below(ledger.head);
  const at = ledger.witnessed.get(position)?.recordedAt ?? new Date(0).toISOString();
  return { position: `${position}`, at };
}

/** Any question that a client may have, about now or a moment that was. */
export function someQuestion(ledger: Ledger, population: Population, random: Random): Question {
  const { id, version } = population.someVersion(random);
  const { position, at } = someMoment(ledger, random);
  const first = 1 + random.below(20);
  const now = (name: string, put: Question['put']) => ({ name, isSettled: false, put });
  const then = (name: string, put: Question['put']) => ({ name, isSettled: true, put });
  return random.oneOf([
    now('user', (ask) => ask(GetUser, { id })),
    now('users by name', (ask) =>
      ask(ListUsers, { first, orderBy: { field: 'NAME', direction: 'DESC' } }),
    ),
    now('users that are deactivated', (ask) =>
      ask(ListUsers, { last: first, where: { status: 'DEACTIVATED', nameContains: '1' } }),
    ),
    now('history', (ask) => ask(GetHistory, { id, last: first })),
    now('blame', (ask) => ask(GetBlame, { id })),
    now('diff', (ask) => ask(GetDiff, { id, from: { version } })),
    now('events', (ask) => ask(ListEvents, { last: first, where: { aggregateId: id } })),
    then('user at a version', (ask) => ask(GetUser, { id, atVersion: version })),
    then('user at a position', (ask) => ask(GetUser, { id, atPosition: position })),
    then('user at a time', (ask) => ask(GetUser, { id, at })),
    then('history at a version', (ask) => ask(GetHistory, { id, atVersion: version, first })),
    then('world at a position', (ask) => ask(GetWorld, { position, id, first: 5, last: 5 })),
    then('world at a time', (ask) => ask(GetWorld, { at, id, first: 5, last: 5 })),
  ]);
}
