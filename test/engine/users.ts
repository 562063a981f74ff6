import type { Metadata, Version } from '../../src/core/event.js';
import type { EventStore } from '../../src/core/event-store.js';
import type { AnyProjection, ReadModels } from '../../src/core/projection.js';
import type { Revision } from '../../src/core/revision.js';
import { startApp, type App } from '../../src/engine/app.js';
import { execute } from '../../src/engine/execute.js';
import type { Outcome } from '../../src/engine/outcome.js';
import type { ProjectionFailure } from '../../src/engine/projector.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import type { UserCommand, UserCommandType } from '../../src/domains/user/commands.js';
import type { UserState } from '../../src/domains/user/decider.js';
import type { UserEvent } from '../../src/domains/user/events.js';
import { usersProjection } from '../../src/domains/user/projection.js';
import { MemoryReadModels } from '../../src/stores/memory-models.js';
import { MemoryStore } from '../../src/stores/memory.js';

export const METADATA: Metadata = { actor: null, correlationId: 'test', causationId: null };

export type UserOutcome = Outcome<UserState, UserEvent>;

export interface Users {
  readonly app: App;
  readonly store: EventStore;
  /** What was told of failed projections, in order. */
  readonly failures: readonly ProjectionFailure[];
  readonly send: (
    command: UserCommand,
    expectedVersion: Version,
    metadata?: Metadata,
  ) => Promise<UserOutcome>;
  /** The same with a payload as it comes from outside. */
  readonly sendRaw: (
    type: UserCommandType,
    payload: unknown,
    expectedVersion: Version,
  ) => Promise<UserOutcome>;
  /** The user as the projection shows it. */
  readonly shown: (id: string) => Promise<Revision<UserState> | undefined>;
}

/** The user domain at work on a store in memory. */
export async function startUsers(
  store: EventStore = new MemoryStore(),
  moreProjections: readonly AnyProjection[] = [],
  readModels: ReadModels = new MemoryReadModels(),
): Promise<Users> {
  const failures: ProjectionFailure[] = [];
  let ids = 0;
  const app = await startApp({
    store,
    readModels,
    projections: [...moreProjections, usersProjection],
    newId: () => `id-${(ids += 1)}`,
    onProjectionFailure: (failure) => failures.push(failure),
  });
  const send = (
    type: UserCommandType,
    payload: unknown,
    expectedVersion: Version,
    metadata: Metadata,
  ) => execute(app, userAggregate, { type, payload, expectedVersion, metadata });
  return {
    app,
    store,
    failures,
    send: (command, expectedVersion, metadata = METADATA) =>
      send(command.type, command, expectedVersion, metadata),
    sendRaw: (type, payload, expectedVersion) => send(type, payload, expectedVersion, METADATA),
    shown: (id) => app.projector.model(usersProjection).get(id),
  };
}

export const create = (id: string, name = 'Ada'): UserCommand => ({
  type: 'CreateUser',
  id,
  name,
  email: null,
});

export const rename = (id: string, name: string): UserCommand => ({ type: 'RenameUser', id, name });
export const deactivate = (id: string): UserCommand => ({
  type: 'DeactivateUser',
  id,
  reason: null,
});
export const reactivate = (id: string): UserCommand => ({ type: 'ReactivateUser', id });

/** Makes a user with so many events, each rename to a name of its own. */
export async function grow(users: Users, id: string, version: Version): Promise<void> {
  await users.send(create(id), 0);
  for (let last = 1; last < version; last += 1) {
    await users.send(rename(id, `name ${last + 1}`), last);
  }
}
