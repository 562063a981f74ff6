/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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

export type CommandOutcomeFragment = { success: boolean, replayed: boolean, dryRun: boolean, position: string | null, events: Array<
    | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
    | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
    | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
    | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
    | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
    | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
  >, error:
    | { code: CommandErrorCode, message: string }
    | { code: CommandErrorCode, message: string, issues: Array<{ path: Array<string>, message: string }> }
    | { expectedVersion: number, actualVersion: number, code: CommandErrorCode, message: string, missed: Array<
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
      > }
   | null };

type EventFact_UnrecognisedEvent_Fragment = { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> };

type EventFact_UserCreated_Fragment = { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> };

type EventFact_UserDeactivated_Fragment = { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> };

type EventFact_UserEmailChanged_Fragment = { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> };

type EventFact_UserReactivated_Fragment = { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> };

type EventFact_UserRenamed_Fragment = { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> };

export type EventFactFragment =
  | EventFact_UnrecognisedEvent_Fragment
  | EventFact_UserCreated_Fragment
  | EventFact_UserDeactivated_Fragment
  | EventFact_UserEmailChanged_Fragment
  | EventFact_UserReactivated_Fragment
  | EventFact_UserRenamed_Fragment
;

export type RecentQueryVariables = Exact<{
  where?: EventFilter | null | undefined;
  last: number;
}>;


export type RecentQuery = { asOf: { position: string, events: { nodes: Array<
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
      > } } };

export type StreamQueryVariables = Exact<{
  where: EventFilter;
  first: number;
  after?: string | null | undefined;
}>;


export type StreamQuery = { events: { nodes: Array<
      | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
      | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
      | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
      | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
      | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
      | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
    >, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type FirstEventQueryVariables = Exact<{ [key: string]: never; }>;


export type FirstEventQuery = { events: { nodes: Array<
      | { causationId: string | null }
      | { causationId: string | null }
      | { causationId: string | null }
      | { causationId: string | null }
      | { causationId: string | null }
      | { causationId: string | null }
    > } };

export type EventsSubscriptionVariables = Exact<{
  where?: EventFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type EventsSubscription = { events: { position: string, event:
      | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
      | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
      | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
      | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
      | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
      | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
     | null } };

export type ActivityQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
  buckets: number;
}>;


export type ActivityQuery = { activity: Array<{ from: string, to: string, events: number }> };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { actor: string | null, roles: Array<Role> } };

export type PulseQueryVariables = Exact<{ [key: string]: never; }>;


export type PulseQuery = { head: { position: string, recordedAt: string | null }, projections: Array<{ name: string, version: number, position: string, lag: number, status: ProjectionStatus }> };

export type UsersQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  where?: UserFilter | null | undefined;
  orderBy?: UserOrder | null | undefined;
}>;


export type UsersQuery = { users: { totalCount: number, nodes: Array<{ id: string, name: string, email: string | null, status: UserStatus, version: number }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type UsersThenQueryVariables = Exact<{
  position: string;
  first: number;
  after?: string | null | undefined;
}>;


export type UsersThenQuery = { asOf: { users: { nodes: Array<{ userId: string, name: string, email: string | null, status: UserStatus, version: number }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } };

export type UserThenQueryVariables = Exact<{
  id: string | number;
  position?: string | null | undefined;
}>;


export type UserThenQuery = { asOf: { position: string, at: string | null, user: { name: string, email: string | null, status: UserStatus, version: number, validFrom: string, validTo: string | null, changes: Array<{ field: string, from: string | null, to: string | null }> } | null }, user: { version: number } | null };

export type WorldThenQueryVariables = Exact<{
  position?: string | null | undefined;
  at?: string | null | undefined;
}>;


export type WorldThenQuery = { asOf: { position: string, at: string | null } };

export type VersionThenQueryVariables = Exact<{
  id: string | number;
  version: number;
}>;


export type VersionThenQuery = { user: { revision: { position: string } | null } | null };

export type DiffQueryVariables = Exact<{
  id: string | number;
  from: string;
  to: string;
}>;


export type DiffQuery = { user: { diff: Array<{ field: string, from: string | null, to: string | null }> } | null };

export type BlameQueryVariables = Exact<{
  id: string | number;
  position: string;
}>;


export type BlameQuery = { user: { blame: Array<{ field: string, event:
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
        | { id: string, type: string, aggregateType: string, aggregateId: string, version: number, position: string, recordedAt: string, actor: string | null, causationId: string | null, data: Record<string, unknown> }
       }> } | null };

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
export const EventFactFragmentDoc = new TypedDocumentString(`
    fragment EventFact on Event {
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  causationId
  data
}
    `, {"fragmentName":"EventFact"}) as unknown as TypedDocumentString<EventFactFragment, unknown>;
export const CommandOutcomeFragmentDoc = new TypedDocumentString(`
    fragment CommandOutcome on CommandResult {
  success
  replayed
  dryRun
  position
  events {
    ...EventFact
  }
  error {
    code
    message
    ... on VersionConflict {
      expectedVersion
      actualVersion
      missed {
        ...EventFact
      }
    }
    ... on ValidationFailed {
      issues {
        path
        message
      }
    }
  }
}
    fragment EventFact on Event {
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  causationId
  data
}`, {"fragmentName":"CommandOutcome"}) as unknown as TypedDocumentString<CommandOutcomeFragment, unknown>;
export const RecentDocument = new TypedDocumentString(`
    query Recent($where: EventFilter, $last: Int!) {
  asOf {
    position
    events(last: $last, where: $where) {
      nodes {
        ...EventFact
      }
    }
  }
}
    fragment EventFact on Event {
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  causationId
  data
}`) as unknown as TypedDocumentString<RecentQuery, RecentQueryVariables>;
export const StreamDocument = new TypedDocumentString(`
    query Stream($where: EventFilter!, $first: Int!, $after: String) {
  events(where: $where, first: $first, after: $after) {
    nodes {
      ...EventFact
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment EventFact on Event {
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  causationId
  data
}`) as unknown as TypedDocumentString<StreamQuery, StreamQueryVariables>;
export const FirstEventDocument = new TypedDocumentString(`
    query FirstEvent {
  events(first: 1) {
    nodes {
      causationId
    }
  }
}
    `) as unknown as TypedDocumentString<FirstEventQuery, FirstEventQueryVariables>;
export const EventsDocument = new TypedDocumentString(`
    subscription Events($where: EventFilter, $after: Position) {
  events(where: $where, after: $after) {
    position
    event {
      ...EventFact
    }
  }
}
    fragment EventFact on Event {
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  causationId
  data
}`) as unknown as TypedDocumentString<EventsSubscription, EventsSubscriptionVariables>;
export const ActivityDocument = new TypedDocumentString(`
    query Activity($from: DateTime, $to: DateTime, $buckets: Int!) {
  activity(from: $from, to: $to, buckets: $buckets) {
    from
    to
    events
  }
}
    `) as unknown as TypedDocumentString<ActivityQuery, ActivityQueryVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    actor
    roles
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const PulseDocument = new TypedDocumentString(`
    query Pulse {
  head {
    position
    recordedAt
  }
  projections {
    name
    version
    position
    lag
    status
  }
}
    `) as unknown as TypedDocumentString<PulseQuery, PulseQueryVariables>;
export const UsersDocument = new TypedDocumentString(`
    query Users($first: Int!, $after: String, $where: UserFilter, $orderBy: UserOrder) {
  users(first: $first, after: $after, where: $where, orderBy: $orderBy) {
    totalCount
    nodes {
      id
      name
      email
      status
      version
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<UsersQuery, UsersQueryVariables>;
export const UsersThenDocument = new TypedDocumentString(`
    query UsersThen($position: Position!, $first: Int!, $after: String) {
  asOf(position: $position) {
    users(first: $first, after: $after) {
      nodes {
        userId
        name
        email
        status
        version
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<UsersThenQuery, UsersThenQueryVariables>;
export const UserThenDocument = new TypedDocumentString(`
    query UserThen($id: ID!, $position: Position) {
  asOf(position: $position) {
    position
    at
    user(id: $id) {
      name
      email
      status
      version
      validFrom
      validTo
      changes {
        field
        from
        to
      }
    }
  }
  user(id: $id) {
    version
  }
}
    `) as unknown as TypedDocumentString<UserThenQuery, UserThenQueryVariables>;
export const WorldThenDocument = new TypedDocumentString(`
    query WorldThen($position: Position, $at: DateTime) {
  asOf(position: $position, at: $at) {
    position
    at
  }
}
    `) as unknown as TypedDocumentString<WorldThenQuery, WorldThenQueryVariables>;
export const VersionThenDocument = new TypedDocumentString(`
    query VersionThen($id: ID!, $version: Int!) {
  user(id: $id) {
    revision(version: $version) {
      position
    }
  }
}
    `) as unknown as TypedDocumentString<VersionThenQuery, VersionThenQueryVariables>;
export const DiffDocument = new TypedDocumentString(`
    query Diff($id: ID!, $from: Position!, $to: Position!) {
  user(id: $id) {
    diff(from: {position: $from}, to: {position: $to}) {
      field
      from
      to
    }
  }
}
    `) as unknown as TypedDocumentString<DiffQuery, DiffQueryVariables>;
export const BlameDocument = new TypedDocumentString(`
    query Blame($id: ID!, $position: Position!) {
  user(id: $id, atPosition: $position) {
    blame {
      field
      event {
        ...EventFact
      }
    }
  }
}
    fragment EventFact on Event {
  id
  type
  aggregateType
  aggregateId
  version
  position
  recordedAt
  actor
  causationId
  data
}`) as unknown as TypedDocumentString<BlameQuery, BlameQueryVariables>;