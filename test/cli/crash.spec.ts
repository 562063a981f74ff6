import { expect, it } from 'vitest';
import { ask, post } from '../support/client.js';
import { CreateUser, ListEvents, ListUsers, RenameUser } from '../support/documents.js';
import { startProgram } from '../support/process.js';
import { tempFolder } from '../support/temp-folder.js';

const KILLS = 20;
const CLIENTS = 8;

it(
  `loses nothing and doubles nothing over ${KILLS} kills under load`,
  { timeout: 180_000 },
  async () => {
    const env = { DATA_DIR: await tempFolder() };
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < KILLS; round += 1) {
      const server = await startProgram(env);
      const enough = 20 + ((round * 37) % 100);
      const kill = () => void server.child.kill('SIGKILL');
      const load = new Load(server.url, acknowledged, enough, kill);
      await Promise.all(
        Array.from({ length: CLIENTS }, (_, client) => load.runClient(`${round}-${client}`)),
      );
      await server.exited;
    }

    const { url } = await startProgram(env);
    const facts = await everyEvent(url);
    expect(facts.map(({ position }) => position)).toEqual(facts.map((_, index) => `${index + 1}`));
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
    const kept = new Map<string, number>();
    for (const { aggregateId, version } of facts) {
      const fact = `${aggregateId}/${version}`;
      kept.set(fact, (kept.get(fact) ?? 0) + 1);
    }
    expect(Array.from(kept.values()).filter((times) => times !== 1)).toEqual([]);
    const ids = new Map(
      facts.map(({ aggregateId, version, id }) => [`${aggregateId}/${version}`, id]),
    );
    const lost = Array.from(acknowledged).filter(([fact, id]) => ids.get(fact) !== id);
    expect(lost).toEqual([]);
    expect(acknowledged.size).toBeGreaterThan(KILLS * 20);
    const { users } = await ask(url, ListUsers, { first: 1 });
    expect(users.totalCount).toBe(new Set(facts.map(({ aggregateId }) => aggregateId)).size);
  },
);

/** Clients that write down each event they were told of, until the server is killed under them. */
class Load {
  #answers = 0;

  constructor(
    private readonly url: string,
    private readonly acknowledged: Map<string, string>,
    private readonly enough: number,
    private readonly kill: () => void,
  ) {}

  async runClient(name: string): Promise<void> {
    for (let number = 0; ; number += 1) {
      const id = `user-${name}-${number}`;
      try {
        const created = await post(this.url, CreateUser, { input: { id, name } });
        this.#keep(created.data?.createUser.events);
        const input = { id, name: `${name} again` };
        const renamed = await post(this.url, RenameUser, { input, expectedVersion: 1 });
        this.#keep(renamed.data?.renameUser.events);
      } catch {
        return;
      }
    }
  }

  #keep(events: readonly { aggregateId: string; version: number; id: string }[] = []): void {
    for (const { aggregateId, version, id } of events) {
      this.acknowledged.set(`${aggregateId}/${version}`, id);
    }
    this.#answers += 1;
    if (this.#answers === this.enough) this.kill();
  }
}

async function everyEvent(url: string) {
  const all = [];
  for (let after: string | null = null; ;) {
    const { events }: Awaited<ReturnType<typeof page>> = await page(url, after);
    all.push(...events.nodes);
    if (!events.pageInfo.hasNextPage) return all;
    after = events.pageInfo.endCursor;
  }
}

const page = (url: string, after: string | null) => ask(url, ListEvents, { first: 500, after });
