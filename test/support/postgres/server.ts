import { execFile } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, chown, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import postgres, { type Sql } from 'postgres';
import { GuardedFolder } from './folder.js';
import type { Installation } from './installation.js';
import { initdb, Postmaster } from './postmaster.js';

export type PostgresSettings = Readonly<Record<string, string | number | boolean>>;

export interface PostgresOptions {
  /**
   * Off unless told otherwise: what a kill -9 must not lose is the operating system's by then, and
   * only a machine that loses its power needs more.
   */
  readonly fsync?: boolean;
  /** What else postgresql.conf could say. */
  readonly settings?: PostgresSettings;
}

export interface StandbyOptions {
  /** Whether the primary's commits wait until this standby has them on its disk. */
  readonly synchronous?: boolean;
}

interface Place {
  readonly installation: Installation;
  readonly folder: GuardedFolder;
  readonly port: number;
  readonly password: string;
  readonly options: PostgresOptions;
}

const SETTINGS: PostgresSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // In the data folder, where the dead leave it, and not in /dev/shm.
  dynamic_shared_memory_type: 'mmap',
  shared_buffers: '16MB',
  // A standby whose primary was restarted would be away for five seconds.
  wal_retrieve_retry_interval: '50ms',
  log_checkpoints: false,
  timezone: 'UTC',
};

/** A PostgreSQL of one's own, on a free port of this machine; whoever creates it stops it. */
export class PostgresServer {
  private postmaster: Postmaster | null = null;
  private synchronousStandbys: readonly string[] = [];

  private constructor(
    private readonly place: Place,
    /** What it calls itself when it follows another. */
    private readonly name: string,
  ) {}

  static async create(
    installation: Installation,
    options: PostgresOptions = {},
  ): Promise<PostgresServer> {
    const server = await PostgresServer.placed(installation, newPassword(), options);
    return server.orRemoved(async () => {
      await server.initialize();
      await server.start();
    });
  }

  private static async placed(
    installation: Installation,
    password: string,
    options: PostgresOptions,
  ): Promise<PostgresServer> {
    const port = await freePort();
    const folder = await GuardedFolder.make(installation.user);
    return new PostgresServer(
      { installation, folder, port, password, options },
      `standby_${randomBytes(4).toString('hex')}`,
    );
  }

  /** With the rights to do all there is. */
  url(database = 'postgres'): string {
    const { password, port } = this.place;
    return `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  }

  /** What it has logged since its last start. */
  get log(): string {
    return this.postmaster?.log ?? '';
  }

  /** Creates an empty database and answers its url. */
  createDatabase(): Promise<string> {
    return createDatabase(this.url());
  }

  /** Resolves when it accepts connections; nothing happens to one that runs. */
  async start(): Promise<void> {
    const { installation, folder, port, options } = this.place;
    const { fsync = false, settings = {} } = options;
    this.postmaster ??= await Postmaster.start(installation, folder, [
      `-D${this.data}`,
      ...Object.entries({ ...SETTINGS, port, fsync, ...settings }).map(
        ([name, value]) => `--${name}=${value}`,
      ),
    ]);
  }

  /** Ends it in order and keeps what it has. */
  async shutDown(): Promise<void> {
    await this.postmaster?.shutDown();
    this.postmaster = null;
  }

  async restart(): Promise<void> {
    await this.shutDown();
    await this.start();
  }

  /** Ends it with kill -9 of all its processes; it can be started again. */
  async kill(): Promise<void> {
    await this.postmaster?.kill();
    this.postmaster = null;
  }

  /** Ends it and removes all it has. */
  async stop(): Promise<void> {
    await this.shutDown();
    await this.place.folder.remove();
  }

  /** Creates a server that follows this one, which is restarted for it. */
  async standby({ synchronous = false }: StandbyOptions = {}): Promise<PostgresServer> {
    const { installation, password, options } = this.place;
    const standby = await PostgresServer.placed(installation, password, options);
    return standby.orRemoved(async () => {
      await this.shutDown();
      await standby.copy(this);
      await Promise.all([this.start(), standby.start()]);
      await this.untilStandby(standby.name, ({ state }) => state === 'streaming');
      if (synchronous) await this.waitFor(standby);
    });
  }

  /** Makes a standby a primary; resolves when it accepts writes. */
  async promote(): Promise<void> {
    await withSql(this.url(), async (sql) => {
      const [row] = await sql<{ promoted: boolean }[]>`SELECT pg_promote() AS promoted`;
      if (row?.promoted !== true) throw new Error(`not promoted: ${this.log}`);
    });
  }

  private get data(): string {
    return join(this.place.folder.path, 'data');
  }

  private async orRemoved(build: () => Promise<void>): Promise<this> {
    try {
      await build();
      return this;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  private async initialize(): Promise<void> {
    const { installation, folder, password } = this.place;
    const secret = join(folder.path, 'password');
    await this.write(secret, password);
    await initdb(installation, folder, [
      `--pgdata=${this.data}`,
      '--no-sync',
      '--encoding=UTF8',
      '--no-locale',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${secret}`,
      // The password is random: there is nothing to guess, and every connection pays for each of these.
      '--set=scram_iterations=1',
    ]);
  }

  /** Takes what a primary that is shut down has, and follows it from there on. */
  private async copy(primary: PostgresServer): Promise<void> {
    const { installation } = this.place;
    await promisify(execFile)('cp', ['-Rp', primary.data, this.data], { ...installation.user });
    const { port, password } = primary.place;
    const conninfo = `host=127.0.0.1 port=${port} user=postgres password=${password} application_name=${this.name}`;
    await appendFile(
      join(this.data, 'postgresql.auto.conf'),
      `primary_conninfo = '${conninfo}'\nsynchronous_standby_names = ''\n`,
    );
    await this.write(join(this.data, 'standby.signal'), '');
  }

  private async write(path: string, text: string): Promise<void> {
    await writeFile(path, text, { mode: 0o600 });
    const { user } = this.place.installation;
    if (user !== null) await chown(path, user.uid, user.gid);
  }

  private async waitFor(standby: PostgresServer): Promise<void> {
    this.synchronousStandbys = [...this.synchronousStandbys, standby.name];
    const names = `FIRST ${this.synchronousStandbys.length} (${this.synchronousStandbys.join(', ')})`;
    await withSql(this.url(), async (sql) => {
      await sql.unsafe(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`);
      await sql`SELECT pg_reload_conf()`;
    });
    await this.untilStandby(standby.name, ({ sync_state }) => sync_state === 'sync');
  }

  private async untilStandby(
    name: string,
    is: (row: { state: string; sync_state: string }) => boolean,
  ): Promise<void> {
    await withSql(this.url(), async (sql) => {
      for (;;) {
        const rows = await sql<{ state: string; sync_state: string }[]>`
          SELECT state, sync_state FROM pg_stat_replication WHERE application_name = ${name}`;
        if (rows.some(is)) return;
        await delay(10);
      }
    });
  }
}

/** Creates an empty database beside the one that the url names, and answers its url. */
export async function createDatabase(url: string): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withSql(url, (sql) => sql`CREATE DATABASE ${sql(name)}`);
  const created = new URL(url);
  created.pathname = name;
  return created.href;
}

/** Drops the database of a url, whoever is connected to it. */
export async function dropDatabase(url: string): Promise<void> {
  const admin = new URL(url);
  const name = admin.pathname.slice(1);
  admin.pathname = 'postgres';
  await withSql(admin.href, (sql) => sql`DROP DATABASE IF EXISTS ${sql(name)} WITH (FORCE)`);
}

/** A connection for one piece of work. */
export async function withSql<T>(url: string, use: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await use(sql);
  } finally {
    await sql.end();
  }
}

const newPassword = (): string => randomBytes(16).toString('hex');

/** Below the ports that systems give to connections, so that none of them takes it during a restart. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    const server = createServer().listen(port, '127.0.0.1');
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!free) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
