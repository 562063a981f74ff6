import postgres, { type Sql } from 'postgres';

/** One PostgreSQL, by however many connections. */
export type Database = Sql<{ bigint: number }>;

const CONNECTIONS = 10;
const CONNECT_SECONDS = 5;

/**
 * Opens connections when they are needed. The URL may name several hosts, of which the one that takes
 * writes is used (`target_session_attrs=read-write`).
 */
export function connect(url: string, connections = CONNECTIONS): Database {
  return postgres(url, {
    max: connections,
    connect_timeout: CONNECT_SECONDS,
    // The first attempts after a loss come quickly; a failover takes seconds.
    backoff: (attempts: number) => Math.min(1, 0.05 * 2 ** Math.min(attempts, 6)),
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
