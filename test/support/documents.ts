import { graphql } from '../generated/index.js';

export const CreateUser = graphql(`
  mutation CreateUser(
    $input: CreateUserInput!
    $expectedVersion: Int! = 0
    $commandId: ID
    $dryRun: Boolean! = false
  ) {
    createUser(
      input: $input
      expectedVersion: $expectedVersion
      commandId: $commandId
      dryRun: $dryRun
    ) {
      ...Answer
    }
  }
`);

export const RenameUser = graphql(`
  mutation RenameUser(
    $input: RenameUserInput!
    $expectedVersion: Int!
    $commandId: ID
    $dryRun: Boolean! = false
  ) {
    renameUser(
      input: $input
      expectedVersion: $expectedVersion
      commandId: $commandId
      dryRun: $dryRun
    ) {
      ...Answer
    }
  }
`);

export const ChangeUserEmail = graphql(`
  mutation ChangeUserEmail(
    $input: ChangeUserEmailInput!
    $expectedVersion: Int!
    $commandId: ID
    $dryRun: Boolean! = false
  ) {
    changeUserEmail(
      input: $input
      expectedVersion: $expectedVersion
      commandId: $commandId
      dryRun: $dryRun
    ) {
      ...Answer
    }
  }
`);

export const DeactivateUser = graphql(`
  mutation DeactivateUser(
    $input: DeactivateUserInput!
    $expectedVersion: Int!
    $commandId: ID
    $dryRun: Boolean! = false
  ) {
    deactivateUser(
      input: $input
      expectedVersion: $expectedVersion
      commandId: $commandId
      dryRun: $dryRun
    ) {
      ...Answer
    }
  }
`);

export const ReactivateUser = graphql(`
  mutation ReactivateUser(
    $input: ReactivateUserInput!
    $expectedVersion: Int!
    $commandId: ID
    $dryRun: Boolean! = false
  ) {
    reactivateUser(
      input: $input
      expectedVersion: $expectedVersion
      commandId: $commandId
      dryRun: $dryRun
    ) {
      ...Answer
    }
  }
`);

graphql(`
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
`);

graphql(`
  fragment Person on User {
    id
    name
    email
    status
    version
    createdAt
    updatedAt
  }
`);

graphql(`
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
`);

export const GetUser = graphql(`
  query GetUser(
    $id: ID!
    $at: DateTime
    $atVersion: Int
    $atPosition: Position
    $consistentWith: Position
  ) {
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
`);

export const ListUsers = graphql(`
  query ListUsers(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $where: UserFilter
    $orderBy: UserOrder
    $consistentWith: Position
  ) {
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
`);

export const ListEvents = graphql(`
  query ListEvents($first: Int, $after: String, $last: Int, $before: String, $where: EventFilter) {
    events(first: $first, after: $after, last: $last, before: $before, where: $where) {
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
`);

export const GetActivity = graphql(`
  query GetActivity($from: DateTime, $to: DateTime, $buckets: Int! = 100) {
    activity(from: $from, to: $to, buckets: $buckets) {
      from
      to
      events
      position
    }
  }
`);

export const GetViewer = graphql(`
  query GetViewer {
    viewer {
      actor
      roles
    }
  }
`);

export const GetHead = graphql(`
  query GetHead {
    head {
      position
      recordedAt
    }
  }
`);

export const Events = graphql(`
  subscription Events($after: Position, $where: EventFilter) {
    events(after: $after, where: $where) {
      position
      caughtUp
      event {
        ...Fact
      }
    }
  }
`);

graphql(`
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
`);

export const GetRevision = graphql(`
  query GetRevision($id: ID!, $atVersion: Int, $at: DateTime, $version: Int) {
    user(id: $id, atVersion: $atVersion) {
      revision(at: $at, version: $version) {
        ...Past
      }
    }
  }
`);

export const GetHistory = graphql(`
  query GetHistory(
    $id: ID!
    $atVersion: Int
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
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
`);

export const GetDiff = graphql(`
  query GetDiff($id: ID!, $atVersion: Int, $from: Moment!, $to: Moment) {
    user(id: $id, atVersion: $atVersion) {
      diff(from: $from, to: $to) {
        field
        from
        to
      }
    }
  }
`);

export const GetBlame = graphql(`
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
`);

export const GetWorld = graphql(`
  query GetWorld(
    $at: DateTime
    $position: Position
    $id: ID!
    $first: Int
    $after: String
    $last: Int
    $before: String
    $where: EventFilter
  ) {
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
`);

export const GetProjections = graphql(`
  query GetProjections {
    projections {
      name
      version
      position
      lag
      status
    }
  }
`);

export const WatchUser = graphql(`
  subscription WatchUser($id: ID!) {
    user(id: $id) {
      ...Person
    }
  }
`);
