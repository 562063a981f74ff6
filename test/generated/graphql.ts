/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Another e-mail address for a user. */
export type ChangeUserEmailInput = {
  /** null removes the address; it may not be left out. */
  email?: string | null | undefined;
  /** Which user. */
  id: string | number;
};

/** Why a command was not carried out. */
export type CommandErrorCode =
  /** There is such an aggregate already. */
  | 'ALREADY_EXISTS'
  /** The commandId was used before, for another command. */
  | 'COMMAND_ID_REUSED'
  /** The aggregate is deactivated. */
  | 'DEACTIVATED'
  /** Another user has the e-mail address, in whatever case. */
  | 'EMAIL_TAKEN'
  /** There is no such aggregate. */
  | 'NOT_FOUND'
  /** The input does not make a command. */
  | 'VALIDATION_FAILED'
  /** The aggregate has moved on since the caller last saw it. */
  | 'VERSION_CONFLICT';

/** A user to be. */
export type CreateUserInput = {
  /** None when left out. */
  email?: string | null | undefined;
  /** 1 to 128 letters, digits or . _ : - with a letter or digit first; made by the server when left out. */
  id?: string | number | null | undefined;
  /** 1 to 200 characters, white space at the ends apart. */
  name: string;
};

/** A user to deactivate. */
export type DeactivateUserInput = {
  /** Which user. */
  id: string | number;
  /** At most 1000 characters. */
  reason?: string | null | undefined;
};

/** Which events; all of it must hold, and what is left out does not restrict. */
export type EventFilter = {
  /** Only of this aggregate. */
  aggregateId?: string | number | null | undefined;
  /** Only of this kind of aggregate. */
  aggregateType?: string | null | undefined;
  /** Only those that this request led to. */
  correlationId?: string | number | null | undefined;
  /** Only these types of event, at most 100. */
  types?: Array<string> | null | undefined;
};

/** A point in the past. Exactly one of the three. */
export type Moment = {
  /** After all that was recorded up to then; a time to come means now. */
  at?: string | null | undefined;
  /** After this event of the log. */
  position?: string | null | undefined;
  /** After this many of its events. */
  version?: number | null | undefined;
};

/** Which way a list runs. */
export type OrderDirection =
  /** The least or the earliest first. */
  | 'ASC'
  /** The greatest or the latest first. */
  | 'DESC';

/** How a projection stands. */
export type ProjectionStatus =
  /** It goes through what was appended while it did not run. */
  | 'CATCHING_UP'
  /** It could not go on, and is tried again every second. The log of the server says why. */
  | 'FAILED'
  /** It follows the log. */
  | 'LIVE'
  /** It is folded anew from the first event on. */
  | 'REBUILDING';

/** A user to reactivate. */
export type ReactivateUserInput = {
  /** Which user. */
  id: string | number;
};

/** Another name for a user. */
export type RenameUserInput = {
  /** Which user. */
  id: string | number;
  /** 1 to 200 characters, white space at the ends apart. */
  name: string;
};

/** What somebody may do. */
export type Role =
  /** Everything. */
  | 'ADMIN'
  /** A reader who also sees events: who did what, and when. */
  | 'AUDITOR'
  /** Queries the present and any moment. */
  | 'READER'
  /** Sends mutations. */
  | 'WRITER';

/** Which users; all of it must hold, and what is left out does not restrict. */
export type UserFilter = {
  /** The whole address, in any case. */
  email?: string | null | undefined;
  /** A part of the name, in any case. */
  nameContains?: string | null | undefined;
  /** Only those in this state. */
  status?: UserStatus | null | undefined;
};

/** The order of a list of users. */
export type UserOrder = {
  /** Which way the list runs. */
  direction?: OrderDirection;
  /** What they are listed by. */
  field?: UserOrderField;
};

/** What users can be listed by. */
export type UserOrderField =
  /** When they were created. */
  | 'CREATED_AT'
  /** Without regard to case, by code points. */
  | 'NAME'
  /** When they last changed. */
  | 'UPDATED_AT';

/** Whether a user takes commands. */
export type UserStatus =
  /** Takes every command. */
  | 'ACTIVE'
  /** Refuses every command but reactivateUser. */
  | 'DEACTIVATED';

export type RevisionsQueryVariables = Exact<{
  id: string | number;
}>;


export type RevisionsQuery = { user: { id: string, revision: { userId: string, name: string, version: number } | null, history: { edges: Array<{ cursor: string, node: { userId: string, name: string, version: number, changes: Array<{ field: string, from: string | null, to: string | null }> } }>, pageInfo: { endCursor: string | null } }, diff: Array<{ field: string, from: string | null, to: string | null }>, blame: Array<{ field: string, event:
        | { id: string, version: number }
        | { id: string, version: number }
        | { id: string, version: number }
        | { id: string, version: number }
        | { id: string, version: number }
        | { id: string, version: number }
       }> } | null };

export type WorldQueryVariables = Exact<{
  id: string | number;
}>;


export type WorldQuery = { asOf: { position: string, user: { userId: string, name: string, version: number } | null, users: { nodes: Array<{ userId: string, name: string, version: number }> }, events: { nodes: Array<
        | { id: string, type: string, version: number }
        | { id: string, type: string, version: number }
        | { id: string, type: string, version: number }
        | { id: string, type: string, version: number }
        | { id: string, type: string, version: number }
        | { id: string, type: string, version: number }
      > } }, head: { position: string }, projections: Array<{ name: string, lag: number }> };

export type PastUserQueryVariables = Exact<{
  id: string | number;
}>;


export type PastUserQuery = { user: { id: string, name: string, version: number } | null };

export type PastUserWithoutIdQueryVariables = Exact<{
  id: string | number;
}>;


export type PastUserWithoutIdQuery = { user: { name: string, version: number } | null };

export type TryRenameMutationVariables = Exact<{
  id: string | number;
}>;


export type TryRenameMutation = { renameUser: { success: boolean, user: { id: string, name: string, version: number } | null } };

export type LiveUserQueryVariables = Exact<{
  id: string | number;
}>;


export type LiveUserQuery = { user: { id: string, name: string, version: number } | null };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
  expectedVersion?: number;
  commandId?: string | number | null | undefined;
  dryRun?: boolean;
}>;


export type CreateUserMutation = { createUser: { success: boolean, position: string | null, replayed: boolean, dryRun: boolean, events: Array<
      | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    >, error:
      | { __typename: 'CommandRejected', code: CommandErrorCode, message: string }
      | { __typename: 'ValidationFailed', code: CommandErrorCode, message: string, issues: Array<{ path: Array<string>, message: string }> }
      | { __typename: 'VersionConflict', expectedVersion: number, actualVersion: number, code: CommandErrorCode, message: string, missed: Array<
          | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        > }
     | null, user: { id: string, name: string, email: string | null, status: UserStatus, version: number, createdAt: string, updatedAt: string } | null } };

export type RenameUserMutationVariables = Exact<{
  input: RenameUserInput;
  expectedVersion: number;
  commandId?: string | number | null | undefined;
  dryRun?: boolean;
}>;


export type RenameUserMutation = { renameUser: { success: boolean, position: string | null, replayed: boolean, dryRun: boolean, events: Array<
      | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    >, error:
      | { __typename: 'CommandRejected', code: CommandErrorCode, message: string }
      | { __typename: 'ValidationFailed', code: CommandErrorCode, message: string, issues: Array<{ path: Array<string>, message: string }> }
      | { __typename: 'VersionConflict', expectedVersion: number, actualVersion: number, code: CommandErrorCode, message: string, missed: Array<
          | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        > }
     | null, user: { id: string, name: string, email: string | null, status: UserStatus, version: number, createdAt: string, updatedAt: string } | null } };

export type ChangeUserEmailMutationVariables = Exact<{
  input: ChangeUserEmailInput;
  expectedVersion: number;
  commandId?: string | number | null | undefined;
  dryRun?: boolean;
}>;


export type ChangeUserEmailMutation = { changeUserEmail: { success: boolean, position: string | null, replayed: boolean, dryRun: boolean, events: Array<
      | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    >, error:
      | { __typename: 'CommandRejected', code: CommandErrorCode, message: string }
      | { __typename: 'ValidationFailed', code: CommandErrorCode, message: string, issues: Array<{ path: Array<string>, message: string }> }
      | { __typename: 'VersionConflict', expectedVersion: number, actualVersion: number, code: CommandErrorCode, message: string, missed: Array<
          | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        > }
     | null, user: { id: string, name: string, email: string | null, status: UserStatus, version: number, createdAt: string, updatedAt: string } | null } };

export type DeactivateUserMutationVariables = Exact<{
  input: DeactivateUserInput;
  expectedVersion: number;
  commandId?: string | number | null | undefined;
  dryRun?: boolean;
}>;


export type DeactivateUserMutation = { deactivateUser: { success: boolean, position: string | null, replayed: boolean, dryRun: boolean, events: Array<
      | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    >, error:
      | { __typename: 'CommandRejected', code: CommandErrorCode, message: string }
      | { __typename: 'ValidationFailed', code: CommandErrorCode, message: string, issues: Array<{ path: Array<string>, message: string }> }
      | { __typename: 'VersionConflict', expectedVersion: number, actualVersion: number, code: CommandErrorCode, message: string, missed: Array<
          | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        > }
     | null, user: { id: string, name: string, email: string | null, status: UserStatus, version: number, createdAt: string, updatedAt: string } | null } };

export type ReactivateUserMutationVariables = Exact<{
  input: ReactivateUserInput;
  expectedVersion: number;
  commandId?: string | number | null | undefined;
  dryRun?: boolean;
}>;


export type ReactivateUserMutation = { reactivateUser: { success: boolean, position: string | null, replayed: boolean, dryRun: boolean, events: Array<
      | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    >, error:
      | { __typename: 'CommandRejected', code: CommandErrorCode, message: string }
      | { __typename: 'ValidationFailed', code: CommandErrorCode, message: string, issues: Array<{ path: Array<string>, message: string }> }
      | { __typename: 'VersionConflict', expectedVersion: number, actualVersion: number, code: CommandErrorCode, message: string, missed: Array<
          | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        > }
     | null, user: { id: string, name: string, email: string | null, status: UserStatus, version: number, createdAt: string, updatedAt: string } | null } };

export type AnswerFragment = { success: boolean, position: string | null, replayed: boolean, dryRun: boolean, events: Array<
    | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
  >, error:
    | { __typename: 'CommandRejected', code: CommandErrorCode, message: string }
    | { __typename: 'ValidationFailed', code: CommandErrorCode, message: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'VersionConflict', expectedVersion: number, actualVersion: number, code: CommandErrorCode, message: string, missed: Array<
        | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      > }
   | null, user: { id: string, name: string, email: string | null, status: UserStatus, version: number, createdAt: string, updatedAt: string } | null };

export type PersonFragment = { id: string, name: string, email: string | null, status: UserStatus, version: number, createdAt: string, updatedAt: string };

type Fact_UnrecognisedEvent_Fragment = { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> };

type Fact_UserCreated_Fragment = { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> };

type Fact_UserDeactivated_Fragment = { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> };

type Fact_UserEmailChanged_Fragment = { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> };

type Fact_UserReactivated_Fragment = { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> };

type Fact_UserRenamed_Fragment = { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> };

export type FactFragment =
  | Fact_UnrecognisedEvent_Fragment
  | Fact_UserCreated_Fragment
  | Fact_UserDeactivated_Fragment
  | Fact_UserEmailChanged_Fragment
  | Fact_UserReactivated_Fragment
  | Fact_UserRenamed_Fragment
;

export type GetUserQueryVariables = Exact<{
  id: string | number;
  at?: string | null | undefined;
  atVersion?: number | null | undefined;
  atPosition?: string | null | undefined;
  consistentWith?: string | null | undefined;
}>;


export type GetUserQuery = { user: { id: string, name: string, email: string | null, status: UserStatus, version: number, createdAt: string, updatedAt: string } | null };

export type ListUsersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  where?: UserFilter | null | undefined;
  orderBy?: UserOrder | null | undefined;
  consistentWith?: string | null | undefined;
}>;


export type ListUsersQuery = { users: { totalCount: number, nodes: Array<{ id: string }>, edges: Array<{ cursor: string, node: { id: string, name: string, email: string | null, status: UserStatus, version: number, createdAt: string, updatedAt: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type ListEventsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  where?: EventFilter | null | undefined;
}>;


export type ListEventsQuery = { events: { nodes: Array<
      | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    >, edges: Array<{ cursor: string, node:
        | { position: string }
        | { position: string }
        | { position: string }
        | { position: string }
        | { position: string }
        | { position: string }
       }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type GetActivityQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
  buckets?: number;
}>;


export type GetActivityQuery = { activity: Array<{ from: string, to: string, events: number, position: string }> };

export type GetViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type GetViewerQuery = { viewer: { actor: string | null, roles: Array<Role> } };

export type GetHeadQueryVariables = Exact<{ [key: string]: never; }>;


export type GetHeadQuery = { head: { position: string, recordedAt: string | null } };

export type EventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  where?: EventFilter | null | undefined;
}>;


export type EventsSubscription = { events: { position: string, caughtUp: boolean, event:
      | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
     | null } };

export type PastFragment = { userId: string, name: string, email: string | null, status: UserStatus, version: number, position: string, validFrom: string, validTo: string | null, event:
    | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
    | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
  , changes: Array<{ field: string, from: string | null, to: string | null }> };

export type GetRevisionQueryVariables = Exact<{
  id: string | number;
  atVersion?: number | null | undefined;
  at?: string | null | undefined;
  version?: number | null | undefined;
}>;


export type GetRevisionQuery = { user: { revision: { userId: string, name: string, email: string | null, status: UserStatus, version: number, position: string, validFrom: string, validTo: string | null, event:
        | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      , changes: Array<{ field: string, from: string | null, to: string | null }> } | null } | null };

export type GetHistoryQueryVariables = Exact<{
  id: string | number;
  atVersion?: number | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type GetHistoryQuery = { user: { history: { nodes: Array<{ userId: string, name: string, email: string | null, status: UserStatus, version: number, position: string, validFrom: string, validTo: string | null, event:
          | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        , changes: Array<{ field: string, from: string | null, to: string | null }> }>, edges: Array<{ cursor: string, node: { version: number } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } } | null };

export type GetDiffQueryVariables = Exact<{
  id: string | number;
  atVersion?: number | null | undefined;
  from: Moment;
  to?: Moment | null | undefined;
}>;


export type GetDiffQuery = { user: { diff: Array<{ field: string, from: string | null, to: string | null }> } | null };

export type GetBlameQueryVariables = Exact<{
  id: string | number;
  atVersion?: number | null | undefined;
}>;


export type GetBlameQuery = { user: { blame: Array<{ field: string, event:
        | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
       }> } | null };

export type GetWorldQueryVariables = Exact<{
  at?: string | null | undefined;
  position?: string | null | undefined;
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  where?: EventFilter | null | undefined;
}>;


export type GetWorldQuery = { asOf: { position: string, at: string | null, user: { userId: string, name: string, email: string | null, status: UserStatus, version: number, position: string, validFrom: string, validTo: string | null, event:
        | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      , changes: Array<{ field: string, from: string | null, to: string | null }> } | null, users: { nodes: Array<{ userId: string, name: string, email: string | null, status: UserStatus, version: number, position: string, validFrom: string, validTo: string | null, event:
          | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
          | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        , changes: Array<{ field: string, from: string | null, to: string | null }> }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } }, events: { nodes: Array<
        | { __typename: 'UnrecognisedEvent', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserCreated', name: string, email: string | null, status: UserStatus, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserDeactivated', reason: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserEmailChanged', email: string | null, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserReactivated', id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
        | { __typename: 'UserRenamed', name: string, id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, correlationId: string, causationId: string | null, commandId: string | null, traceparent: string | null, schemaVersion: number, data: Record<string, unknown> }
      >, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } } };

export type GetProjectionsQueryVariables = Exact<{ [key: string]: never; }>;


export type GetProjectionsQuery = { projections: Array<{ name: string, version: number, position: string, lag: number, status: ProjectionStatus }> };

export type WatchUserSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type WatchUserSubscription = { user: { id: string, name: string, email: string | null, status: UserStatus, version: number, createdAt: string, updatedAt: string } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const FactFragmentDoc = new TypedDocumentString(`
    fragment Fact on Event {
  __typename
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  correlationId
  causationId
  commandId
  traceparent
  schemaVersion
  data
  ... on UserCreated {
    name
    email
    status
  }
  ... on UserRenamed {
    name
  }
  ... on UserEmailChanged {
    email
  }
  ... on UserDeactivated {
    reason
  }
}
    `, {"fragmentName":"Fact"}) as unknown as TypedDocumentString<FactFragment, unknown>;
export const PersonFragmentDoc = new TypedDocumentString(`
    fragment Person on User {
  id
  name
  email
  status
  version
  createdAt
  updatedAt
}
    `, {"fragmentName":"Person"}) as unknown as TypedDocumentString<PersonFragment, unknown>;
export const AnswerFragmentDoc = new TypedDocumentString(`
    fragment Answer on UserCommandResult {
  success
  position
  replayed
  dryRun
  events {
    ...Fact
  }
  error {
    __typename
    code
    message
    ... on VersionConflict {
      expectedVersion
      actualVersion
      missed {
        ...Fact
      }
    }
    ... on ValidationFailed {
      issues {
        path
        message
      }
    }
  }
  user {
    ...Person
  }
}
    fragment Person on User {
  id
  name
  email
  status
  version
  createdAt
  updatedAt
}
fragment Fact on Event {
  __typename
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  correlationId
  causationId
  commandId
  traceparent
  schemaVersion
  data
  ... on UserCreated {
    name
    email
    status
  }
  ... on UserRenamed {
    name
  }
  ... on UserEmailChanged {
    email
  }
  ... on UserDeactivated {
    reason
  }
}`, {"fragmentName":"Answer"}) as unknown as TypedDocumentString<AnswerFragment, unknown>;
export const PastFragmentDoc = new TypedDocumentString(`
    fragment Past on UserRevision {
  userId
  name
  email
  status
  version
  position
  validFrom
  validTo
  event {
    ...Fact
  }
  changes {
    field
    from
    to
  }
}
    fragment Fact on Event {
  __typename
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  correlationId
  causationId
  commandId
  traceparent
  schemaVersion
  data
  ... on UserCreated {
    name
    email
    status
  }
  ... on UserRenamed {
    name
  }
  ... on UserEmailChanged {
    email
  }
  ... on UserDeactivated {
    reason
  }
}`, {"fragmentName":"Past"}) as unknown as TypedDocumentString<PastFragment, unknown>;
export const RevisionsDocument = new TypedDocumentString(`
    query Revisions($id: ID!) {
  user(id: $id) {
    id
    revision(version: 1) {
      userId
      name
      version
    }
    history(first: 10) {
      edges {
        cursor
        node {
          userId
          name
          version
          changes {
            field
            from
            to
          }
        }
      }
      pageInfo {
        endCursor
      }
    }
    diff(from: {version: 1}) {
      field
      from
      to
    }
    blame {
      field
      event {
        id
        version
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RevisionsQuery, RevisionsQueryVariables>;
export const WorldDocument = new TypedDocumentString(`
    query World($id: ID!) {
  asOf(position: "1") {
    position
    user(id: $id) {
      userId
      name
      version
    }
    users {
      nodes {
        userId
        name
        version
      }
    }
    events {
      nodes {
        id
        type
        version
      }
    }
  }
  head {
    position
  }
  projections {
    name
    lag
  }
}
    `) as unknown as TypedDocumentString<WorldQuery, WorldQueryVariables>;
export const PastUserDocument = new TypedDocumentString(`
    query PastUser($id: ID!) {
  user(id: $id, atVersion: 1) {
    id
    name
    version
  }
}
    `) as unknown as TypedDocumentString<PastUserQuery, PastUserQueryVariables>;
export const PastUserWithoutIdDocument = new TypedDocumentString(`
    query PastUserWithoutId($id: ID!) {
  user(id: $id, atVersion: 1) {
    name
    version
  }
}
    `) as unknown as TypedDocumentString<PastUserWithoutIdQuery, PastUserWithoutIdQueryVariables>;
export const TryRenameDocument = new TypedDocumentString(`
    mutation TryRename($id: ID!) {
  renameUser(input: {id: $id, name: "Would be"}, expectedVersion: 2, dryRun: true) {
    success
    user {
      id
      name
      version
    }
  }
}
    `) as unknown as TypedDocumentString<TryRenameMutation, TryRenameMutationVariables>;
export const LiveUserDocument = new TypedDocumentString(`
    query LiveUser($id: ID!) {
  user(id: $id) {
    id
    name
    version
  }
}
    `) as unknown as TypedDocumentString<LiveUserQuery, LiveUserQueryVariables>;
export const CreateUserDocument = new TypedDocumentString(`
    mutation CreateUser($input: CreateUserInput!, $expectedVersion: Int! = 0, $commandId: ID, $dryRun: Boolean! = false) {
  createUser(
    input: $input
    expectedVersion: $expectedVersion
    commandId: $commandId
    dryRun: $dryRun
  ) {
    ...Answer
  }
}
    fragment Answer on UserCommandResult {
  success
  position
  replayed
  dryRun
  events {
    ...Fact
  }
  error {
    __typename
    code
    message
    ... on VersionConflict {
      expectedVersion
      actualVersion
      missed {
        ...Fact
      }
    }
    ... on ValidationFailed {
      issues {
        path
        message
      }
    }
  }
  user {
    ...Person
  }
}
fragment Person on User {
  id
  name
  email
  status
  version
  createdAt
  updatedAt
}
fragment Fact on Event {
  __typename
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  correlationId
  causationId
  commandId
  traceparent
  schemaVersion
  data
  ... on UserCreated {
    name
    email
    status
  }
  ... on UserRenamed {
    name
  }
  ... on UserEmailChanged {
    email
  }
  ... on UserDeactivated {
    reason
  }
}`) as unknown as TypedDocumentString<CreateUserMutation, CreateUserMutationVariables>;
export const RenameUserDocument = new TypedDocumentString(`
    mutation RenameUser($input: RenameUserInput!, $expectedVersion: Int!, $commandId: ID, $dryRun: Boolean! = false) {
  renameUser(
    input: $input
    expectedVersion: $expectedVersion
    commandId: $commandId
    dryRun: $dryRun
  ) {
    ...Answer
  }
}
    fragment Answer on UserCommandResult {
  success
  position
  replayed
  dryRun
  events {
    ...Fact
  }
  error {
    __typename
    code
    message
    ... on VersionConflict {
      expectedVersion
      actualVersion
      missed {
        ...Fact
      }
    }
    ... on ValidationFailed {
      issues {
        path
        message
      }
    }
  }
  user {
    ...Person
  }
}
fragment Person on User {
  id
  name
  email
  status
  version
  createdAt
  updatedAt
}
fragment Fact on Event {
  __typename
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  correlationId
  causationId
  commandId
  traceparent
  schemaVersion
  data
  ... on UserCreated {
    name
    email
    status
  }
  ... on UserRenamed {
    name
  }
  ... on UserEmailChanged {
    email
  }
  ... on UserDeactivated {
    reason
  }
}`) as unknown as TypedDocumentString<RenameUserMutation, RenameUserMutationVariables>;
export const ChangeUserEmailDocument = new TypedDocumentString(`
    mutation ChangeUserEmail($input: ChangeUserEmailInput!, $expectedVersion: Int!, $commandId: ID, $dryRun: Boolean! = false) {
  changeUserEmail(
    input: $input
    expectedVersion: $expectedVersion
    commandId: $commandId
    dryRun: $dryRun
  ) {
    ...Answer
  }
}
    fragment Answer on UserCommandResult {
  success
  position
  replayed
  dryRun
  events {
    ...Fact
  }
  error {
    __typename
    code
    message
    ... on VersionConflict {
      expectedVersion
      actualVersion
      missed {
        ...Fact
      }
    }
    ... on ValidationFailed {
      issues {
        path
        message
      }
    }
  }
  user {
    ...Person
  }
}
fragment Person on User {
  id
  name
  email
  status
  version
  createdAt
  updatedAt
}
fragment Fact on Event {
  __typename
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  correlationId
  causationId
  commandId
  traceparent
  schemaVersion
  data
  ... on UserCreated {
    name
    email
    status
  }
  ... on UserRenamed {
    name
  }
  ... on UserEmailChanged {
    email
  }
  ... on UserDeactivated {
    reason
  }
}`) as unknown as TypedDocumentString<ChangeUserEmailMutation, ChangeUserEmailMutationVariables>;
export const DeactivateUserDocument = new TypedDocumentString(`
    mutation DeactivateUser($input: DeactivateUserInput!, $expectedVersion: Int!, $commandId: ID, $dryRun: Boolean! = false) {
  deactivateUser(
    input: $input
    expectedVersion: $expectedVersion
    commandId: $commandId
    dryRun: $dryRun
  ) {
    ...Answer
  }
}
    fragment Answer on UserCommandResult {
  success
  position
  replayed
  dryRun
  events {
    ...Fact
  }
  error {
    __typename
    code
    message
    ... on VersionConflict {
      expectedVersion
      actualVersion
      missed {
        ...Fact
      }
    }
    ... on ValidationFailed {
      issues {
        path
        message
      }
    }
  }
  user {
    ...Person
  }
}
fragment Person on User {
  id
  name
  email
  status
  version
  createdAt
  updatedAt
}
fragment Fact on Event {
  __typename
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  correlationId
  causationId
  commandId
  traceparent
  schemaVersion
  data
  ... on UserCreated {
    name
    email
    status
  }
  ... on UserRenamed {
    name
  }
  ... on UserEmailChanged {
    email
  }
  ... on UserDeactivated {
    reason
  }
}`) as unknown as TypedDocumentString<DeactivateUserMutation, DeactivateUserMutationVariables>;
export const ReactivateUserDocument = new TypedDocumentString(`
    mutation ReactivateUser($input: ReactivateUserInput!, $expectedVersion: Int!, $commandId: ID, $dryRun: Boolean! = false) {
  reactivateUser(
    input: $input
    expectedVersion: $expectedVersion
    commandId: $commandId
    dryRun: $dryRun
  ) {
    ...Answer
  }
}
    fragment Answer on UserCommandResult {
  success
  position
  replayed
  dryRun
  events {
    ...Fact
  }
  error {
    __typename
    code
    message
    ... on VersionConflict {
      expectedVersion
      actualVersion
      missed {
        ...Fact
      }
    }
    ... on ValidationFailed {
      issues {
        path
        message
      }
    }
  }
  user {
    ...Person
  }
}
fragment Person on User {
  id
  name
  email
  status
  version
  createdAt
  updatedAt
}
fragment Fact on Event {
  __typename
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  correlationId
  causationId
  commandId
  traceparent
  schemaVersion
  data
  ... on UserCreated {
    name
    email
    status
  }
  ... on UserRenamed {
    name
  }
  ... on UserEmailChanged {
    email
  }
  ... on UserDeactivated {
    reason
  }
}`) as unknown as TypedDocumentString<ReactivateUserMutation, ReactivateUserMutationVariables>;
export const GetUserDocument = new TypedDocumentString(`
    query GetUser($id: ID!, $at: DateTime, $atVersion: Int, $atPosition: Position, $consistentWith: Position) {
  user(
    id: $id
    at: $at
    atVersion: $atVersion
    atPosition: $atPosition
    consistentWith: $consistentWith
  ) {
    ...Person
  }
}
    fragment Person on User {
  id
  name
  email
  status
  version
  createdAt
  updatedAt
}`) as unknown as TypedDocumentString<GetUserQuery, GetUserQueryVariables>;
export const ListUsersDocument = new TypedDocumentString(`
    query ListUsers($first: Int, $after: String, $last: Int, $before: String, $where: UserFilter, $orderBy: UserOrder, $consistentWith: Position) {
  users(
    first: $first
    after: $after
    last: $last
    before: $before
    where: $where
    orderBy: $orderBy
    consistentWith: $consistentWith
  ) {
    totalCount
    nodes {
      id
    }
    edges {
      cursor
      node {
        ...Person
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment Person on User {
  id
  name
  email
  status
  version
  createdAt
  updatedAt
}`) as unknown as TypedDocumentString<ListUsersQuery, ListUsersQueryVariables>;
export const ListEventsDocument = new TypedDocumentString(`
    query ListEvents($first: Int, $after: String, $last: Int, $before: String, $where: EventFilter) {
  events(
    first: $first
    after: $after
    last: $last
    before: $before
    where: $where
  ) {
    nodes {
      ...Fact
    }
    edges {
      cursor
      node {
        position
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment Fact on Event {
  __typename
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  correlationId
  causationId
  commandId
  traceparent
  schemaVersion
  data
  ... on UserCreated {
    name
    email
    status
  }
  ... on UserRenamed {
    name
  }
  ... on UserEmailChanged {
    email
  }
  ... on UserDeactivated {
    reason
  }
}`) as unknown as TypedDocumentString<ListEventsQuery, ListEventsQueryVariables>;
export const GetActivityDocument = new TypedDocumentString(`
    query GetActivity($from: DateTime, $to: DateTime, $buckets: Int! = 100) {
  activity(from: $from, to: $to, buckets: $buckets) {
    from
    to
    events
    position
  }
}
    `) as unknown as TypedDocumentString<GetActivityQuery, GetActivityQueryVariables>;
export const GetViewerDocument = new TypedDocumentString(`
    query GetViewer {
  viewer {
    actor
    roles
  }
}
    `) as unknown as TypedDocumentString<GetViewerQuery, GetViewerQueryVariables>;
export const GetHeadDocument = new TypedDocumentString(`
    query GetHead {
  head {
    position
    recordedAt
  }
}
    `) as unknown as TypedDocumentString<GetHeadQuery, GetHeadQueryVariables>;
export const EventsDocument = new TypedDocumentString(`
    subscription Events($after: Position, $where: EventFilter) {
  events(after: $after, where: $where) {
    position
    caughtUp
    event {
      ...Fact
    }
  }
}
    fragment Fact on Event {
  __typename
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  correlationId
  causationId
  commandId
  traceparent
  schemaVersion
  data
  ... on UserCreated {
    name
    email
    status
  }
  ... on UserRenamed {
    name
  }
  ... on UserEmailChanged {
    email
  }
  ... on UserDeactivated {
    reason
  }
}`) as unknown as TypedDocumentString<EventsSubscription, EventsSubscriptionVariables>;
export const GetRevisionDocument = new TypedDocumentString(`
    query GetRevision($id: ID!, $atVersion: Int, $at: DateTime, $version: Int) {
  user(id: $id, atVersion: $atVersion) {
    revision(at: $at, version: $version) {
      ...Past
    }
  }
}
    fragment Fact on Event {
  __typename
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  correlationId
  causationId
  commandId
  traceparent
  schemaVersion
  data
  ... on UserCreated {
    name
    email
    status
  }
  ... on UserRenamed {
    name
  }
  ... on UserEmailChanged {
    email
  }
  ... on UserDeactivated {
    reason
  }
}
fragment Past on UserRevision {
  userId
  name
  email
  status
  version
  position
  validFrom
  validTo
  event {
    ...Fact
  }
  changes {
    field
    from
    to
  }
}`) as unknown as TypedDocumentString<GetRevisionQuery, GetRevisionQueryVariables>;
export const GetHistoryDocument = new TypedDocumentString(`
    query GetHistory($id: ID!, $atVersion: Int, $first: Int, $after: String, $last: Int, $before: String) {
  user(id: $id, atVersion: $atVersion) {
    history(first: $first, after: $after, last: $last, before: $before) {
      nodes {
        ...Past
      }
      edges {
        cursor
        node {
          version
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
}
    fragment Fact on Event {
  __typename
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  correlationId
  causationId
  commandId
  traceparent
  schemaVersion
  data
  ... on UserCreated {
    name
    email
    status
  }
  ... on UserRenamed {
    name
  }
  ... on UserEmailChanged {
    email
  }
  ... on UserDeactivated {
    reason
  }
}
fragment Past on UserRevision {
  userId
  name
  email
  status
  version
  position
  validFrom
  validTo
  event {
    ...Fact
  }
  changes {
    field
    from
    to
  }
}`) as unknown as TypedDocumentString<GetHistoryQuery, GetHistoryQueryVariables>;
export const GetDiffDocument = new TypedDocumentString(`
    query GetDiff($id: ID!, $atVersion: Int, $from: Moment!, $to: Moment) {
  user(id: $id, atVersion: $atVersion) {
    diff(from: $from, to: $to) {
      field
      from
      to
    }
  }
}
    `) as unknown as TypedDocumentString<GetDiffQuery, GetDiffQueryVariables>;
export const GetBlameDocument = new TypedDocumentString(`
    query GetBlame($id: ID!, $atVersion: Int) {
  user(id: $id, atVersion: $atVersion) {
    blame {
      field
      event {
        ...Fact
      }
    }
  }
}
    fragment Fact on Event {
  __typename
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  correlationId
  causationId
  commandId
  traceparent
  schemaVersion
  data
  ... on UserCreated {
    name
    email
    status
  }
  ... on UserRenamed {
    name
  }
  ... on UserEmailChanged {
    email
  }
  ... on UserDeactivated {
    reason
  }
}`) as unknown as TypedDocumentString<GetBlameQuery, GetBlameQueryVariables>;
export const GetWorldDocument = new TypedDocumentString(`
    query GetWorld($at: DateTime, $position: Position, $id: ID!, $first: Int, $after: String, $last: Int, $before: String, $where: EventFilter) {
  asOf(at: $at, position: $position) {
    position
    at
    user(id: $id) {
      ...Past
    }
    users(first: $first, after: $after) {
      nodes {
        ...Past
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
    events(last: $last, before: $before, where: $where) {
      nodes {
        ...Fact
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
}
    fragment Fact on Event {
  __typename
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  correlationId
  causationId
  commandId
  traceparent
  schemaVersion
  data
  ... on UserCreated {
    name
    email
    status
  }
  ... on UserRenamed {
    name
  }
  ... on UserEmailChanged {
    email
  }
  ... on UserDeactivated {
    reason
  }
}
fragment Past on UserRevision {
  userId
  name
  email
  status
  version
  position
  validFrom
  validTo
  event {
    ...Fact
  }
  changes {
    field
    from
    to
  }
}`) as unknown as TypedDocumentString<GetWorldQuery, GetWorldQueryVariables>;
export const GetProjectionsDocument = new TypedDocumentString(`
    query GetProjections {
  projections {
    name
    version
    position
    lag
    status
  }
}
    `) as unknown as TypedDocumentString<GetProjectionsQuery, GetProjectionsQueryVariables>;
export const WatchUserDocument = new TypedDocumentString(`
    subscription WatchUser($id: ID!) {
  user(id: $id) {
    ...Person
  }
}
    fragment Person on User {
  id
  name
  email
  status
  version
  createdAt
  updatedAt
}`) as unknown as TypedDocumentString<WatchUserSubscription, WatchUserSubscriptionVariables>;