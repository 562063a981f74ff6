import { graphql } from '../generated/index.js';

export const CreateUser = graphql(`
  mutation CreateUser($input: CreateUserInput!, $expectedVersion: Int) {
    createUser(input: $input, expectedVersion: $expectedVersion) {
      ...Answer
    }
  }
`);

export const RenameUser = graphql(`
  mutation RenameUser($input: RenameUserInput!, $expectedVersion: Int!) {
    renameUser(input: $input, expectedVersion: $expectedVersion) {
      ...Answer
    }
  }
`);

export const ChangeUserEmail = graphql(`
  mutation ChangeUserEmail($input: ChangeUserEmailInput!, $expectedVersion: Int!) {
    changeUserEmail(input: $input, expectedVersion: $expectedVersion) {
      ...Answer
    }
  }
`);

export const DeactivateUser = graphql(`
  mutation DeactivateUser($input: DeactivateUserInput!, $expectedVersion: Int!) {
    deactivateUser(input: $input, expectedVersion: $expectedVersion) {
      ...Answer
    }
  }
`);

export const ReactivateUser = graphql(`
  mutation ReactivateUser($input: ReactivateUserInput!, $expectedVersion: Int!) {
    reactivateUser(input: $input, expectedVersion: $expectedVersion) {
      ...Answer
    }
  }
`);

graphql(`
  fragment Answer on UserCommandResult {
    success
    position
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
    data
    ... on UserCreated {
      name
      email
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
  query GetUser($id: ID!, $at: DateTime, $atVersion: Int, $atPosition: Position) {
    user(id: $id, at: $at, atVersion: $atVersion, atPosition: $atPosition) {
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
  ) {
    users(
      first: $first
      after: $after
      last: $last
      before: $before
      where: $where
      orderBy: $orderBy
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

export const GetHead = graphql(`
  query GetHead {
    head {
      position
      recordedAt
    }
  }
`);

export const Events = graphql(`
  subscription Events($where: EventFilter) {
    events(where: $where) {
      position
      caughtUp
      event {
        ...Fact
      }
    }
  }
`);
