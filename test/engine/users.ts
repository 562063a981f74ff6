import type { Origin, Version } from '../../src/core/event.js';
import type { EventStore } from '../../src/core/event-store.js';
import type { AnyProjection, ReadModels } from '../../src/core/projection.js';
import type { Revision } from '../../src/core/revision.js';
import { vocabularyOf } from '../../src/core/vocabulary.js';
import { startApp, type App } from '../../src/engine/app.js';
import { execute } from '../../src/engine/execute.js';
import type { Outcome } from '../../src/engine/outcome.js';
import type { ProjectionNews } from '../../src/engine/projecting.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import type { UserCommand, UserCommandType } from '../../src/domains/user/commands.js';
import type { UserState } from '../../src/domains/user/decider.js';
import type { UserEvent } from '../../src/domains/user/events.js';
import { usersProjection } from '../../src/domains/user/projection.js';
import { MemoryReadModels } from '../../src/stores/memory-models.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { ORIGIN } from '../support/metadata.js';

export type UserOutcome = Outcome<UserState, UserEvent>;

export const VOCABULARY = vocabularyOf([userAggregate]);

/** What a caller says of a command beside its payload. */
export interface Said {
  readonly commandId?: string;
  readonly dryRun?: boolean;
  readonly origin?: Origin;
}
const UNSAID = { commandId: null, dryRun: false, origin: ORIGIN };

export interface Users {
  readonly app: App;
  readonly store: EventStore;
  /** What was told of projections, in order. */
  readonly news: readonly ProjectionNews[];
  readonly send: (
    command: UserCommand,
    expectedVersion: Version,
    said?: Said,
  ) => Promise<UserOutcome>;
  /** The same with a payload as it comes from outside. */
  readonly sendRaw: (
    type: UserCommandType,
    payload: unknown,
    expectedVersion: Version,
    said?: Said,
  ) => Promise<UserOutcome>;
  /** The user as the projection shows it. */
  readonly shown: (id: string) => Promise<Revision<UserState> | undefined>;
}

/** The user domain at work on a store in memory. */
export async function startUsers(
  store: EventStore = new MemoryStore(),
  moreProjections: readonly AnyProjection[] = [],
  readModels: ReadModels = new MemoryReadModels(),
  patience = 1_000,
): Promise<Users> {
  const news: ProjectionNews[] = [];
  let ids = 0;
  const app = await startApp({
    store,
    readModels,
    projections: [...moreProjections, usersProjection],
    vocabulary: VOCABULARY,
    patience,
    newId: () => `id-${(ids += 1)}`,
    digest: (text) => text,
    onProjectionNews: (each) => news.push(each),
  });
  const send = (
    type: UserCommandType,
    payload: unknown,
    expectedVersion: Version,
    said: Said = {},
  ) => execute(app, userAggregate, { ...UNSAID, ...said, type, payload, expectedVersion });
  return {
    app,
    store,
    news,
    send: (command, expectedVersion, said) => send(command.type, command, expectedVersion, said),
    sendRaw: send,
    shown: (id) => app.projector.model(usersProjection).get(id),
  };
}

export const create = (id: string, name = 'Ada', email: string | null = null): UserCommand => ({
  type: 'CreateUser',
  id,
  name,
  email,
});

export const rename = (id: string, name: string): UserCommand => ({ type: 'RenameUser', id, name });
export const changeEmail = (id: string, email: string | null): UserCommand => ({
  type: 'ChangeUserEmail',
  id,
  email,
});
export const deactivate = (id: string): UserCommand => ({
  type: 'DeactivateUser',
  id,
  reason: null,
});
export const reactivate = (id: string): UserCommand => ({ type: 'ReactivateUser', id });

/** How a command ended, in a word. */
export const codeOf = (outcome: UserOutcome): string =>
  outcome.kind === 'refused' ? outcome.code : outcome.kind;

/** Makes a user with so many events, each rename to a name of its own. */
export async function grow(users: Users, id: string, version: Version): Promise<void> {
  await users.send(create(id), 0);
  for (let last = 1; last < version; last += 1) {
    await users.send(rename(id, `name ${last + 1}`), last);
  }
}
