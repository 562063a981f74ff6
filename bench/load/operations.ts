/** What is asked over HTTP, and how an answer to it looks that is none. */
export const OPERATIONS = ['create', 'rename', 'user', 'page', 'moment', 'asOf'] as const;
export type Operation = (typeof OPERATIONS)[number];

const RESULT = '{ success position user { id name version } error { code } }';
const USER = '{ id name email status version createdAt updatedAt }';
/** As much of one as a revision has. */
const REVISION = '{ userId name email status version validFrom position }';

/** The text of each is always the same, as a client's is; what varies are the variables. */
export const DOCUMENTS: Readonly<Record<Operation, string>> = {
  create: `mutation Create($id: ID!, $name: String!) {
  answer: createUser(input: { id: $id, name: $name }) ${RESULT}
}`,
  rename: `mutation Rename($id: ID!, $name: String!, $version: Int!) {
  answer: renameUser(input: { id: $id, name: $name }, expectedVersion: $version) ${RESULT}
}`,
  user: `query User($id: ID!) { answer: user(id: $id) ${USER} }`,
  page: `query Page { answer: users(first: 20) { nodes ${USER} } }`,
  moment: `query Moment($id: ID!, $at: DateTime!) { answer: user(id: $id, at: $at) ${USER} }`,
  asOf: `query AsOf($at: DateTime!) {
  answer: asOf(at: $at) { users(first: 20) { nodes ${REVISION} } }
}`,
};

export type Variables = Readonly<Record<string, string | number>>;

export const bodyOf = (operation: Operation, variables: Variables): string =>
  JSON.stringify({ query: DOCUMENTS[operation], variables });

interface Answer {
  readonly data?: {
    readonly answer?: {
      readonly success?: boolean;
      readonly error?: { readonly code: string } | null;
      readonly nodes?: readonly object[];
      readonly users?: { readonly nodes: readonly object[] };
    } | null;
  } | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** Why an answer counts as an error; null for one as it is to be. */
export function failureIn(operation: Operation, status: number, body: string): string | null {
  if (status < 200 || status > 299) return `HTTP ${status}`;
  const { data, errors }: Answer = JSON.parse(body);
  const [first] = errors ?? [];
  if (first !== undefined) return first.message;
  const answer = data?.answer ?? null;
  if (answer === null) return 'null';
  switch (operation) {
    case 'create':
    case 'rename':
      return answer.success === true ? null : (answer.error?.code ?? 'no success');
    case 'page':
      return failureOfPage(answer.nodes);
    case 'asOf':
      return failureOfPage(answer.users?.nodes);
    case 'user':
    case 'moment':
      return null;
    default:
      return operation satisfies never;
  }
}

const failureOfPage = (nodes: readonly object[] = []): string | null =>
  nodes.length === 20 ? null : `${nodes.length} users`;
