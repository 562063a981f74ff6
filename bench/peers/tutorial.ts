/**
 * What tutorials do with lowdb: every event is pushed into one array, the whole file is written after
 * each (to a temporary one that is renamed, with no flush: a loss of power may take all of it), and what
 * a user is follows from going through all events. The argument is its folder.
 */
import { join } from 'node:path';
import { JSONFilePreset } from 'lowdb/node';
import { serve } from '../servers/serve.js';
import { created, evolve, renamed, rootOf, Stale, type User, type UserEvent } from './users.js';

type Stored = UserEvent & { readonly aggregateId: string };

const [folder = '.'] = process.argv.slice(2);
const db = await JSONFilePreset<{ events: Stored[] }>(join(folder, 'db.json'), { events: [] });

const find = (id: string): User | null =>
  db.data.events
    .filter(({ aggregateId }) => aggregateId === id)
    .reduce<User | null>((user, event) => evolve(user, event), null);

async function append(id: string, expectedVersion: number, event: UserEvent) {
  const before = find(id);
  if ((before?.version ?? 0) !== expectedVersion) throw new Stale();
  const position = db.data.events.push({ ...event, aggregateId: id });
  await db.write();
  return { user: evolve(before, event), position: String(position) };
}

await serve(
  rootOf({
    create: (id, name) => append(id, 0, created(name)),
    rename: (id, name, expectedVersion) => append(id, expectedVersion, renamed(name)),
    find: async (id) => find(id),
  }),
);
