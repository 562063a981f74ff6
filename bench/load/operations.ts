/** What is asked over HTTP, and how an answer to it looks that is none. */
export const OPERATIONS = ['create', 'rename', 'user', 'page'] as const;
export type Operation = (typeof OPERATIONS)[number];

const RESULT = '{ success position user { id name version } error { code } }';
const USER = '{ id name email status version createdAt updatedAt }';

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
      return answer.nodes?.length === 20 ? null : `${answer.nodes?.length} users`;
    case 'user':
      return null;
    default:
      return operation satisfies never;
  }
}
