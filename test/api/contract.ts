/** What the API has promised its clients; the committed schema holds all of it, and may hold more. */
export const CONTRACT = `
scalar DateTime

scalar EmailAddress

scalar JSONObject

scalar Position

type Query {
  user(id: ID!, at: DateTime, atVersion: Int, atPosition: Position, consistentWith: Position): User
  users(first: Int, after: String, last: Int, before: String, where: UserFilter, orderBy: UserOrder, consistentWith: Position): UserConnection!
  events(first: Int, after: String, last: Int, before: String, where: EventFilter): EventConnection!
  asOf(at: DateTime, position: Position): AsOf!
  head: Head!
  projections: [Projection!]!
  activity(from: DateTime, to: DateTime, buckets: Int! = 100): [Activity!]!
  viewer: Viewer!
}

type Mutation {
  createUser(input: CreateUserInput!, expectedVersion: Int! = 0, commandId: ID, dryRun: Boolean! = false): UserCommandResult!
  renameUser(input: RenameUserInput!, expectedVersion: Int!, commandId: ID, dryRun: Boolean! = false): UserCommandResult!
  changeUserEmail(input: ChangeUserEmailInput!, expectedVersion: Int!, commandId: ID, dryRun: Boolean! = false): UserCommandResult!
  deactivateUser(input: DeactivateUserInput!, expectedVersion: Int!, commandId: ID, dryRun: Boolean! = false): UserCommandResult!
  reactivateUser(input: ReactivateUserInput!, expectedVersion: Int!, commandId: ID, dryRun: Boolean! = false): UserCommandResult!
}

input CreateUserInput {
  id: ID
  name: String!
  email: EmailAddress
}

input RenameUserInput {
  id: ID!
  name: String!
}

input ChangeUserEmailInput {
  id: ID!
  email: EmailAddress
}

input DeactivateUserInput {
  id: ID!
  reason: String
}

input ReactivateUserInput {
  id: ID!
}

input UserFilter {
  status: UserStatus
  nameContains: String
  email: EmailAddress
}

input UserOrder {
  field: UserOrderField! = CREATED_AT
  direction: OrderDirection! = ASC
}

enum UserOrderField {
  CREATED_AT
  UPDATED_AT
  NAME
}

enum OrderDirection {
  ASC
  DESC
}

input EventFilter {
  aggregateType: String
  aggregateId: ID
  types: [String!]
  correlationId: ID
}

enum UserStatus {
  ACTIVE
  DEACTIVATED
}

interface CommandResult {
  success: Boolean!
  events: [Event!]!
  position: Position
  replayed: Boolean!
  dryRun: Boolean!
  error: CommandError
}

type UserCommandResult implements CommandResult {
  success: Boolean!
  events: [Event!]!
  position: Position
  replayed: Boolean!
  dryRun: Boolean!
  error: CommandError
  user: User
}

enum CommandErrorCode {
  VERSION_CONFLICT
  VALIDATION_FAILED
  NOT_FOUND
  DEACTIVATED
  ALREADY_EXISTS
  EMAIL_TAKEN
  COMMAND_ID_REUSED
}

interface CommandError {
  code: CommandErrorCode!
  message: String!
}

type VersionConflict implements CommandError {
  code: CommandErrorCode!
  message: String!
  expectedVersion: Int!
  actualVersion: Int!
  missed: [Event!]!
}

type ValidationFailed implements CommandError {
  code: CommandErrorCode!
  message: String!
  issues: [FieldIssue!]!
}

type CommandRejected implements CommandError {
  code: CommandErrorCode!
  message: String!
}

type FieldIssue {
  path: [String!]!
  message: String!
}

type User {
  id: ID!
  name: String!
  email: EmailAddress
  status: UserStatus!
  version: Int!
  createdAt: DateTime!
  updatedAt: DateTime!
  revision(at: DateTime, version: Int): UserRevision
  history(first: Int, after: String, last: Int, before: String): UserRevisionConnection!
  diff(from: Moment!, to: Moment): [FieldChange!]!
  blame: [FieldBlame!]!
}

type UserRevision {
  userId: ID!
  name: String!
  email: EmailAddress
  status: UserStatus!
  version: Int!
  position: Position!
  validFrom: DateTime!
  validTo: DateTime
  event: Event!
  changes: [FieldChange!]!
}

input Moment {
  at: DateTime
  version: Int
  position: Position
}

type FieldChange {
  field: String!
  from: String
  to: String
}

type FieldBlame {
  field: String!
  event: Event!
}

type AsOf {
  position: Position!
  at: DateTime
  user(id: ID!): UserRevision
  users(first: Int, after: String): UserRevisionConnection!
  events(last: Int, before: String, where: EventFilter): EventConnection!
}

type Head {
  position: Position!
  recordedAt: DateTime
}

type Projection {
  name: String!
  version: Int!
  position: Position!
  lag: Int!
  status: ProjectionStatus!
}

enum ProjectionStatus {
  LIVE
  CATCHING_UP
  REBUILDING
  FAILED
}

interface Event {
  id: ID!
  type: String!
  aggregateType: String!
  aggregateId: ID!
  version: Int!
  position: Position!
  recordedAt: DateTime!
  actor: String
  commandId: ID
  correlationId: ID!
  causationId: ID
  data: JSONObject!
}

type UserCreated implements Event {
  id: ID!
  type: String!
  aggregateType: String!
  aggregateId: ID!
  version: Int!
  position: Position!
  recordedAt: DateTime!
  actor: String
  commandId: ID
  correlationId: ID!
  causationId: ID
  data: JSONObject!
  name: String!
  email: EmailAddress
}

type UserRenamed implements Event {
  id: ID!
  type: String!
  aggregateType: String!
  aggregateId: ID!
  version: Int!
  position: Position!
  recordedAt: DateTime!
  actor: String
  commandId: ID
  correlationId: ID!
  causationId: ID
  data: JSONObject!
  name: String!
}

type UserEmailChanged implements Event {
  id: ID!
  type: String!
  aggregateType: String!
  aggregateId: ID!
  version: Int!
  position: Position!
  recordedAt: DateTime!
  actor: String
  commandId: ID
  correlationId: ID!
  causationId: ID
  data: JSONObject!
  email: EmailAddress
}

type UserDeactivated implements Event {
  id: ID!
  type: String!
  aggregateType: String!
  aggregateId: ID!
  version: Int!
  position: Position!
  recordedAt: DateTime!
  actor: String
  commandId: ID
  correlationId: ID!
  causationId: ID
  data: JSONObject!
  reason: String
}

type UserReactivated implements Event {
  id: ID!
  type: String!
  aggregateType: String!
  aggregateId: ID!
  version: Int!
  position: Position!
  recordedAt: DateTime!
  actor: String
  commandId: ID
  correlationId: ID!
  causationId: ID
  data: JSONObject!
}

type EventFrame {
  event: Event
  position: Position!
  caughtUp: Boolean!
}

type PageInfo {
  hasNextPage: Boolean!
  hasPreviousPage: Boolean!
  startCursor: String
  endCursor: String
}

type UserEdge {
  cursor: String!
  node: User!
}

type UserConnection {
  edges: [UserEdge!]!
  nodes: [User!]!
  pageInfo: PageInfo!
  totalCount: Int!
}

type EventEdge {
  cursor: String!
  node: Event!
}

type EventConnection {
  edges: [EventEdge!]!
  nodes: [Event!]!
  pageInfo: PageInfo!
}

type UserRevisionEdge {
  cursor: String!
  node: UserRevision!
}

type UserRevisionConnection {
  edges: [UserRevisionEdge!]!
  nodes: [UserRevision!]!
  pageInfo: PageInfo!
}

type Activity {
  from: DateTime!
  to: DateTime!
  events: Int!
  position: Position!
}

type Viewer {
  actor: String
  roles: [Role!]!
}

enum Role {
  READER
  WRITER
  AUDITOR
  ADMIN
}
`;
