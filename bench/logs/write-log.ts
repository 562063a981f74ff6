import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { positionOf } from '../../src/core/event.js';
import { timestampOf, type Timestamp } from '../../src/core/time.js';
import { encodeLine } from '../../src/stores/lowdb/line.js';
import { lastOf, record, type RecordedCommit } from '../../src/stores/record.js';
import { NOBODY } from '../nobody.js';

/** How many events a log holds, and how they are spread: all of one user, then all of the next. */
export interface Shape {
  readonly events: number;
  readonly eventsPerUser: number;
}

export const userName = (user: number): string => `user-${user}`;

/** When an event was recorded: one a millisecond. */
export const timeOf = (position: number): Timestamp =>
  timestampOf(1_700_000_000_000 + position - 1);

/** Users that are created and renamed, a commit for each event. */
export function* commitsOf({ events, eventsPerUser }: Shape): Generator<RecordedCommit> {
  for (let position = 0; position < events; position += 1) {
    const user = Math.floor(position / eventsPerUser);
    const version = position % eventsPerUser;
    const data = {
      name: `Name ${position}`,
      ...(version === 0 ? { email: null, status: 'active' } : {}),
    };
    const [id, correlationId] = [uuidLike(position), uuidLike(-position - 1)];
    yield record(
      {
        stream: { type: 'User', id: userName(user) },
        expectedVersion: version,
        events: [
          version === 0
            ? { id, type: 'UserCreated', schemaVersion: 2, data }
            : { id, type: 'UserRenamed', schemaVersion: 1, data },
        ],
        metadata: { ...NOBODY, correlationId },
        claims: [],
        releases: [],
      },
      { position: positionOf(position), version },
      timeOf(position + 1),
    );
  }
}

/** Writes the log of an embedded store; answers how many bytes it has. */
export async function writeLog(path: string, shape: Shape): Promise<number> {
  const file = createWriteStream(path);
  for (const commit of commitsOf(shape)) {
    const line = encodeLine(commit, positionOf(lastOf(commit).position - 1));
    if (!file.write(line)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
  return file.bytesWritten;
}

const uuidLike = (seed: number): string =>
  `01a207c7-0000-7000-8000-${(seed >>> 0).toString(16).padStart(12, '0')}`;
