/**
 * evtstore on PostgreSQL, by its provider for Postgres.js (10 connections, as that takes by itself), set
 * up as in its documentation. A user is asked for by its aggregate, which is folded from its events each
 * time: its read models follow later, by a handler that polls, and would not show the last write. The
 * argument is the url of an empty database.
 */
import { createAggregate, createCommands, createDomain } from 'evtstore';
import { createProvider, migrate } from 'evtstore/provider/postgres.js';
import postgres from 'postgres';
import { serve } from '../servers/serve.js';
import { created, evolve, renamed, rootOf, Stale, type User, type UserEvent } from './users.js';

const [url = ''] = process.argv.slice(2);
const sql = postgres(url, { onnotice: () => undefined });
const tables = { events: 'events', bookmarks: 'bookmarks' };
await migrate({ sql, ...tables });

interface State {
  readonly user: User | null;
}
type Command = {
  readonly type: 'append';
  readonly event: UserEvent;
  readonly expectedVersion: number;
};

const user = createAggregate<UserEvent, State, 'users'>({
  stream: 'users',
  create: () => ({ user: null }),
  fold: (event, previous) => ({ user: evolve(previous.user, event) }),
});
const { domain } = createDomain(
  { provider: createProvider({ sql, limit: 1_000, ...tables }) },
  { user },
);
const commands = createCommands<UserEvent, State, Command>(domain.user, {
  append: async ({ event, expectedVersion }, { version }) => {
    if (version !== expectedVersion) throw new Stale();
    return event;
  },
});

async function append(id: string, event: UserEvent, expectedVersion: number) {
  const next = await commands.append(id, { event, expectedVersion });
  if (next.user === null) throw new Error('a command led to no user');
  return { user: next.user, position: null };
}

await serve(
  rootOf({
    create: (id, name) => append(id, created(name), 0),
    rename: (id, name, version) => append(id, renamed(name), version),
    find: async (id) => (await domain.user.getAggregate(id)).user,
  }),
);
