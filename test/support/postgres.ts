import { inject, onTestFinished } from 'vitest';
import { createDatabase, dropDatabase } from './postgres/server.js';
import { PostgresServer, type PostgresOptions, type StandbyOptions } from './postgres/server.js';

// A worker runs its test to the end though the vitest that wanted to know is dead, and its servers
// would stay for as long. Vitest makes an exception of an exit; and the servers notice any death.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));

/** The url of an empty database for the test that runs; it is dropped when that test is over. */
export async function freshDatabase(): Promise<string> {
  const url = await createDatabase(inject('postgresUrl'));
  onTestFinished(() => dropDatabase(url));
  return url;
}

/** A PostgreSQL that a test can kill; it is stopped when the test is over. */
export async function startPostgres(options?: PostgresOptions): Promise<PostgresServer> {
  const server = await PostgresServer.create(inject('postgresInstallation'), options);
  onTestFinished(() => server.stop());
  return server;
}

/** A standby of a server, which is restarted for it; stopped when the test is over. */
export async function startStandby(
  primary: PostgresServer,
  options?: StandbyOptions,
): Promise<PostgresServer> {
  const standby = await primary.standby(options);
  onTestFinished(() => standby.stop());
  return standby;
}
