import { positionOf } from '../../src/core/event.js';
import type { Commit } from '../../src/core/event-store.js';
import { timestampOf, type Timestamp } from '../../src/core/time.js';
import { encodeLine } from '../../src/stores/lowdb/line.js';
import { record, type RecordedCommit } from '../../src/stores/record.js';
import { NOBODY } from '../nobody.js';

/** How many events a log holds, and how they are spread: all of one user, then all of the next. */
export interface Shape {
  readonly events: number;
  readonly perUser: number;
}

/** How many events a user has, where nothing else is said. */
export const EVENTS_PER_USER = 10;
const FROM = Date.UTC(2024, 0, 1);

export const userName = (user: number): string => `user-${user}`;

/** When the event at a place was recorded: one a millisecond. */
export const timeAt = (index: number): Timestamp => timestampOf(FROM + index);

/** The event at this place of a log, from 0, as a command appends it: users are created and renamed. */
export function commitAt(index: number, perUser = EVENTS_PER_USER): Commit {
  const version = index % perUser;
  const [id, name] = [uuidLike(index), `Name ${index}`];
  return {
    stream: { type: 'User', id: userName(Math.floor(index / perUser)) },
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

/** The same as the log holds it. */
export function recordedAt(index: number, perUser = EVENTS_PER_USER): RecordedCommit {
  const commit = commitAt(index, perUser);
  const before = { position: positionOf(index), version: commit.expectedVersion };
  return record(commit, before, timeAt(index));
}

/** The same as the line that the embedded store writes of it. */
export const lineAt = (index: number, perUser = EVENTS_PER_USER): string =>
  encodeLine(recordedAt(index, perUser), positionOf(index));

const uuidLike = (seed: number): string =>
  `01a207c7-0000-7000-8000-${(seed >>> 0).toString(16).padStart(12, '0')}`;
