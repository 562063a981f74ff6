// Prints the log with graphql-ws's own client: npx tsx examples/graphql-ws.ts [url] [after]
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

interface Data {
  readonly events: { position: string; event: { type: string; aggregateId: string } | null };
}

const [url = 'http://localhost:4000', start = '0'] = process.argv.slice(2);
const query = `subscription ($after: Position) {
  events(after: $after) { position event { type aggregateId } }
}`;

process.once('SIGINT', () => process.exit());

// Its own retries would send the first `after` again, and get everything since then twice.
const client = createClient({
  url: `${url.replace('http', 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  retryAttempts: 0,
});

// The ten lines: listen, keep the position, and listen again from there when the connection is lost.
const variables = { after: start };
for (let wait = 100; ; wait = Math.min(2 * wait, 5_000)) {
  try {
    for await (const { data, errors } of client.iterate<Data>({ query, variables })) {
      if (!data) throw new Error(errors?.[0]?.message);
      print(data.events); // Whatever you do with an event; the position is kept once it is done.
      [variables.after, wait] = [data.events.position, 100];
    }
  } catch (reason) {
    // A lost connection is an event of the socket; the rest would be no better the next time.
    if (reason instanceof Error || Array.isArray(reason)) throw reason;
  }
  await delay((1 + Math.random()) * wait); // Not all listeners at once.
}

function print({ position, event }: Data['events']): void {
  if (event !== null) console.log(position, event.type, event.aggregateId);
}
