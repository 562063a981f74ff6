// Prints the log with graphql-sse's client: npx tsx examples/graphql-sse.ts [url] [after]
import { setTimeout as delay } from 'node:timers/promises';
import { createClient, NetworkError } from 'graphql-sse';

interface Data {
  readonly events: { position: string; event: { type: string; aggregateId: string } | null };
}

const [url = 'http://localhost:4000', start = '0'] = process.argv.slice(2);
const query = `subscription ($after: Position) {
  events(after: $after) { position event { type aggregateId } }
}`;

class Refused extends Error {}

process.once('SIGINT', () => process.exit());

// Its own retries would send the first `after` again, and get everything since then twice.
const client = createClient({ url: `${url}/graphql/stream`, retryAttempts: 0 });

const variables = { after: start };
for (let wait = 100; ; wait = Math.min(2 * wait, 5_000)) {
  try {
    for await (const { data, errors } of client.iterate<Data>({ query, variables })) {
      if (!data) throw new Refused(errors?.[0]?.message);
      const { position, event } = data.events;
      if (event !== null) console.log(position, event.type, event.aggregateId);
      // Kept once the event is dealt with.
      [variables.after, wait] = [position, 100];
    }
  } catch (error) {
    // A stream that is cut is not always a NetworkError of this client, so ask for what is final.
    const status = error instanceof NetworkError ? error.response?.status : undefined;
    if (error instanceof Refused || (status !== undefined && status < 500)) throw error;
  }
  await delay((1 + Math.random()) * wait); // Not all listeners at once.
}
