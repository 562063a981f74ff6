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
    "\n  query Revisions($id: ID!) {\n    user(id: $id) {\n      id\n      revision(version: 1) {\n        userId\n        name\n        version\n      }\n      history(first: 10) {\n        edges {\n          cursor\n          node {\n            userId\n            name\n            version\n            changes {\n              field\n              from\n              to\n            }\n          }\n        }\n        pageInfo {\n          endCursor\n        }\n      }\n      diff(from: { version: 1 }) {\n        field\n        from\n        to\n      }\n      blame {\n        field\n        event {\n          id\n          version\n        }\n      }\n    }\n  }\n": typeof types.RevisionsDocument,
    "\n  query World($id: ID!) {\n    asOf(position: \"1\") {\n      position\n      user(id: $id) {\n        userId\n        name\n        version\n      }\n      users {\n        nodes {\n          userId\n          name\n          version\n        }\n      }\n      events {\n        nodes {\n          id\n          type\n          version\n        }\n      }\n    }\n    head {\n      position\n    }\n    projections {\n      name\n      lag\n    }\n  }\n": typeof types.WorldDocument,
    "\n  query PastUser($id: ID!) {\n    user(id: $id, atVersion: 1) {\n      id\n      name\n      version\n    }\n  }\n": typeof types.PastUserDocument,
    "\n  query PastUserWithoutId($id: ID!) {\n    user(id: $id, atVersion: 1) {\n      name\n      version\n    }\n  }\n": typeof types.PastUserWithoutIdDocument,
    "\n  mutation TryRename($id: ID!) {\n    renameUser(input: { id: $id, name: \"Would be\" }, expectedVersion: 2, dryRun: true) {\n      success\n      user {\n        id\n        name\n        version\n      }\n    }\n  }\n": typeof types.TryRenameDocument,
    "\n  query LiveUser($id: ID!) {\n    user(id: $id) {\n      id\n      name\n      version\n    }\n  }\n": typeof types.LiveUserDocument,
    "\n  mutation CreateUser(\n    $input: CreateUserInput!\n    $expectedVersion: Int! = 0\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    createUser(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n": typeof types.CreateUserDocument,
    "\n  mutation RenameUser(\n    $input: RenameUserInput!\n    $expectedVersion: Int!\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    renameUser(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n": typeof types.RenameUserDocument,
    "\n  mutation ChangeUserEmail(\n    $input: ChangeUserEmailInput!\n    $expectedVersion: Int!\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    changeUserEmail(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n": typeof types.ChangeUserEmailDocument,
    "\n  mutation DeactivateUser(\n    $input: DeactivateUserInput!\n    $expectedVersion: Int!\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    deactivateUser(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n": typeof types.DeactivateUserDocument,
    "\n  mutation ReactivateUser(\n    $input: ReactivateUserInput!\n    $expectedVersion: Int!\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    reactivateUser(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n": typeof types.ReactivateUserDocument,
    "\n  fragment Answer on UserCommandResult {\n    success\n    position\n    replayed\n    dryRun\n    events {\n      ...Fact\n    }\n    error {\n      __typename\n      code\n      message\n      ... on VersionConflict {\n        expectedVersion\n        actualVersion\n        missed {\n          ...Fact\n        }\n      }\n      ... on ValidationFailed {\n        issues {\n          path\n          message\n        }\n      }\n    }\n    user {\n      ...Person\n    }\n  }\n": typeof types.AnswerFragmentDoc,
    "\n  fragment Person on User {\n    id\n    name\n    email\n    status\n    version\n    createdAt\n    updatedAt\n  }\n": typeof types.PersonFragmentDoc,
    "\n  fragment Fact on Event {\n    __typename\n    id\n    type\n    aggregateType\n    aggregateId\n    version\n    position\n    recordedAt\n    actor\n    correlationId\n    causationId\n    commandId\n    traceparent\n    schemaVersion\n    data\n    ... on UserCreated {\n      name\n      email\n      status\n    }\n    ... on UserRenamed {\n      name\n    }\n    ... on UserEmailChanged {\n      email\n    }\n    ... on UserDeactivated {\n      reason\n    }\n  }\n": typeof types.FactFragmentDoc,
    "\n  query GetUser(\n    $id: ID!\n    $at: DateTime\n    $atVersion: Int\n    $atPosition: Position\n    $consistentWith: Position\n  ) {\n    user(\n      id: $id\n      at: $at\n      atVersion: $atVersion\n      atPosition: $atPosition\n      consistentWith: $consistentWith\n    ) {\n      ...Person\n    }\n  }\n": typeof types.GetUserDocument,
    "\n  query ListUsers(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $where: UserFilter\n    $orderBy: UserOrder\n    $consistentWith: Position\n  ) {\n    users(\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n      where: $where\n      orderBy: $orderBy\n      consistentWith: $consistentWith\n    ) {\n      totalCount\n      nodes {\n        id\n      }\n      edges {\n        cursor\n        node {\n          ...Person\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n": typeof types.ListUsersDocument,
    "\n  query ListEvents($first: Int, $after: String, $last: Int, $before: String, $where: EventFilter) {\n    events(first: $first, after: $after, last: $last, before: $before, where: $where) {\n      nodes {\n        ...Fact\n      }\n      edges {\n        cursor\n        node {\n          position\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n": typeof types.ListEventsDocument,
    "\n  query GetActivity($from: DateTime, $to: DateTime, $buckets: Int! = 100) {\n    activity(from: $from, to: $to, buckets: $buckets) {\n      from\n      to\n      events\n      position\n    }\n  }\n": typeof types.GetActivityDocument,
    "\n  query GetViewer {\n    viewer {\n      actor\n      roles\n    }\n  }\n": typeof types.GetViewerDocument,
    "\n  query GetHead {\n    head {\n      position\n      recordedAt\n    }\n  }\n": typeof types.GetHeadDocument,
    "\n  subscription Events($after: Position, $where: EventFilter) {\n    events(after: $after, where: $where) {\n      position\n      caughtUp\n      event {\n        ...Fact\n      }\n    }\n  }\n": typeof types.EventsDocument,
    "\n  fragment Past on UserRevision {\n    userId\n    name\n    email\n    status\n    version\n    position\n    validFrom\n    validTo\n    event {\n      ...Fact\n    }\n    changes {\n      field\n      from\n      to\n    }\n  }\n": typeof types.PastFragmentDoc,
    "\n  query GetRevision($id: ID!, $atVersion: Int, $at: DateTime, $version: Int) {\n    user(id: $id, atVersion: $atVersion) {\n      revision(at: $at, version: $version) {\n        ...Past\n      }\n    }\n  }\n": typeof types.GetRevisionDocument,
    "\n  query GetHistory(\n    $id: ID!\n    $atVersion: Int\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n  ) {\n    user(id: $id, atVersion: $atVersion) {\n      history(first: $first, after: $after, last: $last, before: $before) {\n        nodes {\n          ...Past\n        }\n        edges {\n          cursor\n          node {\n            version\n          }\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.GetHistoryDocument,
    "\n  query GetDiff($id: ID!, $atVersion: Int, $from: Moment!, $to: Moment) {\n    user(id: $id, atVersion: $atVersion) {\n      diff(from: $from, to: $to) {\n        field\n        from\n        to\n      }\n    }\n  }\n": typeof types.GetDiffDocument,
    "\n  query GetBlame($id: ID!, $atVersion: Int) {\n    user(id: $id, atVersion: $atVersion) {\n      blame {\n        field\n        event {\n          ...Fact\n        }\n      }\n    }\n  }\n": typeof types.GetBlameDocument,
    "\n  query GetWorld(\n    $at: DateTime\n    $position: Position\n    $id: ID!\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $where: EventFilter\n  ) {\n    asOf(at: $at, position: $position) {\n      position\n      at\n      user(id: $id) {\n        ...Past\n      }\n      users(first: $first, after: $after) {\n        nodes {\n          ...Past\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n      }\n      events(last: $last, before: $before, where: $where) {\n        nodes {\n          ...Fact\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.GetWorldDocument,
    "\n  query GetProjections {\n    projections {\n      name\n      version\n      position\n      lag\n      status\n    }\n  }\n": typeof types.GetProjectionsDocument,
    "\n  subscription WatchUser($id: ID!) {\n    user(id: $id) {\n      ...Person\n    }\n  }\n": typeof types.WatchUserDocument,
};
const documents: Documents = {
    "\n  query Revisions($id: ID!) {\n    user(id: $id) {\n      id\n      revision(version: 1) {\n        userId\n        name\n        version\n      }\n      history(first: 10) {\n        edges {\n          cursor\n          node {\n            userId\n            name\n            version\n            changes {\n              field\n              from\n              to\n            }\n          }\n        }\n        pageInfo {\n          endCursor\n        }\n      }\n      diff(from: { version: 1 }) {\n        field\n        from\n        to\n      }\n      blame {\n        field\n        event {\n          id\n          version\n        }\n      }\n    }\n  }\n": types.RevisionsDocument,
    "\n  query World($id: ID!) {\n    asOf(position: \"1\") {\n      position\n      user(id: $id) {\n        userId\n        name\n        version\n      }\n      users {\n        nodes {\n          userId\n          name\n          version\n        }\n      }\n      events {\n        nodes {\n          id\n          type\n          version\n        }\n      }\n    }\n    head {\n      position\n    }\n    projections {\n      name\n      lag\n    }\n  }\n": types.WorldDocument,
    "\n  query PastUser($id: ID!) {\n    user(id: $id, atVersion: 1) {\n      id\n      name\n      version\n    }\n  }\n": types.PastUserDocument,
    "\n  query PastUserWithoutId($id: ID!) {\n    user(id: $id, atVersion: 1) {\n      name\n      version\n    }\n  }\n": types.PastUserWithoutIdDocument,
    "\n  mutation TryRename($id: ID!) {\n    renameUser(input: { id: $id, name: \"Would be\" }, expectedVersion: 2, dryRun: true) {\n      success\n      user {\n        id\n        name\n        version\n      }\n    }\n  }\n": types.TryRenameDocument,
    "\n  query LiveUser($id: ID!) {\n    user(id: $id) {\n      id\n      name\n      version\n    }\n  }\n": types.LiveUserDocument,
    "\n  mutation CreateUser(\n    $input: CreateUserInput!\n    $expectedVersion: Int! = 0\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    createUser(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n": types.CreateUserDocument,
    "\n  mutation RenameUser(\n    $input: RenameUserInput!\n    $expectedVersion: Int!\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    renameUser(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n": types.RenameUserDocument,
    "\n  mutation ChangeUserEmail(\n    $input: ChangeUserEmailInput!\n    $expectedVersion: Int!\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    changeUserEmail(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n": types.ChangeUserEmailDocument,
    "\n  mutation DeactivateUser(\n    $input: DeactivateUserInput!\n    $expectedVersion: Int!\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    deactivateUser(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n": types.DeactivateUserDocument,
    "\n  mutation ReactivateUser(\n    $input: ReactivateUserInput!\n    $expectedVersion: Int!\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    reactivateUser(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n": types.ReactivateUserDocument,
    "\n  fragment Answer on UserCommandResult {\n    success\n    position\n    replayed\n    dryRun\n    events {\n      ...Fact\n    }\n    error {\n      __typename\n      code\n      message\n      ... on VersionConflict {\n        expectedVersion\n        actualVersion\n        missed {\n          ...Fact\n        }\n      }\n      ... on ValidationFailed {\n        issues {\n          path\n          message\n        }\n      }\n    }\n    user {\n      ...Person\n    }\n  }\n": types.AnswerFragmentDoc,
    "\n  fragment Person on User {\n    id\n    name\n    email\n    status\n    version\n    createdAt\n    updatedAt\n  }\n": types.PersonFragmentDoc,
    "\n  fragment Fact on Event {\n    __typename\n    id\n    type\n    aggregateType\n    aggregateId\n    version\n    position\n    recordedAt\n    actor\n    correlationId\n    causationId\n    commandId\n    traceparent\n    schemaVersion\n    data\n    ... on UserCreated {\n      name\n      email\n      status\n    }\n    ... on UserRenamed {\n      name\n    }\n    ... on UserEmailChanged {\n      email\n    }\n    ... on UserDeactivated {\n      reason\n    }\n  }\n": types.FactFragmentDoc,
    "\n  query GetUser(\n    $id: ID!\n    $at: DateTime\n    $atVersion: Int\n    $atPosition: Position\n    $consistentWith: Position\n  ) {\n    user(\n      id: $id\n      at: $at\n      atVersion: $atVersion\n      atPosition: $atPosition\n      consistentWith: $consistentWith\n    ) {\n      ...Person\n    }\n  }\n": types.GetUserDocument,
    "\n  query ListUsers(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $where: UserFilter\n    $orderBy: UserOrder\n    $consistentWith: Position\n  ) {\n    users(\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n      where: $where\n      orderBy: $orderBy\n      consistentWith: $consistentWith\n    ) {\n      totalCount\n      nodes {\n        id\n      }\n      edges {\n        cursor\n        node {\n          ...Person\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n": types.ListUsersDocument,
    "\n  query ListEvents($first: Int, $after: String, $last: Int, $before: String, $where: EventFilter) {\n    events(first: $first, after: $after, last: $last, before: $before, where: $where) {\n      nodes {\n        ...Fact\n      }\n      edges {\n        cursor\n        node {\n          position\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n": types.ListEventsDocument,
    "\n  query GetActivity($from: DateTime, $to: DateTime, $buckets: Int! = 100) {\n    activity(from: $from, to: $to, buckets: $buckets) {\n      from\n      to\n      events\n      position\n    }\n  }\n": types.GetActivityDocument,
    "\n  query GetViewer {\n    viewer {\n      actor\n      roles\n    }\n  }\n": types.GetViewerDocument,
    "\n  query GetHead {\n    head {\n      position\n      recordedAt\n    }\n  }\n": types.GetHeadDocument,
    "\n  subscription Events($after: Position, $where: EventFilter) {\n    events(after: $after, where: $where) {\n      position\n      caughtUp\n      event {\n        ...Fact\n      }\n    }\n  }\n": types.EventsDocument,
    "\n  fragment Past on UserRevision {\n    userId\n    name\n    email\n    status\n    version\n    position\n    validFrom\n    validTo\n    event {\n      ...Fact\n    }\n    changes {\n      field\n      from\n      to\n    }\n  }\n": types.PastFragmentDoc,
    "\n  query GetRevision($id: ID!, $atVersion: Int, $at: DateTime, $version: Int) {\n    user(id: $id, atVersion: $atVersion) {\n      revision(at: $at, version: $version) {\n        ...Past\n      }\n    }\n  }\n": types.GetRevisionDocument,
    "\n  query GetHistory(\n    $id: ID!\n    $atVersion: Int\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n  ) {\n    user(id: $id, atVersion: $atVersion) {\n      history(first: $first, after: $after, last: $last, before: $before) {\n        nodes {\n          ...Past\n        }\n        edges {\n          cursor\n          node {\n            version\n          }\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n      }\n    }\n  }\n": types.GetHistoryDocument,
    "\n  query GetDiff($id: ID!, $atVersion: Int, $from: Moment!, $to: Moment) {\n    user(id: $id, atVersion: $atVersion) {\n      diff(from: $from, to: $to) {\n        field\n        from\n        to\n      }\n    }\n  }\n": types.GetDiffDocument,
    "\n  query GetBlame($id: ID!, $atVersion: Int) {\n    user(id: $id, atVersion: $atVersion) {\n      blame {\n        field\n        event {\n          ...Fact\n        }\n      }\n    }\n  }\n": types.GetBlameDocument,
    "\n  query GetWorld(\n    $at: DateTime\n    $position: Position\n    $id: ID!\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $where: EventFilter\n  ) {\n    asOf(at: $at, position: $position) {\n      position\n      at\n      user(id: $id) {\n        ...Past\n      }\n      users(first: $first, after: $after) {\n        nodes {\n          ...Past\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n      }\n      events(last: $last, before: $before, where: $where) {\n        nodes {\n          ...Fact\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n      }\n    }\n  }\n": types.GetWorldDocument,
    "\n  query GetProjections {\n    projections {\n      name\n      version\n      position\n      lag\n      status\n    }\n  }\n": types.GetProjectionsDocument,
    "\n  subscription WatchUser($id: ID!) {\n    user(id: $id) {\n      ...Person\n    }\n  }\n": types.WatchUserDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Revisions($id: ID!) {\n    user(id: $id) {\n      id\n      revision(version: 1) {\n        userId\n        name\n        version\n      }\n      history(first: 10) {\n        edges {\n          cursor\n          node {\n            userId\n            name\n            version\n            changes {\n              field\n              from\n              to\n            }\n          }\n        }\n        pageInfo {\n          endCursor\n        }\n      }\n      diff(from: { version: 1 }) {\n        field\n        from\n        to\n      }\n      blame {\n        field\n        event {\n          id\n          version\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.js').RevisionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query World($id: ID!) {\n    asOf(position: \"1\") {\n      position\n      user(id: $id) {\n        userId\n        name\n        version\n      }\n      users {\n        nodes {\n          userId\n          name\n          version\n        }\n      }\n      events {\n        nodes {\n          id\n          type\n          version\n        }\n      }\n    }\n    head {\n      position\n    }\n    projections {\n      name\n      lag\n    }\n  }\n"): typeof import('./graphql.js').WorldDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PastUser($id: ID!) {\n    user(id: $id, atVersion: 1) {\n      id\n      name\n      version\n    }\n  }\n"): typeof import('./graphql.js').PastUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PastUserWithoutId($id: ID!) {\n    user(id: $id, atVersion: 1) {\n      name\n      version\n    }\n  }\n"): typeof import('./graphql.js').PastUserWithoutIdDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TryRename($id: ID!) {\n    renameUser(input: { id: $id, name: \"Would be\" }, expectedVersion: 2, dryRun: true) {\n      success\n      user {\n        id\n        name\n        version\n      }\n    }\n  }\n"): typeof import('./graphql.js').TryRenameDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LiveUser($id: ID!) {\n    user(id: $id) {\n      id\n      name\n      version\n    }\n  }\n"): typeof import('./graphql.js').LiveUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateUser(\n    $input: CreateUserInput!\n    $expectedVersion: Int! = 0\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    createUser(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n"): typeof import('./graphql.js').CreateUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenameUser(\n    $input: RenameUserInput!\n    $expectedVersion: Int!\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    renameUser(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n"): typeof import('./graphql.js').RenameUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeUserEmail(\n    $input: ChangeUserEmailInput!\n    $expectedVersion: Int!\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    changeUserEmail(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n"): typeof import('./graphql.js').ChangeUserEmailDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeactivateUser(\n    $input: DeactivateUserInput!\n    $expectedVersion: Int!\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    deactivateUser(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n"): typeof import('./graphql.js').DeactivateUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReactivateUser(\n    $input: ReactivateUserInput!\n    $expectedVersion: Int!\n    $commandId: ID\n    $dryRun: Boolean! = false\n  ) {\n    reactivateUser(\n      input: $input\n      expectedVersion: $expectedVersion\n      commandId: $commandId\n      dryRun: $dryRun\n    ) {\n      ...Answer\n    }\n  }\n"): typeof import('./graphql.js').ReactivateUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Answer on UserCommandResult {\n    success\n    position\n    replayed\n    dryRun\n    events {\n      ...Fact\n    }\n    error {\n      __typename\n      code\n      message\n      ... on VersionConflict {\n        expectedVersion\n        actualVersion\n        missed {\n          ...Fact\n        }\n      }\n      ... on ValidationFailed {\n        issues {\n          path\n          message\n        }\n      }\n    }\n    user {\n      ...Person\n    }\n  }\n"): typeof import('./graphql.js').AnswerFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Person on User {\n    id\n    name\n    email\n    status\n    version\n    createdAt\n    updatedAt\n  }\n"): typeof import('./graphql.js').PersonFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Fact on Event {\n    __typename\n    id\n    type\n    aggregateType\n    aggregateId\n    version\n    position\n    recordedAt\n    actor\n    correlationId\n    causationId\n    commandId\n    traceparent\n    schemaVersion\n    data\n    ... on UserCreated {\n      name\n      email\n      status\n    }\n    ... on UserRenamed {\n      name\n    }\n    ... on UserEmailChanged {\n      email\n    }\n    ... on UserDeactivated {\n      reason\n    }\n  }\n"): typeof import('./graphql.js').FactFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetUser(\n    $id: ID!\n    $at: DateTime\n    $atVersion: Int\n    $atPosition: Position\n    $consistentWith: Position\n  ) {\n    user(\n      id: $id\n      at: $at\n      atVersion: $atVersion\n      atPosition: $atPosition\n      consistentWith: $consistentWith\n    ) {\n      ...Person\n    }\n  }\n"): typeof import('./graphql.js').GetUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListUsers(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $where: UserFilter\n    $orderBy: UserOrder\n    $consistentWith: Position\n  ) {\n    users(\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n      where: $where\n      orderBy: $orderBy\n      consistentWith: $consistentWith\n    ) {\n      totalCount\n      nodes {\n        id\n      }\n      edges {\n        cursor\n        node {\n          ...Person\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.js').ListUsersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListEvents($first: Int, $after: String, $last: Int, $before: String, $where: EventFilter) {\n    events(first: $first, after: $after, last: $last, before: $before, where: $where) {\n      nodes {\n        ...Fact\n      }\n      edges {\n        cursor\n        node {\n          position\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.js').ListEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetActivity($from: DateTime, $to: DateTime, $buckets: Int! = 100) {\n    activity(from: $from, to: $to, buckets: $buckets) {\n      from\n      to\n      events\n      position\n    }\n  }\n"): typeof import('./graphql.js').GetActivityDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetViewer {\n    viewer {\n      actor\n      roles\n    }\n  }\n"): typeof import('./graphql.js').GetViewerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetHead {\n    head {\n      position\n      recordedAt\n    }\n  }\n"): typeof import('./graphql.js').GetHeadDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Events($after: Position, $where: EventFilter) {\n    events(after: $after, where: $where) {\n      position\n      caughtUp\n      event {\n        ...Fact\n      }\n    }\n  }\n"): typeof import('./graphql.js').EventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Past on UserRevision {\n    userId\n    name\n    email\n    status\n    version\n    position\n    validFrom\n    validTo\n    event {\n      ...Fact\n    }\n    changes {\n      field\n      from\n      to\n    }\n  }\n"): typeof import('./graphql.js').PastFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetRevision($id: ID!, $atVersion: Int, $at: DateTime, $version: Int) {\n    user(id: $id, atVersion: $atVersion) {\n      revision(at: $at, version: $version) {\n        ...Past\n      }\n    }\n  }\n"): typeof import('./graphql.js').GetRevisionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetHistory(\n    $id: ID!\n    $atVersion: Int\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n  ) {\n    user(id: $id, atVersion: $atVersion) {\n      history(first: $first, after: $after, last: $last, before: $before) {\n        nodes {\n          ...Past\n        }\n        edges {\n          cursor\n          node {\n            version\n          }\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.js').GetHistoryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetDiff($id: ID!, $atVersion: Int, $from: Moment!, $to: Moment) {\n    user(id: $id, atVersion: $atVersion) {\n      diff(from: $from, to: $to) {\n        field\n        from\n        to\n      }\n    }\n  }\n"): typeof import('./graphql.js').GetDiffDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetBlame($id: ID!, $atVersion: Int) {\n    user(id: $id, atVersion: $atVersion) {\n      blame {\n        field\n        event {\n          ...Fact\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.js').GetBlameDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetWorld(\n    $at: DateTime\n    $position: Position\n    $id: ID!\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $where: EventFilter\n  ) {\n    asOf(at: $at, position: $position) {\n      position\n      at\n      user(id: $id) {\n        ...Past\n      }\n      users(first: $first, after: $after) {\n        nodes {\n          ...Past\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n      }\n      events(last: $last, before: $before, where: $where) {\n        nodes {\n          ...Fact\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.js').GetWorldDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetProjections {\n    projections {\n      name\n      version\n      position\n      lag\n      status\n    }\n  }\n"): typeof import('./graphql.js').GetProjectionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WatchUser($id: ID!) {\n    user(id: $id) {\n      ...Person\n    }\n  }\n"): typeof import('./graphql.js').WatchUserDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
