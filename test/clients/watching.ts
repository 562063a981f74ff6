import {
  ApolloClient,
  HttpLink,
  InMemoryCache,
  type OperationVariables,
  type TypedDocumentNode,
} from '@apollo/client';
import { Client, fetchExchange, type Exchange, type OperationContext } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { Kind, OperationTypeNode, parse, type DocumentNode } from 'graphql';
import { onTestFinished } from 'vitest';
import { graphql } from '../generated/index.js';
import type { LiveUserQuery, TypedDocumentString } from '../generated/graphql.js';

export const LiveUser = graphql(`
  query LiveUser($id: ID!) {
    user(id: $id) {
      id
      name
      version
    }
  }
`);

type Live = LiveUserQuery['user'] | undefined;

/** A client with a normalised cache on a server, on whose page a user is watched. */
export interface Watching {
  /** Each name that was shown, one after the other, without the same again. */
  readonly names: readonly string[];
  /** The user as the cache alone has it. */
  cached(): Live;
  /** Carries a document out as the client does when it is told nothing else. */
  plainly<Data, Vars extends OperationVariables>(
    document: TypedDocumentString<Data, Vars>,
    variables: Vars,
  ): Promise<Data>;
  /** Carries it out in the way that the client has to leave its cache alone. */
  aside<Data, Vars extends OperationVariables>(
    document: TypedDocumentString<Data, Vars>,
    variables: Vars,
  ): Promise<Data>;
  /** Asks the server for the watched user as it is now. */
  refresh(): Promise<void>;
}

/** Apollo Client as it is set up by default. */
export function watchWithApollo(url: string, id: string): Watching {
  const client = new ApolloClient({
    link: new HttpLink({ uri: `${url}/graphql` }),
    cache: new InMemoryCache(),
  });
  const live = { query: nodeOf(LiveUser), variables: { id } };
  const names: string[] = [];
  const watched = client.watchQuery(live);
  const watching = watched.subscribe(({ data }) => keep(names, data?.user?.name));
  onTestFinished(() => {
    watching.unsubscribe();
    client.stop();
  });
  const carryOut = async <Data, Vars extends OperationVariables>(
    document: TypedDocumentString<Data, Vars>,
    variables: Vars,
    policy: { fetchPolicy?: 'no-cache' },
  ) => {
    const node: DocumentNode = nodeOf(document);
    const { data } = isMutation(node)
      ? await client.mutate({ mutation: node, variables, ...policy })
      : await client.query({ query: node, variables, ...policy });
    // What comes back for a document is of the type that was generated for it.
    return given(data) as Data;
  };
  return {
    names,
    cached: () => client.readQuery(live)?.user,
    plainly: (document, variables) => carryOut(document, variables, {}),
    aside: (document, variables) => carryOut(document, variables, { fetchPolicy: 'no-cache' }),
    async refresh() {
      await client.query({ ...live, fetchPolicy: 'network-only' });
    },
  };
}

/** Everything of this schema that a page may ask for and that has no id, for graphcache's `keys`. */
export const KEYLESS = {
  AsOf: () => null,
  FieldBlame: () => null,
  FieldChange: () => null,
  Head: () => null,
  Projection: () => null,
  UserRevision: () => null,
};

export type Keys = Readonly<Record<string, () => null>>;

/** urql with graphcache; what it says to developers goes to `warnings`. */
export function watchWithUrql(
  url: string,
  id: string,
  { keys = KEYLESS, warnings = [] }: { keys?: Keys; warnings?: string[] } = {},
): Watching {
  const logger = (severity: string, message: string) => {
    if (severity !== 'debug') warnings.push(message);
  };
  const client = urqlClient(url, [cacheExchange({ keys, logger }), fetchExchange]);
  // graphcache has no policy that leaves the cache alone; a client without one does.
  const uncached = urqlClient(url, [fetchExchange]);
  const live = nodeOf(LiveUser);
  const names: string[] = [];
  const watching = client
    .query(live, { id })
    .subscribe(({ data }) => keep(names, data?.user?.name));
  onTestFinished(() => watching.unsubscribe());
  return {
    names,
    cached: () => client.readQuery(live, { id }, { requestPolicy: 'cache-only' })?.data?.user,
    plainly: (document, variables) => carryOutWithUrql(client, document, variables),
    aside: (document, variables) => carryOutWithUrql(uncached, document, variables),
    async refresh() {
      await client.query(live, { id }, { requestPolicy: 'network-only' }).toPromise();
    },
  };
}

/** A urql client that makes its requests by POST, as the others do. */
export const urqlClient = (url: string, exchanges: Exchange[]): Client =>
  new Client({ url: `${url}/graphql`, exchanges, preferGetMethod: false });

export async function carryOutWithUrql<Data, Vars extends OperationVariables>(
  client: Client,
  document: TypedDocumentString<Data, Vars>,
  variables: Vars,
  context?: Partial<OperationContext>,
): Promise<Data> {
  const node: DocumentNode = nodeOf(document);
  const { data, error } = isMutation(node)
    ? await client.mutation(node, variables, context).toPromise()
    : await client.query(node, variables, context).toPromise();
  if (error !== undefined) throw error;
  return given(data) as Data;
}

export function nodeOf<Data, Vars extends OperationVariables>(
  document: TypedDocumentString<Data, Vars>,
): TypedDocumentNode<Data, Vars> {
  return parse(document.toString());
}

const isMutation = ({ definitions }: DocumentNode): boolean =>
  definitions.some(
    (each) =>
      each.kind === Kind.OPERATION_DEFINITION && each.operation === OperationTypeNode.MUTATION,
  );

function given<Data>(data: Data | null | undefined): Data {
  if (data === undefined || data === null) throw new Error('an answer without data');
  return data;
}

/** urql tells its page the same again whenever something beside it was written. */
function keep(names: string[], name: string | undefined): void {
  if (name !== undefined && names.at(-1) !== name) names.push(name);
}
