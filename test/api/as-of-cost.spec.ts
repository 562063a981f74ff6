import { graphql } from 'graphql';
import { expect, it } from 'vitest';
import { createSchema } from '../../src/api/schema.js';
import { positionOf, type RecordedEvent, type StreamId } from '../../src/core/event.js';
import type { LogRange, LogSlice, StreamRange } from '../../src/core/event-store.js';
import { DOMAINS } from '../../src/domains/index.js';
import { newContext } from '../../src/schema/context.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { write } from '../engine/log.js';
import { startUsers } from '../engine/users.js';

const USERS = 100_000;

/** Counts the events that it hands out. */
class MeteredStore extends MemoryStore {
  read = 0;

  override async readStream(id: StreamId, range?: StreamRange): Promise<readonly RecordedEvent[]> {
    const events = await super.readStream(id, range);
    this.read += events.length;
    return events;
  }

  override async readLog(range: LogRange): Promise<LogSlice> {
    const slice = await super.readLog(range);
    this.read += slice.events.length;
    return slice;
  }
}

it(`a page of ${USERS} users at a moment costs its page`, { timeout: 60_000 }, async () => {
  const store = new MeteredStore();
  const { app } = await startUsers(store);
  for (let user = 0; user < USERS; user += 1) {
    const data = { name: `User ${user}`, email: null, status: 'active' };
    await write(store, `user-${user}`, { type: 'UserCreated', data });
  }
  const schema = await createSchema(DOMAINS);
  const source = `query ($position: Position!, $after: String) {
    asOf(position: $position) { users(first: 20, after: $after) { nodes { userId } pageInfo { endCursor hasNextPage } } }
  }`;
  const cursor = Buffer.from('70000').toString('base64url');
  const variableValues = { position: '80000', after: cursor };
  await app.projector.reached(positionOf(USERS));
  store.read = 0;
  const result = await graphql({ schema, source, contextValue: newContext(app), variableValues });

  const nodes = Array.from({ length: 20 }, (_, index) => ({ userId: `user-${70_000 + index}` }));
  expect(result.data).toMatchObject({
    asOf: { users: { nodes, pageInfo: { hasNextPage: true } } },
  });
  // The page itself, one event of each of its users, and a look at whether there is more.
  expect(store.read).toBe(20 + 20 + 1);
});
