/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation CreateUser($input: CreateUserInput!, $expectedVersion: Int) {\n    createUser(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n": typeof types.CreateUserDocument,
    "\n  mutation RenameUser($input: RenameUserInput!, $expectedVersion: Int!) {\n    renameUser(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n": typeof types.RenameUserDocument,
    "\n  mutation ChangeUserEmail($input: ChangeUserEmailInput!, $expectedVersion: Int!) {\n    changeUserEmail(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n": typeof types.ChangeUserEmailDocument,
    "\n  mutation DeactivateUser($input: DeactivateUserInput!, $expectedVersion: Int!) {\n    deactivateUser(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n": typeof types.DeactivateUserDocument,
    "\n  mutation ReactivateUser($input: ReactivateUserInput!, $expectedVersion: Int!) {\n    reactivateUser(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n": typeof types.ReactivateUserDocument,
    "\n  fragment Answer on UserCommandResult {\n    success\n    position\n    events {\n      ...Fact\n    }\n    error {\n      __typename\n      code\n      message\n      ... on VersionConflict {\n        expectedVersion\n        actualVersion\n        missed {\n          ...Fact\n        }\n      }\n      ... on ValidationFailed {\n        issues {\n          path\n          message\n        }\n      }\n    }\n    user {\n      ...Person\n    }\n  }\n": typeof types.AnswerFragmentDoc,
    "\n  fragment Person on User {\n    id\n    name\n    email\n    status\n    version\n    createdAt\n    updatedAt\n  }\n": typeof types.PersonFragmentDoc,
    "\n  fragment Fact on Event {\n    __typename\n    id\n    type\n    aggregateType\n    aggregateId\n    version\n    position\n    recordedAt\n    actor\n    correlationId\n    causationId\n    data\n    ... on UserCreated {\n      name\n      email\n    }\n    ... on UserRenamed {\n      name\n    }\n    ... on UserEmailChanged {\n      email\n    }\n    ... on UserDeactivated {\n      reason\n    }\n  }\n": typeof types.FactFragmentDoc,
    "\n  query GetUser($id: ID!, $at: DateTime, $atVersion: Int, $atPosition: Position) {\n    user(id: $id, at: $at, atVersion: $atVersion, atPosition: $atPosition) {\n      ...Person\n    }\n  }\n": typeof types.GetUserDocument,
    "\n  query ListUsers(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $where: UserFilter\n    $orderBy: UserOrder\n  ) {\n    users(\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n      where: $where\n      orderBy: $orderBy\n    ) {\n      totalCount\n      nodes {\n        id\n      }\n      edges {\n        cursor\n        node {\n          ...Person\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n": typeof types.ListUsersDocument,
    "\n  query ListEvents($first: Int, $after: String, $last: Int, $before: String, $where: EventFilter) {\n    events(first: $first, after: $after, last: $last, before: $before, where: $where) {\n      nodes {\n        ...Fact\n      }\n      edges {\n        cursor\n        node {\n          position\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n": typeof types.ListEventsDocument,
    "\n  query GetHead {\n    head {\n      position\n      recordedAt\n    }\n  }\n": typeof types.GetHeadDocument,
    "\n  subscription Events($where: EventFilter) {\n    events(where: $where) {\n      position\n      caughtUp\n      event {\n        ...Fact\n      }\n    }\n  }\n": typeof types.EventsDocument,
};
const documents: Documents = {
    "\n  mutation CreateUser($input: CreateUserInput!, $expectedVersion: Int) {\n    createUser(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n": types.CreateUserDocument,
    "\n  mutation RenameUser($input: RenameUserInput!, $expectedVersion: Int!) {\n    renameUser(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n": types.RenameUserDocument,
    "\n  mutation ChangeUserEmail($input: ChangeUserEmailInput!, $expectedVersion: Int!) {\n    changeUserEmail(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n": types.ChangeUserEmailDocument,
    "\n  mutation DeactivateUser($input: DeactivateUserInput!, $expectedVersion: Int!) {\n    deactivateUser(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n": types.DeactivateUserDocument,
    "\n  mutation ReactivateUser($input: ReactivateUserInput!, $expectedVersion: Int!) {\n    reactivateUser(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n": types.ReactivateUserDocument,
    "\n  fragment Answer on UserCommandResult {\n    success\n    position\n    events {\n      ...Fact\n    }\n    error {\n      __typename\n      code\n      message\n      ... on VersionConflict {\n        expectedVersion\n        actualVersion\n        missed {\n          ...Fact\n        }\n      }\n      ... on ValidationFailed {\n        issues {\n          path\n          message\n        }\n      }\n    }\n    user {\n      ...Person\n    }\n  }\n": types.AnswerFragmentDoc,
    "\n  fragment Person on User {\n    id\n    name\n    email\n    status\n    version\n    createdAt\n    updatedAt\n  }\n": types.PersonFragmentDoc,
    "\n  fragment Fact on Event {\n    __typename\n    id\n    type\n    aggregateType\n    aggregateId\n    version\n    position\n    recordedAt\n    actor\n    correlationId\n    causationId\n    data\n    ... on UserCreated {\n      name\n      email\n    }\n    ... on UserRenamed {\n      name\n    }\n    ... on UserEmailChanged {\n      email\n    }\n    ... on UserDeactivated {\n      reason\n    }\n  }\n": types.FactFragmentDoc,
    "\n  query GetUser($id: ID!, $at: DateTime, $atVersion: Int, $atPosition: Position) {\n    user(id: $id, at: $at, atVersion: $atVersion, atPosition: $atPosition) {\n      ...Person\n    }\n  }\n": types.GetUserDocument,
    "\n  query ListUsers(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $where: UserFilter\n    $orderBy: UserOrder\n  ) {\n    users(\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n      where: $where\n      orderBy: $orderBy\n    ) {\n      totalCount\n      nodes {\n        id\n      }\n      edges {\n        cursor\n        node {\n          ...Person\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n": types.ListUsersDocument,
    "\n  query ListEvents($first: Int, $after: String, $last: Int, $before: String, $where: EventFilter) {\n    events(first: $first, after: $after, last: $last, before: $before, where: $where) {\n      nodes {\n        ...Fact\n      }\n      edges {\n        cursor\n        node {\n          position\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n": types.ListEventsDocument,
    "\n  query GetHead {\n    head {\n      position\n      recordedAt\n    }\n  }\n": types.GetHeadDocument,
    "\n  subscription Events($where: EventFilter) {\n    events(where: $where) {\n      position\n      caughtUp\n      event {\n        ...Fact\n      }\n    }\n  }\n": types.EventsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateUser($input: CreateUserInput!, $expectedVersion: Int) {\n    createUser(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n"): typeof import('./graphql.js').CreateUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenameUser($input: RenameUserInput!, $expectedVersion: Int!) {\n    renameUser(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n"): typeof import('./graphql.js').RenameUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeUserEmail($input: ChangeUserEmailInput!, $expectedVersion: Int!) {\n    changeUserEmail(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n"): typeof import('./graphql.js').ChangeUserEmailDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeactivateUser($input: DeactivateUserInput!, $expectedVersion: Int!) {\n    deactivateUser(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n"): typeof import('./graphql.js').DeactivateUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReactivateUser($input: ReactivateUserInput!, $expectedVersion: Int!) {\n    reactivateUser(input: $input, expectedVersion: $expectedVersion) {\n      ...Answer\n    }\n  }\n"): typeof import('./graphql.js').ReactivateUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Answer on UserCommandResult {\n    success\n    position\n    events {\n      ...Fact\n    }\n    error {\n      __typename\n      code\n      message\n      ... on VersionConflict {\n        expectedVersion\n        actualVersion\n        missed {\n          ...Fact\n        }\n      }\n      ... on ValidationFailed {\n        issues {\n          path\n          message\n        }\n      }\n    }\n    user {\n      ...Person\n    }\n  }\n"): typeof import('./graphql.js').AnswerFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Person on User {\n    id\n    name\n    email\n    status\n    version\n    createdAt\n    updatedAt\n  }\n"): typeof import('./graphql.js').PersonFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Fact on Event {\n    __typename\n    id\n    type\n    aggregateType\n    aggregateId\n    version\n    position\n    recordedAt\n    actor\n    correlationId\n    causationId\n    data\n    ... on UserCreated {\n      name\n      email\n    }\n    ... on UserRenamed {\n      name\n    }\n    ... on UserEmailChanged {\n      email\n    }\n    ... on UserDeactivated {\n      reason\n    }\n  }\n"): typeof import('./graphql.js').FactFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetUser($id: ID!, $at: DateTime, $atVersion: Int, $atPosition: Position) {\n    user(id: $id, at: $at, atVersion: $atVersion, atPosition: $atPosition) {\n      ...Person\n    }\n  }\n"): typeof import('./graphql.js').GetUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListUsers(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $where: UserFilter\n    $orderBy: UserOrder\n  ) {\n    users(\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n      where: $where\n      orderBy: $orderBy\n    ) {\n      totalCount\n      nodes {\n        id\n      }\n      edges {\n        cursor\n        node {\n          ...Person\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.js').ListUsersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListEvents($first: Int, $after: String, $last: Int, $before: String, $where: EventFilter) {\n    events(first: $first, after: $after, last: $last, before: $before, where: $where) {\n      nodes {\n        ...Fact\n      }\n      edges {\n        cursor\n        node {\n          position\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.js').ListEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetHead {\n    head {\n      position\n      recordedAt\n    }\n  }\n"): typeof import('./graphql.js').GetHeadDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Events($where: EventFilter) {\n    events(where: $where) {\n      position\n      caughtUp\n      event {\n        ...Fact\n      }\n    }\n  }\n"): typeof import('./graphql.js').EventsDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
