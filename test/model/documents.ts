import type { CommandType } from './orders.js';

const FACT = `
  fragment Fact on Event {
    __typename id type aggregateType aggregateId version position recordedAt
    actor commandId correlationId causationId traceparent schemaVersion data
    ... on UserCreated { name email status }
    ... on UserRenamed { name }
    ... on UserEmailChanged { email }
    ... on UserDeactivated { reason }
  }
`;

const PERSON = `
  fragment Person on User { id name email status version createdAt updatedAt }
`;

const REVISION = `
  fragment Past on UserRevision {
    userId name email status version position validFrom validTo
    event { ...Fact }
    changes { field from to }
  }
`;

const PAGE_INFO = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const PAGE_VARIABLES = '$first: Int, $after: String, $last: Int, $before: String';
const PAGE = 'first: $first, after: $after, last: $last, before: $before';
const MOMENT_VARIABLES = '$at: DateTime, $atVersion: Int, $atPosition: Position';
const MOMENT = 'at: $at, atVersion: $atVersion, atPosition: $atPosition';

/** What messages for people say is left out. */
export const commandDocument = (type: CommandType): string => {
  const input = `${type.charAt(0).toUpperCase()}${type.slice(1)}Input!`;
  const version = type === 'createUser' ? 'Int! = 0' : 'Int!';
  return `
    mutation ($input: ${input}, $expectedVersion: ${version}, $commandId: ID, $dryRun: Boolean!) {
      answer: ${type}(
        input: $input, expectedVersion: $expectedVersion, commandId: $commandId, dryRun: $dryRun
      ) {
        success position replayed dryRun
        events { ...Fact }
        user { ...Person blame { field event { ...Fact } } }
        error {
          __typename code
          ... on VersionConflict { expectedVersion actualVersion missed { ...Fact } }
          ... on ValidationFailed { issues { path } }
        }
      }
    }
    ${FACT}${PERSON}
  `;
};

export const USER = `
  query ($id: ID!, ${MOMENT_VARIABLES}) {
    user(id: $id, ${MOMENT}) {
      ...Person
      revision { ...Past }
      blame { field event { ...Fact } }
    }
  }
  ${FACT}${PERSON}${REVISION}
`;

export const REVISION_OF = `
  query ($id: ID!, ${MOMENT_VARIABLES}, $version: Int, $revisionAt: DateTime) {
    user(id: $id, ${MOMENT}) { revision(version: $version, at: $revisionAt) { ...Past } }
  }
  ${FACT}${REVISION}
`;

export const HISTORY = `
  query ($id: ID!, ${MOMENT_VARIABLES}, ${PAGE_VARIABLES}) {
    user(id: $id, ${MOMENT}) {
      page: history(${PAGE}) { edges { cursor node { ...Past } } ${PAGE_INFO} }
    }
  }
  ${FACT}${REVISION}
`;

export const DIFF = `
  query ($id: ID!, ${MOMENT_VARIABLES}, $from: Moment!, $to: Moment) {
    user(id: $id, ${MOMENT}) { diff(from: $from, to: $to) { field from to } }
  }
`;

export const USERS = `
  query ($where: UserFilter, $orderBy: UserOrder, $consistentWith: Position, ${PAGE_VARIABLES}) {
    page: users(where: $where, orderBy: $orderBy, consistentWith: $consistentWith, ${PAGE}) {
      edges { cursor node { ...Person } } ${PAGE_INFO} totalCount
    }
  }
  ${PERSON}
`;

export const EVENTS = `
  query ($where: EventFilter, ${PAGE_VARIABLES}) {
    page: events(where: $where, ${PAGE}) { edges { cursor node { ...Fact } } ${PAGE_INFO} }
  }
  ${FACT}
`;

const AS_OF_VARIABLES = '$at: DateTime, $position: Position';
const AS_OF = 'asOf(at: $at, position: $position)';

export const AS_OF_USER = `
  query ($id: ID!, ${AS_OF_VARIABLES}) {
    ${AS_OF} { position at user(id: $id) { ...Past } }
  }
  ${FACT}${REVISION}
`;

export const AS_OF_USERS = `
  query (${AS_OF_VARIABLES}, $first: Int, $after: String) {
    ${AS_OF} {
      page: users(first: $first, after: $after) { edges { cursor node { ...Past } } ${PAGE_INFO} }
    }
  }
  ${FACT}${REVISION}
`;

export const AS_OF_EVENTS = `
  query (${AS_OF_VARIABLES}, $where: EventFilter, $last: Int, $before: String) {
    ${AS_OF} {
      page: events(where: $where, last: $last, before: $before) {
        edges { cursor node { ...Fact } } ${PAGE_INFO}
      }
    }
  }
  ${FACT}
`;

export const STATE = `
  { head { position recordedAt } projections { name position lag status } }
`;

/** The last events, and the users that changed last. */
export const ENDS = `
  query ($events: Int!, $users: Int!) {
    head { position }
    events(last: $events) { nodes { ...Fact } }
    users(last: $users, orderBy: { field: UPDATED_AT }) { totalCount nodes { ...Person } }
  }
  ${FACT}${PERSON}
`;

export const LISTEN = `
  subscription ($where: EventFilter, $after: Position) {
    events(where: $where, after: $after) { position caughtUp event { ...Fact } }
  }
  ${FACT}
`;
