// Prints the log with urql: npx tsx examples/urql.ts [url] [after]
import { Client, subscriptionExchange } from '@urql/core';
import { createClient, type Sink } from 'graphql-ws';
import { WebSocket } from 'ws';

interface Data {
  readonly events: { position: string; event: { type: string; aggregateId: string } | null };
}

const [url = 'http://localhost:4000', start = '0'] = process.argv.slice(2);
const query = `subscription ($after: Position) {
  events(after: $after) { position event { type aggregateId } }
}`;

process.once('SIGINT', () => process.exit());

// Without retries of its own, which would send the first `after` again.
const socket = createClient({
  url: `${url.replace('http', 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  retryAttempts: 0,
});
const exchange = subscriptionExchange({
  forwardSubscription: ({ query: text = '', variables }) => ({
    // The cast is for exactOptionalPropertyTypes alone.
    subscribe: (sink) => ({
      unsubscribe: socket.subscribe({ query: text, variables }, sink as Sink),
    }),
  }),
});
const client = new Client({ url, exchanges: [exchange] });

let [after, wait] = [start, 100];
function listen(): void {
  const listening = client.subscription<Data>(query, { after }).subscribe(({ data, error }) => {
    if (error?.networkError !== undefined) {
      listening.unsubscribe();
      setTimeout(listen, (1 + Math.random()) * wait); // Not all listeners at once.
      wait = Math.min(2 * wait, 5_000);
    } else if (error !== undefined) {
      // Thrown here it would only end the connection, which is in the middle of telling it.
      console.error(error.message);
      process.exit(1);
    } else if (data !== undefined) {
      const { position, event } = data.events;
      if (event !== null) console.log(position, event.type, event.aggregateId);
      [after, wait] = [position, 100];
    }
  });
}
listen();
