import { fork, type ChildProcess } from 'node:child_process';
import { on } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import postgres, { type Sql } from 'postgres';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freshDatabase } from '../../support/postgres.js';
import { randomOf } from '../../soak/random.js';
import { adminOf, openAt, terminateSome } from './database.js';
import { factsOf, findSkips, type Fact } from './facts.js';
import type { Goal, Report, SoakPlan, Tally, Written } from './soak-messages.js';

const SERVER = fileURLToPath(new URL('soak-server.ts', import.meta.url));
const EVENTS = 200_000;
const SERVERS = 2;
const WRITERS_EACH = 4;
const MINUTE = 60_000;
/** Between two connections that are killed, in milliseconds. */
const PAUSE_AT_MOST = 150;

/** A server of the run in a process of its own, so that the two really write at the same time. */
class SoakServer {
  readonly #child: ChildProcess;
  readonly #messages: AsyncIterator<[Written | Report]>;
  readonly #ended = new AbortController();

  constructor(plan: SoakPlan) {
    this.#child = fork(SERVER, [JSON.stringify(plan)], {
      execArgv: ['--import', 'tsx'],
      serialization: 'advanced',
    });
    const { signal } = this.#ended;
    this.#messages = on(this.#child, 'message', { signal }) as AsyncIterator<[Written | Report]>;
    this.#child.once('exit', (code) => {
      if (code !== 0) this.#ended.abort(new Error(`server ${plan.server} ended with ${code}`));
    });
    onTestFinished(() => {
      this.#child.kill('SIGKILL');
    });
  }

  async written(): Promise<Tally> {
    const message = await this.#next();
    if (message.kind !== 'written') throw new Error('its writers should be done first');
    return message.tally;
  }

  async report(goal: Goal): Promise<Report> {
    this.#child.send(goal);
    const message = await this.#next();
    if (message.kind !== 'report') throw new Error('its reader should be done next');
    return message;
  }

  async #next(): Promise<Written | Report> {
    try {
      const { value } = await this.#messages.next();
      return value[0];
    } catch (error) {
      throw this.#ended.signal.aborted ? this.#ended.signal.reason : error;
    }
  }
}

/** Kills connections of the servers, one after the other, until it is told to stop. */
class Killer {
  kills = 0;
  #stopped = false;
  readonly #done: Promise<void>;

  constructor(private readonly admin: Sql) {
    this.#done = this.#kill();
    // Whoever stops it hears of it.
    this.#done.catch(() => undefined);
  }

  stop(): Promise<void> {
    this.#stopped = true;
    return this.#done;
  }

  async #kill(): Promise<void> {
    const random = randomOf(1);
    while (!this.#stopped) {
      await delay(random.below(PAUSE_AT_MOST));
      const kind = random.below(4) === 0 ? 'listening' : 'any';
      if (await terminateSome(this.admin, kind)) this.kills += 1;
    }
  }
}

const sumOf = (tallies: readonly Tally[], of: (tally: Tally) => number): number =>
  tallies.reduce((sum, tally) => sum + of(tally), 0);

/** What the writers know beside what the table holds: nothing was lost, and nothing came back. */
function expectKept(table: readonly Fact[], { acknowledged, rolledBack }: Report): void {
  const lost = acknowledged.filter(({ position, id }) => table[position - 1]?.id !== id);
  expect(lost.slice(0, 5)).toEqual([]);
  const ids = new Set(table.map(({ id }) => id));
  expect(rolledBack.filter((id) => ids.has(id)).slice(0, 5)).toEqual([]);
}

describe('a reader of the log', () => {
  it(
    'skips nothing and sees nothing twice, whoever writes, rolls back, dawdles or is killed',
    { timeout: 5 * MINUTE },
    async () => {
      const url = await freshDatabase();
      await openAt(url);
      const admin = adminOf(url);
      const servers = Array.from({ length: SERVERS }, (_, server) => {
        const seed = server + 1;
        return new SoakServer({ url, server, seed, events: EVENTS, writers: WRITERS_EACH });
      });
      const killer = new Killer(admin);
      const tallies = await Promise.all(servers.map((server) => server.written()));
      await killer.stop();
      const table = await factsOf(admin);
      const goal = { position: table.length };
      const reports = await Promise.all(servers.map((server) => server.report(goal)));

      expect(table.length).toBeGreaterThanOrEqual(EVENTS);
      for (const report of reports) {
        expect(findSkips(report.seen, table)).toEqual([]);
        expectKept(table, report);
      }
      // All that makes it hard has taken place.
      const transactions = sumOf(tallies, (tally) => tally.appended + tally.rolledBack);
      const rolledBack = sumOf(tallies, (tally) => tally.rolledBack);
      expect(rolledBack / transactions).toBeGreaterThan(0.04);
      expect(sumOf(tallies, (tally) => tally.committedLate)).toBeGreaterThan(100);
      expect(sumOf(tallies, (tally) => tally.conflicts)).toBeGreaterThan(100);
      expect(sumOf(tallies, (tally) => tally.unknown)).toBeGreaterThan(10);
      expect(killer.kills).toBeGreaterThan(50);
    },
  );
});

/** A log as most would write it: positions are a sequence, and a reader asks for what is after its own. */
class PlainLog {
  readonly seen: Fact[] = [];

  private constructor(private readonly admin: Sql) {}

  static async create(admin: Sql): Promise<PlainLog> {
    await admin`CREATE TABLE plain (position bigserial PRIMARY KEY, id text NOT NULL)`;
    return new PlainLog(admin);
  }

  async read(): Promise<void> {
    const after = this.seen.at(-1)?.position ?? 0;
    this.seen.push(
      ...(await this.admin<Fact[]>`
        SELECT position::int AS position, id FROM plain WHERE position > ${after}
        ORDER BY position`),
    );
  }

  async table(): Promise<Fact[]> {
    const rows = await this.admin<Fact[]>`
      SELECT position::int AS position, id FROM plain ORDER BY position`;
    return [...rows];
  }
}

/** One who appends to the plain log, and commits when it is told to. */
class PlainWriter {
  readonly #sql: Sql;

  constructor(url: string) {
    this.#sql = postgres(url, { max: 1, onnotice: () => undefined });
    onTestFinished(() => this.#sql.end({ timeout: 1 }));
  }

  async append(id: string): Promise<void> {
    await this.#sql`BEGIN`;
    await this.#sql`INSERT INTO plain (id) VALUES (${id})`;
  }

  async commit(): Promise<void> {
    await this.#sql`COMMIT`;
  }
}

const seen = (...positions: number[]): Fact[] =>
  positions.map((position) => ({ position, id: `e${position}` }));

describe('the checker', () => {
  it('catches the reader of a plain log whose writers commit in another order', async () => {
    const url = await freshDatabase();
    const log = await PlainLog.create(adminOf(url));
    const writers = Array.from({ length: 8 }, () => new PlainWriter(url));
    for (const [number, writer] of writers.entries()) await writer.append(`e${number + 1}`);
    for (const number of [0, 1, 4, 2, 3, 7, 6, 5]) {
      await writers[number]?.commit();
      await log.read();
    }
    expect(findSkips(log.seen, await log.table())).toEqual([
      '3 to 4 were skipped',
      '6 to 7 were skipped',
      '3 was never seen',
      '4 was never seen',
      '6 was never seen',
      '7 was never seen',
    ]);
  });

  it('has nothing to say of that reader when each commits before the next begins', async () => {
    const url = await freshDatabase();
    const log = await PlainLog.create(adminOf(url));
    const writer = new PlainWriter(url);
    for (const id of ['e1', 'e2', 'e3']) {
      await writer.append(id);
      await writer.commit();
      await log.read();
    }
    expect(findSkips(log.seen, await log.table())).toEqual([]);
  });

  const table = seen(1, 2, 3);

  it.each([
    ['the end is missing', seen(1, 2), ['3 was never seen']],
    ['one came twice', seen(1, 2, 2, 3), ['2 came twice', '4 were seen of 3']],
    ['two changed places', seen(1, 3, 2), ['2 to 2 were skipped', '2 came after 3']],
    [
      'another event has the place',
      [...seen(1, 2), { position: 3, id: 'x' }],
      ['3 was seen as x, but is e3'],
    ],
  ])('tells that %s', (_, what, faults) => {
    expect(findSkips(what, table)).toEqual(faults);
  });

  it('tells of a table with a gap', () => {
    const holed = seen(1, 3);
    expect(findSkips(holed, holed)).toContain('the table has 3 in the place of 2');
  });
});
