// Prints the log with Apollo Client 4: npx tsx examples/apollo.ts [url] [after]
import { ApolloClient, CombinedGraphQLErrors, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

interface Data {
  readonly events: { position: string; event: { type: string; aggregateId: string } | null };
}

const [url = 'http://localhost:4000', start = '0'] = process.argv.slice(2);
const query = gql(`subscription ($after: Position) {
  events(after: $after) { position event { type aggregateId } }
}`);

// Browsers have it, and Node from 22 on; the link looks for it when a connection fails.
Object.assign(globalThis, { WebSocket });
process.once('SIGINT', () => process.exit());

// Without retries of its own, which would send the first `after` again.
const socket = createClient({ url: `${url.replace('http', 'ws')}/graphql`, retryAttempts: 0 });
const client = new ApolloClient({ link: new GraphQLWsLink(socket), cache: new InMemoryCache() });

let [after, wait] = [start, 100];
function listen(): void {
  // What is printed once need not be kept in a cache.
  client.subscribe<Data>({ query, variables: { after }, fetchPolicy: 'no-cache' }).subscribe({
    next({ data, error }) {
      // Apollo hands on a lost connection as the last result; what the server refuses is final.
      if (CombinedGraphQLErrors.is(error)) throw error;
      if (!data) return;
      const { position, event } = data.events;
      if (event !== null) console.log(position, event.type, event.aggregateId);
      [after, wait] = [position, 100];
    },
    complete() {
      setTimeout(listen, (1 + Math.random()) * wait); // Not all listeners at once.
      wait = Math.min(2 * wait, 5_000);
    },
  });
}
listen();
