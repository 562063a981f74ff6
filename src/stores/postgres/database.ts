import postgres from 'postgres';
import { hostsOf } from './hosts.js';

/** What statements are asked through. */
export type Sql = postgres.Sql<{ bigint: number }>;

const CONNECTIONS = 10;
const CONNECT_SECONDS = 3;
/** How long what is under way may take when its connections are given up. */
const GOODBYE_SECONDS = 5;

/**
 * One database, on whichever of its hosts takes writes at present. postgres.js can choose among hosts,
 * too, but where none answers it asks them for ever, without a pause and without an error.
 */
export class Database {
  readonly #hosts: readonly [string, ...string[]];
  #host: string;
  #pool: Sql;
  /** Always asks the present host. */
  readonly sql: Sql;

  constructor(url: string) {
    this.#hosts = hostsOf(url);
    [this.#host] = this.#hosts;
    this.#pool = connect(this.#host, CONNECTIONS);
    this.sql = new Proxy(this.#pool, {
      apply: (_, self, args) => Reflect.apply(this.#pool, self, args),
      get: (_, name) => Reflect.get(this.#pool, name),
    });
  }

  /** One more connection to the present host. */
  connect(): Sql {
    return connect(this.#host, 1);
  }

  /**
   * Goes to the host that takes writes, by new connections. Rejects when there is none. What is under
   * way on the old ones may end, for a while.
   */
  async renew(): Promise<void> {
    this.#host = await writable(this.#hosts);
    const old = this.#pool;
    this.#pool = connect(this.#host, CONNECTIONS);
    void old.end({ timeout: GOODBYE_SECONDS });
  }

  close(): Promise<void> {
    return this.#pool.end({ timeout: GOODBYE_SECONDS });
  }
}

function connect(host: string, connections: number): Sql {
  return postgres(host, {
    max: connections,
    connect_timeout: CONNECT_SECONDS,
    // Who asks sees to the pauses.
    backoff: () => 0,
    max_lifetime: null,
    onnotice: () => undefined,
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
    },
  });
}

/** Resolves with the first host that says that it takes writes; rejects with what the last one said. */
async function writable(hosts: readonly string[]): Promise<string> {
  return Promise.any(hosts.map(takesWrites)).catch((error: unknown) => {
    throw error instanceof AggregateError ? error.errors.at(-1) : error;
  });
}

async function takesWrites(host: string): Promise<string> {
  const sql = connect(host, 1);
  try {
    const [row] = await sql<{ readOnly: string }[]>`
      SELECT current_setting('transaction_read_only') AS "readOnly"`;
    if (row?.readOnly === 'off') return host;
    throw Object.assign(new Error('The database takes no writes.'), { code: '25006' });
  } finally {
    await sql.end({ timeout: 0 });
  }
}
