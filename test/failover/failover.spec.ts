import { expect, it } from 'vitest';
import { ask } from '../support/client.js';
import { CreateUser, GetHead, ListEvents } from '../support/documents.js';
import { startPostgres, startStandby } from '../support/postgres.js';
import { startServer } from '../support/server.js';
import { Follower, write, type Told } from './clients.js';

const SERVERS = 3;
const WRITERS = 4;

/** One address of two hosts, of which one takes writes. */
function eitherOf(primary: string, standby: string): string {
  const [one, other] = [new URL(primary), new URL(standby)];
  return `postgres://${one.username}:${one.password}@${one.host},${other.host}${one.pathname}?target_session_attrs=read-write`;
}

/** The ids and positions of the whole log, as a server tells it. */
async function wholeLog(url: string): Promise<{ position: string; id: string }[]> {
  const log: { position: string; id: string }[] = [];
  for (let after: string | null = null; ;) {
    const { events }: { events: Awaited<ReturnType<typeof page>> } = {
      events: await page(url, after),
    };
    log.push(...events.nodes.map((event) => ({ position: event.position, id: event.aggregateId })));
    if (!events.pageInfo.hasNextPage) return log;
    after = events.pageInfo.endCursor ?? null;
  }
}

const page = async (url: string, after: string | null) =>
  (await ask(url, ListEvents, { first: 500, after })).events;

const acknowledgedBy = (told: readonly Told[]) =>
  told.flatMap(({ acknowledged }) =>
    Array.from(acknowledged, ([id, position]) => ({ id, position })),
  );

it(
  'keeps every acknowledged command, once, when the primary dies and its synchronous standby takes over',
  { timeout: 120_000 },
  async () => {
    const primary = await startPostgres();
    const standby = await startStandby(primary, { synchronous: true });
    const DATABASE_URL = eitherOf(primary.url(), standby.url());
    const servers = await Promise.all(
      Array.from({ length: SERVERS }, () => startServer({ STORE: 'postgres', DATABASE_URL })),
    );
    const urls = servers.map(({ url }) => url);
    const followers = urls.map((url) => new Follower(url));
    let isOver = false;
    const writing = urls.flatMap((url, server) =>
      Array.from({ length: WRITERS }, (_, writer) =>
        write(url, `user-${server}-${writer}`, () => isOver),
      ),
    );
    const seenBy = (count: number) => () => followers.every(({ seen }) => seen.length >= count);

    await expect.poll(seenBy(200), { timeout: 20_000 }).toBe(true);
    await primary.kill();
    const before = Math.max(...followers.map(({ seen }) => seen.length));
    await standby.promote();
    await expect.poll(seenBy(before + 200), { timeout: 60_000 }).toBe(true);
    isOver = true;
    const told = await Promise.all(writing);

    const [first = ''] = urls;
    const log = await wholeLog(first);
    const { head } = await ask(first, GetHead);
    expect(log.map(({ position }) => position)).toEqual(log.map((_, index) => `${index + 1}`));
    expect(head.position).toBe(`${log.length}`);
    // Every command created a user of its own: each is there once, and where it was said to be.
    expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
    expect(log).toEqual(expect.arrayContaining(acknowledgedBy(told)));
    expect(acknowledgedBy(told)).toHaveLength(log.length);

    await expect.poll(seenBy(log.length), { timeout: 10_000 }).toBe(true);
    for (const { seen } of followers) expect(seen).toEqual(log.map(({ position }) => position));
    const codes = new Set(told.flatMap((each) => each.codes));
    expect(['OUTCOME_UNKNOWN', 'STORE_UNAVAILABLE']).toEqual(expect.arrayContaining([...codes]));
    await ask(first, CreateUser, { input: { id: 'after', name: 'Ada' } });
  },
);
