import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import postgres, { type Sql } from 'postgres';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RecordedEvent } from '../../../src/core/event.js';
import type { EventStore } from '../../../src/core/event-store.js';
import { Cursor, type Feed } from '../../../src/engine/feed.js';
import { LOOK_EVERY } from '../../../src/stores/postgres/marks.js';
import { freshDatabase } from '../../support/postgres.js';
import { append, commitOf } from '../commits.js';
import { adminOf, listenerBeside, openAt, terminate } from './database.js';

/** What a machine that does other things, too, may add to any time. */
const SLACK = 3_000;

/** A reader at the end of the log, and whether it waits there: only then there is one to be woken. */
class Waiting {
  #reads = 0;
  #answers = 0;
  readonly #cursor: Cursor;

  private constructor(store: EventStore, after: RecordedEvent['position']) {
    const feed: Feed = {
      readLog: async (range) => {
        this.#reads += 1;
        const slice = await store.readLog(range);
        this.#answers += 1;
        return slice;
      },
      onAppend: (listener) => store.onAppend(listener),
      head: () => store.head(),
    };
    this.#cursor = new Cursor(feed, after);
    onTestFinished(() => void this.#cursor.return());
  }

  static async on(store: EventStore): Promise<Waiting> {
    return new Waiting(store, (await store.head()).position);
  }

  /** Waits for the next events while something is done; rejects when they do not come in time. */
  async during(work: () => Promise<unknown>, milliseconds: number): Promise<string[]> {
    const reads = this.#reads;
    const next = this.#cursor.next();
    await vi.waitUntil(() => this.#reads > reads && this.#answers === this.#reads);
    await setImmediate();
    await work();
    const { value } = await within(milliseconds, next);
    return value?.events.map((event) => event.aggregateId) ?? [];
  }
}

async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  const late = delay(milliseconds, undefined, { ref: false }).then(() => {
    throw new Error(`nothing came within ${milliseconds} ms`);
  });
  return Promise.race([answer, late]);
}

/** Keeps the stores from looking at the tables meanwhile: only what they are told can wake them. */
async function withoutLooks(url: string, work: () => Promise<void>): Promise<void> {
  const sql = postgres(url, { max: 1 });
  try {
    await sql.begin(async (transaction) => {
      await transaction`LOCK TABLE hindsight.projections IN ACCESS EXCLUSIVE MODE`;
      await work();
    });
  } finally {
    await sql.end();
  }
}

/** An event that nobody is told of. */
async function appendSilently(admin: Sql, id: string): Promise<void> {
  await admin`
    INSERT INTO hindsight.events (
      position, stream_type, stream_id, version, id, type, schema_version, data, recorded_at,
      correlation_id
    )
    SELECT max(position) + 1, 'thing', ${id}, 1, ${id}, 'Happened', 1, '{}', max(recorded_at), 'test'
    FROM hindsight.events`;
}

interface TwoServers {
  readonly url: string;
  readonly admin: Sql;
  readonly writer: EventStore;
  readonly reader: Waiting;
  /** Those of the writer's and the reader's connections that listen. */
  readonly listening: readonly [writer: number, reader: number];
}

async function twoServers(): Promise<TwoServers> {
  const url = await freshDatabase();
  const admin = adminOf(url);
  const { store: writer } = await openAt(url);
  const writers = await listenerBeside(admin, []);
  const { store } = await openAt(url);
  const readers = await listenerBeside(admin, [writers]);
  await append(writer, commitOf('first', 0, {}));
  await vi.waitUntil(async () => (await store.head()).position === 1);
  const reader = await Waiting.on(store);
  return { url, admin, writer, reader, listening: [writers, readers] };
}

/** What one server appends, the other sees at once, without a look at the tables. */
async function expectAtOnce({ url, writer, reader }: TwoServers, id: string): Promise<void> {
  await withoutLooks(url, async () => {
    const work = () => append(writer, commitOf(id, 0, {}));
    expect(await reader.during(work, LOOK_EVERY / 2)).toEqual([id]);
  });
}

/** The same, as soon as another connection listens in the place of the one that was lost. */
async function expectAtOnceAgain(servers: TwoServers, lost: number): Promise<void> {
  const { admin, listening } = servers;
  await listenerBeside(admin, [listening[0], lost]);
  await expectAtOnce(servers, 'told again');
}

describe('a reader on one server, of what is appended on another', () => {
  it('is woken at once', async () => {
    expect.hasAssertions();
    const servers = await twoServers();
    for (const id of ['a', 'b', 'c', 'd', 'e']) await expectAtOnce(servers, id);
  });

  it('sees it after the next look when the connection that listens is killed', async () => {
    const servers = await twoServers();
    const { admin, writer, reader, listening } = servers;
    const work = async () => {
      await terminate(admin, [listening[1]]);
      await append(writer, commitOf('untold', 0, {}));
    };
    expect(await reader.during(work, LOOK_EVERY + SLACK)).toEqual(['untold']);
    await expectAtOnceAgain(servers, listening[1]);
  });

  it('sees it after the next look when the connection that listens falls silent', async () => {
    const servers = await twoServers();
    const { writer, reader, listening } = servers;
    const [, silent] = listening;
    // A stopped backend is to its client what a machine is whose cable was pulled.
    process.kill(silent, 'SIGSTOP');
    onTestFinished(() => void process.kill(silent, 'SIGCONT'));
    const work = () => append(writer, commitOf('untold', 0, {}));
    expect(await reader.during(work, LOOK_EVERY + SLACK)).toEqual(['untold']);
    await expectAtOnceAgain(servers, silent);
  });

  it('sees it after the next look when nobody is told', async () => {
    const servers = await twoServers();
    const { admin, reader, listening } = servers;
    const work = () => appendSilently(admin, 'untold');
    expect(await reader.during(work, LOOK_EVERY + SLACK)).toEqual(['untold']);
    await expectAtOnceAgain(servers, listening[1]);
  });

  it('sees all of it though its listening connection is killed before each', async () => {
    const { admin, writer, reader, listening } = await twoServers();
    for (const id of ['a', 'b', 'c']) {
      const victim = await listenerBeside(admin, [listening[0]]);
      const work = async () => {
        await append(writer, commitOf(id, 0, {}));
        await terminate(admin, [victim]);
      };
      expect(await reader.during(work, LOOK_EVERY + SLACK)).toEqual([id]);
    }
  });
});
