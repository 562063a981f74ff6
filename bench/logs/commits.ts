import { positionOf } from '../../src/core/event.js';
import type { Commit } from '../../src/core/event-store.js';
import { timestampOf } from '../../src/core/time.js';
import { encodeLine } from '../../src/stores/lowdb/line.js';
import { record } from '../../src/stores/record.js';
import { NOBODY } from '../nobody.js';

/** How many events a user has, where nothing else is said. */
export const EVENTS_PER_USER = 10;
const FROM = Date.UTC(2024, 0, 1);

/** Who the events belong to of which this is one. */
export const userAt = (index: number, perUser: number): string =>
  `user-${Math.floor(index / perUser)}`;

/** The event at this place of a log, from 0, as a command appends it: users are created and renamed. */
export function commitAt(index: number, perUser = EVENTS_PER_USER): Commit {
  const version = index % perUser;
  const [id, name] = [uuidLike(index), `Name ${index}`];
  return {
    stream: { type: 'User', id: userAt(index, perUser) },
    expectedVersion: version,
    events: [
      version === 0
        ? {
            id,
            type: 'UserCreated',
            schemaVersion: 2,
            data: { name, email: null, status: 'active' },
          }
        : { id, type: 'UserRenamed', schemaVersion: 1, data: { name } },
    ],
    metadata: { ...NOBODY, correlationId: uuidLike(-index - 1) },
    claims: [],
    releases: [],
  };
}

/** The same as the line that the embedded store writes of it. */
export function lineAt(index: number, perUser = EVENTS_PER_USER): string {
  const commit = commitAt(index, perUser);
  const before = { position: positionOf(index), version: commit.expectedVersion };
  return encodeLine(record(commit, before, timestampOf(FROM + index)), before.position);
}

const uuidLike = (seed: number): string =>
  `01a207c7-0000-7000-8000-${(seed >>> 0).toString(16).padStart(12, '0')}`;
