/**
 * Emmett on PostgreSQL, as its documentation sets it up: the event store with its own pool (of 10
 * connections, which is what pg takes by itself), and users as an inline projection by Pongo, in the
 * transaction of the append: what its guide advises where a read has to see the last write. The
 * argument is the url of an empty database.
 */
import { projections } from '@event-driven-io/emmett';
import {
  getPostgreSQLEventStore,
  pongoSingleStreamProjection,
} from '@event-driven-io/emmett-postgresql';
import { pongoClient } from '@event-driven-io/pongo';
import { serve } from '../servers/serve.js';
import { handle, staleOr, stateOf, streamOf } from './emmett.js';
import { created, evolve, renamed, rootOf, type User, type UserEvent } from './users.js';

const [url = ''] = process.argv.slice(2);
const COLLECTION = 'users';

const users = pongoSingleStreamProjection<User, UserEvent>({
  collectionName: COLLECTION,
  canHandle: ['UserCreated', 'UserRenamed'],
  evolve,
});
const store = getPostgreSQLEventStore(url, { projections: projections.inline([users]) });
await store.schema.migrate();
const documents = pongoClient(url).db().collection<User>(COLLECTION);

async function change(id: string, event: UserEvent, expectedStreamVersion: bigint) {
  const result = await handle(store, id, () => event, { expectedStreamVersion }).catch(staleOr);
  return { user: stateOf(result), position: String(result.lastEventGlobalPosition) };
}

await serve(
  rootOf({
    create: (id, name) => change(id, created(name), 0n),
    rename: (id, name, version) => change(id, renamed(name), BigInt(version)),
    find: (id) => documents.findOne({ _id: streamOf(id) }),
  }),
);
