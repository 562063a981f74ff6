import postgres from 'postgres';
import { closed, noWrites } from './errors.js';
import { hostsOf } from './hosts.js';
import { within } from './within.js';

declare module 'postgres' {
  interface ISql<TTypes extends Record<string, unknown>> {
    /** Closes connections that are open; `end` does so once only. */
    close(): Promise<void>;
  }
}

/** What statements are asked through. */
export type Sql = postgres.Sql<{ bigint: number }>;

/** The same within a transaction. */
export type Transaction = postgres.TransactionSql<{ bigint: number }>;

const CONNECTIONS = 10;
const CONNECT_SECONDS = 3;
/** How long a host may take to say whether it takes writes, in milliseconds. */
const ANSWER_PATIENCE = 4_000;
/** How long what is under way may take when its connections are given up for others. */
const GOODBYE_SECONDS = 5;
/** The same when all is closed: who waits for an answer was waited for before. */
const LAST_SECONDS = 1;

/**
 * One database, on whichever of its hosts takes writes at present. postgres.js can choose among hosts,
 * too, but where none answers it asks them for ever, without a pause and without an error.
 */
export class Database {
  readonly #hosts: readonly [string, ...string[]];
  #host: string;
  #pool: Pool;
  #isClosed = false;
  /** Always asks the present host. */
  readonly sql: Sql;

  constructor(url: string) {
    this.#hosts = hostsOf(url);
    [this.#host] = this.#hosts;
    this.#pool = new Pool(this.#host);
    this.sql = new Proxy(this.#pool.next(), {
      apply: (_, self, args) => Reflect.apply(this.#pool.next(), self, args),
      get: (_, name) => (name === 'begin' ? this.#begin : Reflect.get(this.#pool.next(), name)),
    });
  }

  /** One more connection to the present host. Throws once the database is closed. */
  connect(): Sql {
    if (this.#isClosed) throw closed();
    return connect(this.#host);
  }

  /**
   * Goes to the host that takes writes, by new connections. Rejects when there is none; the old
   * connections are given up all the same, as what waits on them may never be answered. What is under
   * way on them may end, for a while.
   */
  async renew(): Promise<void> {
    try {
      this.#host = await writable(this.#hosts);
    } finally {
      if (!this.#isClosed) {
        const old = this.#pool;
        this.#pool = new Pool(this.#host);
        void old.close(GOODBYE_SECONDS);
      }
    }
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return this.#pool.close(LAST_SECONDS);
  }

  /** A transaction has a connection of its own: nobody waits behind it. */
  readonly #begin = async <T>(work: (sql: Transaction) => Promise<T>): Promise<unknown> => {
    const sql = this.connect();
    try {
      return await sql.begin(work);
    } finally {
      void sql.end({ timeout: 0 });
    }
  };
}

/**
 * Connections that take turns; statements wait for each other on one, not for an answer each. A
 * connection that was lost in the middle of an answer is not used again: postgres.js 3.4.9 would begin
 * the next answer with what is left of that one.
 */
class Pool {
  readonly #connections: Sql[];
  #turn = 0;
  #isClosed = false;

  constructor(private readonly host: string) {
    this.#connections = Array.from({ length: CONNECTIONS }, (_, place) => this.#open(place));
  }

  next(): Sql {
    this.#turn = (this.#turn + 1) % CONNECTIONS;
    const connection = this.#connections[this.#turn];
    if (connection === undefined) throw new RangeError('a pool has connections');
    return connection;
  }

  async close(timeout: number): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#connections.map((sql) => sql.end({ timeout })));
  }

  #open(place: number): Sql {
    return connect(this.host, () => this.#replace(place));
  }

  #replace(place: number): void {
    const lost = this.#connections[place];
    if (this.#isClosed) {
      // It connects again now for what it was asked while it was connecting: that is to be the last.
      queueMicrotask(() => void lost?.close());
      return;
    }
    this.#connections[place] = this.#open(place);
    void lost?.end({ timeout: 0 });
  }
}

/** What the types of postgres.js do not know of it. */
const UNTYPED = {
  // A statement that waited here until the connection has room could meet one that was lost.
  max_pipeline: Number.MAX_SAFE_INTEGER,
};

/** Opens one connection when it is needed; `onLost` is told when it has closed. */
function connect(host: string, onLost: () => void = () => undefined): Sql {
  return postgres(host, {
    ...UNTYPED,
    max: 1,
    connect_timeout: CONNECT_SECONDS,
    // Who asks sees to the pauses.
    backoff: () => 0,
    max_lifetime: null,
    // A connection that is lost while it asks for types would end the process.
    fetch_types: false,
    onnotice: () => undefined,
    onclose: onLost,
    connection: {
      application_name: 'hindsight',
      // The append looks at the log once it has its lock: an older snapshot would not do.
      default_transaction_isolation: 'read committed',
      // Compiling a statement takes longer than any of these runs.
      jit: 'off',
      // A server whose machine is gone must not hold its locks for hours.
      tcp_keepalives_idle: 5,
      tcp_keepalives_interval: 2,
      tcp_keepalives_count: 3,
    },
    types: {
      // Positions and milliseconds are safe integers.
      bigint: { to: 20, from: [20], serialize: String, parse: Number },
      string: TEXT,
      ...ARRAYS,
    },
  });
}

/** PostgreSQL has no text with a NUL: a replacement character stands for it, which no id holds. */
export const withoutNul = (text: string): string => text.replaceAll('\0', '\uFFFD');

const TEXT = {
  to: 25,
  from: [],
  serialize: (text: unknown) => withoutNul(String(text)),
  parse: String,
};

/** The lists that statements are given; none is answered. */
const ARRAYS = Object.fromEntries(
  Object.entries({ int4: 1007, text: 1009, float8: 1022 }).map(([name, to]) => [
    `${name}_array`,
    { to, from: [], serialize: listOf, parse: String },
  ]),
);

function listOf(items: readonly (string | number | null)[]): string {
  const texts = items.map((item) =>
    item === null ? 'NULL' : `"${String(item).replaceAll(/["\\]/g, String.raw`\$&`)}"`,
  );
  return `{${texts.join(',')}}`;
}

/** Resolves with the first host that says that it takes writes; rejects with what the last one said. */
async function writable(hosts: readonly string[]): Promise<string> {
  return Promise.any(hosts.map(takesWrites)).catch((error: unknown) => {
    throw error instanceof AggregateError ? error.errors.at(-1) : error;
  });
}

async function takesWrites(host: string): Promise<string> {
  const sql = connect(host);
  try {
    const asked = sql<{ readOnly: string }[]>`
      SELECT current_setting('transaction_read_only') AS "readOnly"`;
    const [row] = await within(ANSWER_PATIENCE, asked);
    if (row?.readOnly === 'off') return host;
    throw noWrites();
  } finally {
    await sql.end({ timeout: 0 });
  }
}
