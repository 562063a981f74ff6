import type { Sql } from 'postgres';
import { describe, expect, it } from 'vitest';
import { START } from '../../../src/core/event.js';
import type { EventStore } from '../../../src/core/event-store.js';
import { Cursor } from '../../../src/engine/feed.js';
import { freshDatabase } from '../../support/postgres.js';
import { append, commitOf } from '../commits.js';
import { adminOf, openAt } from './database.js';
import { factsOf, findSkips, type Fact } from './facts.js';

const COMMITS = 40;
const WRITERS = 4;

async function defaultTo(level: string): Promise<{ readonly url: string; readonly admin: Sql }> {
  const url = await freshDatabase();
  const name = new URL(url).pathname.slice(1);
  await adminOf(url).unsafe(
    `ALTER DATABASE ${name} SET default_transaction_isolation = '${level}'`,
  );
  const admin = adminOf(url);
  // What a connection is that says nothing of it.
  expect([...(await admin`SHOW transaction_isolation`)]).toEqual([
    { transaction_isolation: level },
  ]);
  return { url, admin };
}

/** Writers that do not wait for each other, but each for its own answers. */
async function write(store: EventStore, server: number): Promise<void> {
  const one = async (writer: number) => {
    for (let version = 0; version < COMMITS * 3; version += 3) {
      await append(store, commitOf(`${server}-${writer}`, version, {}, {}, {}));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => one(writer)));
}

async function follow(store: EventStore, count: number): Promise<Fact[]> {
  const seen: Fact[] = [];
  for await (const { events } of new Cursor(store, START)) {
    seen.push(...events.map(({ position, id }) => ({ position, id })));
    if (seen.length >= count) break;
  }
  return seen;
}

describe.each(['read committed', 'repeatable read', 'serializable'])(
  'a database that makes transactions %s',
  (level) => {
    it('has a log without a gap that no reader skips anything of', async () => {
      const { url, admin } = await defaultTo(level);
      const stores = [(await openAt(url)).store, (await openAt(url)).store];
      const readers = stores.map((store) => follow(store, stores.length * WRITERS * COMMITS * 3));
      await Promise.all(stores.map(write));
      const table = await factsOf(admin);
      for (const reader of readers) expect(findSkips(await reader, table)).toEqual([]);
    });
  },
);
