/**
 * The tabs that a first visitor finds: one user's story, to be run from left to right. Their lines are
 * short enough to be read without scrolling.
 */
export const tabs = [
  {
    query: `# 1. A command appends events to the log,
#    and the log is the only truth.
#    Run it (Ctrl-Enter), then run it again:
#    version 0 has passed, so it is refused.

mutation CreateUser($input: CreateUserInput!) {
  createUser(input: $input) {
    success
    position
    events { type version recordedAt data }
    user { id name email version }
    error { code message }
  }
}
`,
    variables: json({ input: { id: 'ada', name: 'Ada Byron', email: 'ada@example.com' } }),
  },
  {
    query: `# 2. Whoever changes a user says which version
#    they last saw. Run it twice: the second time
#    that version has passed, and the answer
#    tells what was missed.

mutation RenameUser(
  $input: RenameUserInput!
  $expectedVersion: Int!
) {
  renameUser(
    input: $input
    expectedVersion: $expectedVersion
  ) {
    success
    position
    events { type version recordedAt data }
    user { id name version }
    error {
      code
      message
      ... on VersionConflict {
        expectedVersion
        actualVersion
        missed { type version recordedAt data }
      }
    }
  }
}
`,
    variables: json({ input: { id: 'ada', name: 'Ada Lovelace' }, expectedVersion: 1 }),
  },
  {
    query: `# 3. Ask for a user as of any moment: a version,
#    a time, a position in the log. The time below
#    is your first visit, when there may have been
#    no such user: put a recordedAt in its place.

query UserThenAndNow(
  $id: ID!
  $version: Int!
  $at: DateTime!
) {
  now: user(id: $id) {
    name
    version
  }
  atVersion: user(id: $id, atVersion: $version) {
    name
    version
  }
  atTime: user(id: $id, at: $at) {
    name
    version
  }
}
`,
    variables: json({ id: 'ada', version: 1, at: new Date().toISOString() }),
  },
  {
    query: `# 4. The whole world as of one moment, and how
#    a user came to be what it is: its revisions,
#    and the event behind each of its fields.

query History($id: ID!, $position: Position) {
  asOf(position: $position) {
    position
    at
    users(first: 5) { nodes { userId name } }
    events(last: 1) { nodes { type data } }
  }
  user(id: $id) {
    history(first: 3) {
      nodes {
        version
        validFrom
        validTo
        changes { field from to }
      }
    }
    blame { field event { type recordedAt } }
  }
}
`,
    variables: json({ id: 'ada', position: '1' }),
  },
  {
    query: `# 5. Listen to the log. The first message says
#    where listening begins. Leave it running and
#    send commands from a second window: changing
#    the tab here would end it.

subscription Events {
  events {
    position
    event { type aggregateId version recordedAt }
  }
}
`,
    variables: '',
  },
] as const;

function json(variables: object): string {
  return JSON.stringify(variables, null, 2);
}
